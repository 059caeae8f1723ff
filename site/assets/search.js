/* Search from an index of small scripts (search/head.js, w0.js …, d0.js …), which load from disk, too. */
(function () {
  "use strict";
  var place = document.getElementById("search");
  if (!place) return;

  var MOST = 20, SHARDS = 4;
  var WORD = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[\p{L}\p{N}]+/gu;
  var waiting = {}, here = {}, asked = 0;

  /* Every file of the index calls this with its name and its data. */
  window.datelineFound = function (name, data) { here[name] = data; };

  function load(name) {
    if (!waiting[name]) {
      waiting[name] = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = "search/" + name + ".js";
        script.onload = function () { resolve(here[name]); };
        script.onerror = function () { delete waiting[name]; reject(new Error(name)); };
        document.head.appendChild(script);
      });
    }
    return waiting[name];
  }

  function wordsOf(text) {
    var bare = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    return (bare.match(WORD) || []).map(function (word) { return word.slice(0, 32); });
  }

  /* The files that may hold words beginning so: the words stand in order, and the head tells the first of each file. */
  function shardsOf(head, word) {
    var found = [];
    head.first.forEach(function (first, at) {
      var next = head.first[at + 1];
      if ((first <= word || first.indexOf(word) === 0) && (next === undefined || next > word)) found.push(at);
    });
    return found.slice(0, SHARDS);
  }

  /* Document → 2 where it has the very word, 1 where a word of it begins so. */
  function matches(head, word) {
    return Promise.all(shardsOf(head, word).map(function (at) { return load("w" + at); })).then(function (shards) {
      var found = new Map();
      shards.forEach(function (shard) {
        Object.keys(shard).forEach(function (other) {
          if (other.indexOf(word) !== 0) return;
          var number = 0, worth = other === word ? 2 : 1;
          shard[other].forEach(function (step) {
            number += step;
            if ((found.get(number) || 0) < worth) found.set(number, worth);
          });
        });
      });
      return found;
    });
  }

  /* The numbers of the documents that have all words: whole words before beginnings, then by rank. */
  function find(head, words) {
    return Promise.all(words.map(function (word) { return matches(head, word); })).then(function (all) {
      var numbers = [], worth = new Map();
      all.sort(function (one, other) { return one.size - other.size; });
      all[0].forEach(function (_, number) {
        var sum = 0;
        if (all.every(function (of) { sum += of.get(number) || 0; return of.has(number); })) {
          numbers.push(number);
          worth.set(number, sum);
        }
      });
      return numbers.sort(function (one, other) { return worth.get(other) - worth.get(one) || one - other; });
    });
  }

  function documents(head, numbers) {
    return Promise.all(numbers.map(function (number) {
      return load("d" + Math.floor(number / head.each)).then(function (block) { return block[number % head.each]; });
    }));
  }

  var label = document.createElement("label");
  label.textContent = "Names, titles, words of a quotation";
  label.htmlFor = "query";
  var box = document.createElement("input");
  box.type = "search";
  box.id = "query";
  box.autocomplete = "off";
  box.spellcheck = false;
  var tally = document.createElement("p");
  tally.className = "note";
  tally.setAttribute("role", "status");
  var list = document.createElement("ol");
  list.className = "found";
  [label, box, tally, list].forEach(function (part) { place.appendChild(part); });

  /* Without what would end the isolate around a name, as pages have it. */
  function fenced(text) { return text.replace(/[\u2066-\u2069]/g, ""); }

  function show(found, shown) {
    list.textContent = "";
    shown.forEach(function (of) {
      var item = document.createElement("li"), link = document.createElement("a"), note = document.createElement("span");
      var name = document.createElement("bdi");
      name.textContent = fenced(of[0]);
      link.href = of[2];
      link.appendChild(name);
      note.className = "note";
      note.textContent = fenced(of[1]);
      item.dir = "auto";
      item.appendChild(link);
      item.appendChild(note);
      list.appendChild(item);
    });
    var more = found.length > shown.length ? "; the first " + shown.length + " are shown" : "";
    tally.textContent = found.length ? found.length + " found" + more : "Nothing found.";
  }

  function search() {
    var turn = ++asked, words = wordsOf(box.value);
    history.replaceState(null, "", box.value ? "#q=" + encodeURIComponent(box.value) : "#");
    if (!words.length || words.join("").length < 2) {
      list.textContent = "";
      tally.textContent = "";
      return;
    }
    load("head").then(function (head) {
      return find(head, words).then(function (found) {
        return documents(head, found.slice(0, MOST)).then(function (shown) {
          if (turn === asked) show(found, shown);
        });
      });
    }).catch(function () { tally.textContent = "The index could not be read."; });
  }

  function fromAddress() {
    var told = /^#q=(.*)$/.exec(location.hash), text = "";
    try { text = told ? decodeURIComponent(told[1]) : ""; } catch (_) { text = ""; }
    if (text !== box.value) {
      box.value = text;
      search();
    }
  }

  box.addEventListener("input", search);
  window.addEventListener("hashchange", fromAddress);
  fromAddress();
  box.focus();
})();
