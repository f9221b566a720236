// A swipe over the card presses the button of its direction; what the quick way cannot send is sent the plain way.
(() => {
  document.documentElement.dataset.script = "on"; // what is said of swipes and keys is shown where they work
  const FAR = 70; // CSS pixels
  const EDGE = 24; // from here browsers go back
  let from = null;
  const start = (event) => {
    const card = event.target.closest("[data-swipe]");
    const touch = event.touches[0];
    const plain = card && event.touches.length === 1 && !event.target.closest("a, button, summary, input");
    const inside = plain && touch.clientX > EDGE && touch.clientX < window.innerWidth - EDGE;
    from = inside ? { x: touch.clientX, y: touch.clientY, scrolled: window.scrollY } : null;
  };
  const direction = (dx, dy) => {
    if (Math.abs(dx) > FAR && Math.abs(dx) > 2 * Math.abs(dy)) return dx > 0 ? "right" : "left";
    const still = Math.abs(window.scrollY - from.scrolled) < 2; // else it was reading on, not passing
    return dy < -FAR && -dy > 2 * Math.abs(dx) && still ? "up" : null;
  };
  const end = (event) => {
    if (!from || event.touches.length || String(window.getSelection())) return;
    const touch = event.changedTouches[0];
    const way = direction(touch.clientX - from.x, touch.clientY - from.y);
    from = null;
    const button = way && document.querySelector(`[data-swiped="${way}"]`);
    if (button && !button.disabled) button.click();
  };
  document.addEventListener("touchstart", start, { passive: true });
  document.addEventListener("touchend", end, { passive: true });
  document.addEventListener("touchcancel", () => { from = null; }, { passive: true });

  document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
    if (ctx.text.includes('id="weigh"')) return; // this page again, with what is wrong
    ctx.status = "sent the plain way";
    const said = document.createElement("input");
    Object.assign(said, { type: "hidden", name: "says", value: ctx.sourceEvent.submitter.value });
    ctx.sourceElement.append(said);
    ctx.sourceElement.submit();
  });
  document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
    if (ctx) document.getElementById("kept").textContent = ctx.sourceElement.dataset.unsent;
  });
})();
