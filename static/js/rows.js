// A list with data-rows is walked by key: j and k go down and up its links, x ticks the row's box. Everything works without it.
(() => {
  const list = document.querySelector("[data-rows]");
  if (!list) return;
  const typing = (element) => element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const links = [...list.querySelectorAll("a.name")];
    const row = document.activeElement.closest("[data-rows] > li");
    const at = row ? links.indexOf(row.querySelector("a.name")) : -1;
    if (event.key === "j") links[Math.min(at + 1, links.length - 1)]?.focus();
    else if (event.key === "k") links[Math.max(at - 1, 0)]?.focus();
    else if (event.key === "x") row?.querySelector("input[type=checkbox]:not(:disabled)")?.click();
    else return;
    event.preventDefault();
  });
})();
