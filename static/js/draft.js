// Keeps what is being written on this device, so that a lost page loses nothing.
(() => {
  const PREFIX = "groundwork:draft:";
  const store = (() => { try { return window.localStorage; } catch { return null; } })();
  if (!store) return;
  for (const done of document.querySelectorAll("[data-draft-clear]")) store.removeItem(PREFIX + done.dataset.draftClear);
  for (const area of document.querySelectorAll("textarea[data-draft]")) {
    const key = PREFIX + area.dataset.draft;
    const note = document.getElementById(area.dataset.draftNote);
    const kept = store.getItem(key);
    if (kept && !area.value) {
      area.value = kept;
      if (note) note.textContent = note.dataset.restored;
    }
    let timer;
    area.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        store.setItem(key, area.value);
        if (note) note.textContent = `${note.dataset.saved} ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`;
      }, 400);
    });
  }
})();
