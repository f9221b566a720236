// Sends through a lost connection: what was pressed waits on this device, with its key, and goes once the site can be reached.
(() => {
  const SENDING = "groundwork:sending:";
  const AGAIN_AFTER = 5000; // ms
  const PATIENCE = 8000;
  const store = (() => { try { return window.localStorage; } catch { return null; } })();
  const form = document.querySelector("form[data-sends]");
  if (!form || !window.fetch) return;
  const area = form.querySelector("textarea[data-draft]");
  const name = SENDING + area.dataset.draft;
  const notice = document.getElementById("waiting");
  const cameBack = area.dataset.version === undefined;
  let again = 0;
  let trying = false;

  const tell = (words) => {
    notice.textContent = words;
    notice.hidden = !words;
  };
  const isThere = async () => {
    const patience = new AbortController();
    const over = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const reply = await fetch("/health/live", { cache: "no-store", signal: patience.signal });
      return reply.ok;
    } catch {
      return false;
    } finally {
      clearTimeout(over);
    }
  };
  const hidden = (field, value) => {
    const held = form.elements[field];
    if (held && held.type === "hidden") held.value = value;
    else form.append(Object.assign(document.createElement("input"), { type: "hidden", name: field, value }));
  };
  const remember = () => {
    const fields = [...new FormData(form)].filter(([field]) => field !== "csrfmiddlewaretoken");
    try { store?.setItem(name, JSON.stringify({ version: area.dataset.version, fields })); } catch { /* full: it waits in this page alone */ }
  };
  const attempt = async () => {
    if (trying || form.dataset.sent) return;
    trying = true;
    clearTimeout(again);
    if (await isThere()) {
      remember(); // with what was typed while it waited
      form.dataset.sent = "1";
      form.submit();
    } else {
      tell(notice.dataset.waiting);
      again = setTimeout(attempt, AGAIN_AFTER);
    }
    trying = false;
  };

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.formAction && button.hasAttribute("formaction")) return; // it goes elsewhere
    event.preventDefault();
    if (button?.name) hidden(button.name, button.value);
    remember();
    attempt();
  });
  window.addEventListener("online", () => { if (again) attempt(); });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted || !form.dataset.sent) return;
    delete form.dataset.sent; // back from a page that could not be shown
    if (store?.getItem(name)) attempt();
  });

  if (cameBack) {
    store?.removeItem(name); // it arrived, and something is to be mended first
    return;
  }
  const pending = JSON.parse(store?.getItem(name) ?? "null");
  if (!pending) return;
  if (pending.version !== area.dataset.version) {
    store.removeItem(name); // it arrived, or was written on elsewhere: draft.js offers what is here
    return;
  }
  for (const [field, value] of pending.fields) {
    if (field === "text") area.value = value;
    else hidden(field, value);
  }
  tell(notice.dataset.sending);
  attempt();
})();
