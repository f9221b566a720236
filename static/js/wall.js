// The room view: asks for the part that changes over one kept connection, and swaps it where it did. The key b, or its button, blanks the screen.
(() => {
  const board = document.querySelector("[data-now]");
  const lost = document.querySelector("[data-lost]");
  const EVERY = 1000; // milliseconds from one answer to the next question
  const GONE = 10000; // without an answer for so long, the page says so
  let etag = "";
  let heard = Date.now();
  const look = async () => {
    try {
      const headers = { "If-None-Match": etag };
      const answer = await fetch(board.dataset.now, { headers, cache: "no-store", signal: AbortSignal.timeout(GONE) });
      if (answer.status === 404) return window.location.reload(); // closed, or under a new link
      if (answer.status === 200) {
        board.innerHTML = await answer.text();
        etag = answer.headers.get("ETag") ?? "";
      }
      if (answer.ok || answer.status === 304) heard = Date.now();
    } catch { /* the line is gone: said below once it stays so */ }
    lost.hidden = Date.now() - heard < GONE;
    window.setTimeout(look, EVERY);
  };
  window.setTimeout(look, EVERY * Math.random());
  const button = document.querySelector("[data-blank]");
  button?.addEventListener("click", () => {
    const dark = document.body.toggleAttribute("data-dark");
    button.setAttribute("aria-pressed", String(dark));
  });
})();
