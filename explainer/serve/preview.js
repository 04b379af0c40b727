// Only in `explainer serve`: keeps a reader's place over a reload, and lets problems be dismissed.
(function () {
  "use strict";
  var key = "explainer-preview:" + location.pathname;

  function details() {
    return Array.prototype.slice.call(document.querySelectorAll("details"));
  }

  function name(element) {
    var summary = element.querySelector("summary");
    return element.id || (summary ? summary.textContent : "");
  }

  function keep() {
    var open = details().map(function (element) { return [name(element), element.open]; });
    sessionStorage.setItem(key, JSON.stringify({ x: scrollX, y: scrollY, open: open }));
  }

  function restore(kept) {
    var left = kept.open.slice(); // several may have one name: each is used once, in order
    details().forEach(function (element) {
      var place = left.findIndex(function (pair) { return pair[0] === name(element); });
      if (place >= 0) element.open = left.splice(place, 1)[0][1];
    });
    scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
  }

  var kept = JSON.parse(sessionStorage.getItem(key) || "null");
  sessionStorage.removeItem(key);
  var navigation = performance.getEntriesByType("navigation")[0];
  if (kept && navigation && navigation.type === "reload") {
    restore(kept);
    // Once more, when images have their height and the site's own scripts have opened and closed what they like.
    addEventListener("load", function () { restore(kept); });
  }
  addEventListener("pagehide", keep);

  var problems = document.getElementById("explainer-problems");
  if (!problems) return;
  function dismiss() { problems.remove(); }
  problems.querySelector("button").addEventListener("click", dismiss);
  addEventListener("keydown", function (event) { if (event.key === "Escape") dismiss(); });
})();
