// The keys of a list of things that wait: j and k go through it, o opens, c holds or lets go, x ticks. keys.js does the rest.
(() => {
  const rows = [...document.querySelectorAll("[data-row]")];
  const keys = document.querySelector("[data-keys-on]");
  const current = () => document.activeElement?.closest("[data-row]");
  const go = (step) => {
    const at = rows.indexOf(current());
    const next = rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)];
    const link = next?.querySelector("[data-open]");
    if (!link) return;
    if (!link.hasAttribute("href")) link.tabIndex = -1;
    link.focus();
    next.scrollIntoView({ block: "nearest" });
  };
  const press = (name) => current()?.querySelector(`[data-${name}]`)?.click();
  const does = { j: () => go(1), k: () => go(-1), o: () => press("open"), c: () => press("claim"), x: () => press("tick") };
  document.addEventListener("keydown", (event) => {
    if (keys && !keys.checked) return;
    if (event.repeat && !"jk".includes(event.key)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("textarea, select, [contenteditable], input:not([type=checkbox])")) return;
    const act = does[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
