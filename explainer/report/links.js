"use strict";
// Filter and order. Without this script the page shows everything, in the order of the files.
{
  const controls = document.getElementById("controls");
  const field = (id) => document.getElementById(id);
  const findings = [...document.querySelectorAll(".finding")].map((element, number) => ({
    element,
    number,
    ...element.dataset,
    words: element.textContent.toLocaleLowerCase(),
  }));
  const groups = [...document.querySelectorAll(".group")].map((section) => ({
    details: section.querySelector("details"),
    count: section.querySelector(".count"),
    list: section.querySelector(".findings"),
    findings: findings.filter((finding) => section.contains(finding.element)),
  }));

  const wanted = () => {
    const words = field("words").value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const article = field("article").value;
    const reason = field("reason").value;
    const isWanted = (finding) =>
      (!article || finding.article === article) &&
      (!reason || finding.reason === reason) &&
      words.every((word) => finding.words.includes(word));
    return { isWanted, isAll: !words.length && !article && !reason };
  };

  const filter = () => {
    const { isWanted, isAll } = wanted();
    let shown = 0;
    for (const group of groups) {
      let here = 0;
      for (const finding of group.findings) {
        finding.element.hidden = !isWanted(finding);
        here += !finding.element.hidden;
      }
      const all = group.findings.length;
      group.count.textContent = isAll ? all.toLocaleString("en") : `${here.toLocaleString("en")} of ${all.toLocaleString("en")}`;
      if (!isAll && here) group.details.open = true;
      shown += here;
    }
    field("result").textContent = isAll ? "" : `${shown.toLocaleString("en")} of ${findings.length.toLocaleString("en")} shown`;
  };

  const sort = () => {
    const key = field("order").value;
    const compare = (a, b) =>
      (key === "score" ? a.score - b.score : key ? a[key].localeCompare(b[key]) : 0) || a.number - b.number;
    for (const group of groups) group.list?.append(...[...group.findings].sort(compare).map((f) => f.element));
  };

  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = target?.querySelector(":scope > details");
    if (details) details.open = true;
  };

  controls.addEventListener("input", (event) => (event.target.id === "order" ? sort() : filter()));
  controls.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", open);
  controls.hidden = false;
  // Browsers may keep what was typed before the page was loaded anew.
  filter();
  sort();
  open();
}
