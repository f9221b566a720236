// Exploring in place: what is asked for and chosen is fetched as the plain page would be, and the picture shows the same. Without it, links and the form do.
"use strict";
(async () => {
  const figure = document.getElementById("picture");
  const canvas = figure.querySelector("canvas");
  const hint = figure.querySelector(".hint");
  const part = (name) => document.getElementById(name);
  const picture = new ExplorerPicture(canvas, figure);
  window.explorer = picture; // for those who measure

  const read = async () => {
    const answer = await fetch(figure.dataset.file, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    picture.take(await answer.json());
  };
  const tell = () => {
    const { nodes, lines, colour } = part("found").dataset;
    const shares = colour !== "held";
    figure.querySelector("[data-key=held]").hidden = shares;
    figure.querySelector("[data-key=shares]").hidden = !shares;
    picture.show(nodes, lines, colour);
  };
  const choose = (node) => {
    picture.chosen = node;
    hint.textContent = node < 0 ? "" : picture.file.titles[node];
    if (node >= 0 && picture.file.x[node] !== null) picture.intoView(node); else picture.paint();
  };

  let asked = 0;
  const load = async (address, { push = true, focus = "" } = {}) => {
    const turn = ++asked;
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (turn !== asked) return;
      if (!answer.ok || !page.getElementById("found")) throw new Error(answer.status);
      for (const name of ["found", "chosen", "listed"]) part(name).replaceWith(page.getElementById(name));
      if (!part("sieve").contains(document.activeElement)) part("sieve").replaceWith(page.getElementById("sieve"));
      else for (const kept of ["order", "show"]) part("sieve").querySelector(`[name=${kept}]`)?.remove();
      figure.dataset.chosen = page.getElementById("picture")?.dataset.chosen || "";
      if (push) window.history.pushState(null, "", address);
      if (part("found").dataset.tag !== picture.file.tag) await read();
      tell();
      choose(picture.place.get(figure.dataset.chosen) ?? -1);
      part(focus)?.focus();
    } catch { window.location.assign(address); }
  };
  const queried = () => {
    const told = new URLSearchParams(new FormData(part("sieve")));
    for (const [name, value] of [...told]) if (!value) told.delete(name);
    return told;
  };
  const withValue = (node) => {
    const told = new URLSearchParams(window.location.search);
    told.set("value", picture.file.ids[node]);
    return `?${told}`;
  };
  let soon = 0;
  const pick = (node, wait = 0, focus = "") => {
    if (node < 0) return;
    choose(node);
    clearTimeout(soon);
    soon = setTimeout(() => load(withValue(node), { focus }), wait);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".explored a[href^='?']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    load(link.getAttribute("href"), { focus: link.dataset.value ? "chosen-title" : "" });
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "sieve") return;
    event.preventDefault();
    load(`?${queried()}`);
  });
  document.addEventListener("change", (event) => { if (event.target.closest("#sieve select")) load(`?${queried()}`); });
  window.addEventListener("popstate", () => load(window.location.href, { push: false }));

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (ARROWS[event.key]) pick(picture.step(...ARROWS[event.key]), 250);
    else if (event.key === "Enter" && picture.chosen >= 0) pick(picture.chosen, 0, "chosen-title");
    else if (event.key === "+" || event.key === "=") picture.zoom(1.4);
    else if (event.key === "-") picture.zoom(1 / 1.4);
    else if (event.key === "Home") picture.whole();
    else return;
    event.preventDefault();
  });
  figure.addEventListener("click", (event) => {
    const by = event.target.closest("[data-zoom]")?.dataset.zoom;
    if (by) Number(by) ? picture.zoom(Number(by)) : picture.whole();
  });

  const fingers = new Map();
  let moved = 0, apart = 0;
  const inside = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  const spread = () => { const [a, b] = [...fingers.values()]; return Math.hypot(a[0] - b[0], a[1] - b[1]); };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, inside(event));
    moved = fingers.size > 1 ? Infinity : 0;
    if (fingers.size === 2) apart = spread();
  });
  canvas.addEventListener("pointermove", (event) => {
    const now = inside(event), before = fingers.get(event.pointerId);
    if (!before) {
      picture.pointed = picture.at(...now, 6);
      canvas.classList.toggle("over", picture.pointed >= 0);
      picture.paint();
      return;
    }
    fingers.set(event.pointerId, now);
    const [dx, dy] = [now[0] - before[0], now[1] - before[1]];
    moved += Math.hypot(dx, dy);
    if (fingers.size === 1) { picture.pan(dx, dy); return; }
    const [a, b] = [...fingers.values()], wide = spread();
    picture.zoom(wide / (apart || wide), (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
    apart = wide;
  });
  const up = (event) => {
    if (!fingers.delete(event.pointerId) || event.type === "pointercancel") return;
    if (moved < 6) pick(picture.at(...inside(event), event.pointerType === "touch" ? 22 : 8));
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && document.activeElement !== canvas) return; // else the page is scrolled
    event.preventDefault();
    picture.zoom(Math.exp(-event.deltaY / 400), ...inside(event));
  }, { passive: false });

  try {
    await read();
    tell();
    choose(picture.place.get(figure.dataset.chosen) ?? -1);
  } catch { figure.remove(); } // the table says the same
})();
