// Keeps what is being written, on this device and on the site, until it is sent: a lost page, device or battery loses nothing.
(() => {
  const DRAFT = "groundwork:draft:";
  const SENDING = "groundwork:sending:";
  const HERE_AFTER = 400; // ms after a key
  const THERE_AFTER = 4000;
  const store = (() => { try { return window.localStorage; } catch { return null; } })();

  const read = (id) => {
    const kept = store?.getItem(DRAFT + id);
    if (!kept) return null;
    try {
      const told = JSON.parse(kept);
      if (typeof told.text === "string") return told;
    } catch { /* kept as plain text, before there were versions */ }
    return { text: kept, version: "" };
  };
  const write = (id, text, version) => {
    try { store?.setItem(DRAFT + id, JSON.stringify({ text, version })); } catch { /* full: the site keeps it */ }
  };

  for (const { dataset } of document.querySelectorAll("[data-draft-clear]")) {
    store?.removeItem(DRAFT + dataset.draftClear);
    store?.removeItem(SENDING + dataset.draftClear);
  }

  const area = document.querySelector("textarea[data-draft]");
  if (!area) return;
  const { draft: id, keepAt } = area.dataset;
  const note = document.getElementById("kept");
  const cameBack = area.dataset.version === undefined; // with what was typed, to be mended
  const tell = (words) => {
    note.textContent = `${words} ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`;
  };
  let version = area.dataset.version ?? "";

  const offerOther = (text) => {
    const other = document.getElementById("other");
    let instead = text;
    other.hidden = false;
    other.querySelector("button").addEventListener("click", () => {
      [area.value, instead] = [instead, area.value];
      area.dispatchEvent(new Event("input"));
      area.focus();
    });
  };
  const kept = cameBack ? null : read(id);
  if (kept && kept.text !== area.value) {
    if (kept.version === version || !area.value) {
      area.value = kept.text;
      note.textContent = note.dataset.restored;
    } else {
      offerOther(kept.text); // written on elsewhere since
    }
  }
  if (cameBack && area.value) write(id, area.value, version);

  let soon = 0;
  let later = 0;
  let there = area.value;
  const keepThere = async (how) => {
    clearTimeout(later);
    later = 0;
    const text = area.value;
    if (text === there || area.form.dataset.sent) return;
    const body = new FormData();
    body.append("csrfmiddlewaretoken", area.form.elements.csrfmiddlewaretoken.value);
    body.append("text", text);
    try {
      const reply = await fetch(keepAt, { method: "POST", body, ...how });
      if (!reply.ok) return;
      version = area.dataset.version = (await reply.json()).at;
      there = text;
      write(id, area.value, version);
      if (area.value === text) tell(note.dataset.there);
    } catch { /* no connection: it is kept here, and tried again with the next key */ }
  };
  area.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(() => {
      write(id, area.value, version);
      if (store) tell(note.dataset.here);
    }, HERE_AFTER);
    later ||= setTimeout(keepThere, THERE_AFTER);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    write(id, area.value, version);
    keepThere({ keepalive: true });
  });
})();
