/* Keys: j and k step from row to row, / searches, ? tells them. They can be turned off where they are told. */
(function () {
  "use strict";
  var KEYS = [["j", "next row"], ["k", "row before"], ["/", "search"], ["?", "these keys"]];
  var STORE = "dateline-keys";
  var script = document.currentScript;
  var off = false, dialog = null;
  try { off = localStorage.getItem(STORE) === "off"; } catch (_) { off = false; }

  function step(by) {
    var rows = Array.from(document.querySelectorAll(".row")).filter(function (row) { return row.checkVisibility ? row.checkVisibility() : !row.hidden; });
    if (!rows.length) return;
    var here = document.activeElement && document.activeElement.closest(".row"), at = rows.indexOf(here);
    if (at < 0) at = by > 0 ? -1 : 0;
    var row = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    var link = row.querySelector(".anchor, .label > a");
    if (link) link.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function make() {
    dialog = document.createElement("dialog");
    dialog.className = "keys";
    dialog.setAttribute("aria-labelledby", "keys-title");
    var title = document.createElement("h2"), list = document.createElement("dl");
    title.id = "keys-title";
    title.textContent = "Keys";
    KEYS.forEach(function (key) {
      var line = document.createElement("div"), name = document.createElement("dt"), words = document.createElement("dd");
      var kbd = document.createElement("kbd");
      kbd.textContent = key[0];
      name.appendChild(kbd);
      words.textContent = key[1];
      line.appendChild(name);
      line.appendChild(words);
      list.appendChild(line);
    });
    var label = document.createElement("label"), box = document.createElement("input");
    box.type = "checkbox";
    box.checked = !off;
    box.addEventListener("change", function () {
      off = !box.checked;
      try { localStorage.setItem(STORE, off ? "off" : "on"); } catch (_) { /* it holds for this page alone */ }
    });
    label.appendChild(box);
    label.appendChild(document.createTextNode(" use j, k and /"));
    var close = document.createElement("button");
    close.type = "button";
    close.textContent = "Close";
    close.addEventListener("click", function () { dialog.close(); });
    [title, list, label, close].forEach(function (part) { dialog.appendChild(part); });
    document.body.appendChild(dialog);
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (event.target.closest && event.target.closest("input, select, textarea, [contenteditable], dialog")) return;
    if (event.key === "?") {
      if (!dialog) make();
      dialog.showModal();
    } else if (off) {
      return;
    } else if (event.key === "j" || event.key === "k") {
      step(event.key === "j" ? 1 : -1);
    } else if (event.key === "/") {
      location.href = script.dataset.search;
    } else {
      return;
    }
    event.preventDefault();
  });
})();
