/* Show only some rows of a timeline. What is chosen stands in the address: #?actor=…&event=…&status=…&year=…&sort=…
   Where a timeline stands on several pages, the links between them carry it on. */
(function () {
  "use strict";
  var ways = Array.from(document.querySelectorAll(".steps a, .years.pages a")).map(function (way) { return [way, way.hash]; });
  var place = document.getElementById("filter");

  function carry(said) {
    ways.forEach(function (way) { way[0].hash = said ? "#?" + said : way[1]; });
  }

  if (!place) {
    if (location.hash.indexOf("#?") === 0) carry(location.hash.slice(2));
    return;
  }

  var scope = place.closest(".timeline");
  var rows = Array.from(scope.querySelectorAll(".row"));
  var periods = Array.from(scope.querySelectorAll(".period"));
  var gaps = Array.from(scope.querySelectorAll(".gap"));
  var sorts = Array.from(document.querySelectorAll(".sorts input"));

  function texts(row, selector) {
    return Array.from(row.querySelectorAll(selector)).map(function (part) { return part.textContent.trim(); });
  }

  function yearOf(row) {
    var found = "";
    for (var part = row.closest(".period"); part; part = part.parentElement.closest(".period")) {
      var heading = part.querySelector(":scope > :is(h2, h3, h4)");
      if (heading) found = heading.textContent.trim();
    }
    return [found];
  }

  var FACETS = [
    ["actor", "Actor", function (row) { return texts(row, ":scope > .what > .who li:not(.event) a, :scope > .what > .label .speech a"); }],
    ["event", "Event", function (row) { return texts(row, ":scope > .what > .who .event a"); }],
    ["status", "Status", function (row) {
      var told = texts(row, ":scope > .what > .label .status").map(function (words) { return words.split(":")[0]; });
      return told.length ? told : ["reported as done"];
    }],
    ["year", "Period", yearOf],
  ];

  /* Facet → what each row has of it. */
  var had = {}, chosen = {}, selects = {};

  function option(select, value, words) {
    var made = document.createElement("option");
    made.value = value;
    made.textContent = words;
    select.appendChild(made);
  }

  FACETS.forEach(function (facet) {
    var name = facet[0], counts = new Map();
    had[name] = rows.map(function (row) { return new Set(facet[2](row)); });
    had[name].forEach(function (of) { of.forEach(function (value) { if (value) counts.set(value, (counts.get(value) || 0) + 1); }); });
    if (counts.size < (ways.length ? 1 : 2)) return;
    var label = document.createElement("label"), select = document.createElement("select");
    label.textContent = facet[1] + " ";
    option(select, "", "all");
    var values = Array.from(counts.keys());
    if (name !== "year") values.sort(function (one, other) { return counts.get(other) - counts.get(one) || one.localeCompare(other); });
    values.forEach(function (value) { option(select, value, value + " (" + counts.get(value) + ")"); });
    select.addEventListener("change", function () { chosen[name] = select.value; tell(); });
    selects[name] = select;
    label.appendChild(select);
    place.appendChild(label);
  });

  var all = document.createElement("button");
  all.type = "button";
  all.textContent = "Show all";
  all.hidden = true;
  var tally = document.createElement("span");
  tally.className = "note";
  tally.setAttribute("role", "status");
  place.appendChild(all);
  place.appendChild(tally);

  function apply() {
    var names = Object.keys(selects).filter(function (name) { return chosen[name]; }), shown = 0;
    rows.forEach(function (row, at) {
      row.hidden = !names.every(function (name) { return had[name][at].has(chosen[name]); });
      if (!row.hidden) shown += 1;
    });
    periods.forEach(function (period) { period.hidden = names.length > 0 && !period.querySelector(".row:not([hidden])"); });
    gaps.forEach(function (gap) { gap.hidden = names.length > 0; });
    Object.keys(selects).forEach(function (name) { selects[name].value = chosen[name] || ""; });
    all.hidden = !names.length;
    tally.textContent = names.length ? shown + " of " + rows.length + " rows" : "";
    sorts.forEach(function (sort) { sort.checked = sort.id === "sort-" + (chosen.sort || "all"); });
    carry(said("year"));
  }

  function said(but) {
    return Object.keys(chosen).filter(function (name) { return chosen[name] && name !== but; }).map(function (name) {
      return name + "=" + encodeURIComponent(chosen[name]);
    }).join("&");
  }

  /* What is chosen goes into the address, and from there onto the page. */
  function tell() {
    history.replaceState(null, "", said() ? "#?" + said() : "#" + scope.getAttribute("aria-labelledby"));
    apply();
  }

  function fromAddress() {
    chosen = {};
    if (location.hash.indexOf("#?") === 0) {
      new URLSearchParams(location.hash.slice(2)).forEach(function (value, name) {
        var select = selects[name];
        var known = select && Array.from(select.options).some(function (of) { return of.value === value; });
        if (!known && select && ways.length && name !== "year") {  /* chosen on another page, and nowhere on this one */
          option(select, value, value + " (0)");
          known = true;
        }
        if (known || (name === "sort" && /^(did|said)$/.test(value))) chosen[name] = value;
      });
    }
    apply();
  }

  sorts.forEach(function (sort) {
    sort.addEventListener("change", function () {
      chosen.sort = sort.id === "sort-all" ? "" : sort.id.replace("sort-", "");
      tell();
    });
  });
  all.addEventListener("click", function () { chosen = {}; tell(); });
  window.addEventListener("hashchange", fromAddress);
  fromAddress();
})();
