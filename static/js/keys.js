// Single-key shortcuts: an element with data-key="a" is clicked when "a" is typed outside a field. A tick box with data-keys-on turns them off.
(() => {
  document.documentElement.dataset.script = "on"; // what is said of keys is shown where they work
  const typing = (element) => element.closest("input, textarea, select, [contenteditable]");
  const KEY = "groundwork:keys";
  const store = (() => { try { return window.localStorage; } catch { return null; } })();
  const tick = document.querySelector("[data-keys-on]");
  if (tick && store?.getItem(KEY) === "off") tick.checked = false;
  tick?.addEventListener("change", () => store?.setItem(KEY, tick.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (tick && !tick.checked) return;
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!target) return;
    event.preventDefault();
    const opened = target.closest("details:not([open])");
    if (opened) opened.open = true;
    if (target.matches("input, textarea, select")) target.focus(); else target.click();
  });
})();
