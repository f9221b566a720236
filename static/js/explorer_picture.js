// A picture of a graph on a plain canvas: a layer is drawn off screen in slices and moved whole while one pans, so that it stays smooth without a graphics card.
"use strict";
class ExplorerPicture {
  static MARGIN = 0.35; // of the view, drawn around it beforehand
  static SLICE = 9; // ms of drawing before the screen gets its turn
  static FEW = 400; // lines up to which each has an arrow head
  constructor(canvas, key) {
    this.canvas = canvas;
    this.key = key;
    this.context = canvas.getContext("2d", { alpha: true });
    this.camera = { x: 0, y: 0, k: 0.02 };
    this.chosen = this.pointed = -1;
    this.colour = "held";
    this.frames = 0;
    new ResizeObserver(() => { this.measure(); this.redraw(); }).observe(canvas);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { this.look(); this.redraw(); });
  }

  take(file) {
    this.file = file;
    const n = file.ids.length;
    this.place = new Map(file.ids.map((id, place) => [id, place]));
    this.shown = new Uint8Array(n).fill(1);
    this.lineShown = new Uint8Array(file.lines.length / 3).fill(1);
    const worst = Math.max(1, ...file.rank);
    const crowd = Math.min(1, Math.sqrt(900 / n)), least = n < 200 ? 5 : 2.6, steep = n < 200 ? 2.5 : 7; // of thousands, few are large
    this.size = Float32Array.from(file.rank, (rank) => (least + (rank ? 7.5 * (1 - (rank - 1) / worst) ** steep : 0)) * (0.3 + 0.7 * crowd));
    this.order = Array.from({ length: n }, (_, i) => i).filter((i) => file.x[i] !== null).sort((a, b) => this.size[a] - this.size[b]);
    this.near = Array.from({ length: n }, () => []);
    for (let i = 0; i < file.lines.length; i += 3) {
      this.near[file.lines[i]].push(i / 3);
      this.near[file.lines[i + 1]].push(i / 3);
    }
    this.measure();
    this.look();
    this.whole();
  }

  show(nodes, lines, colour) {
    const bits = (digits, into) => {
      for (let i = 0; i < into.length; i++) into[i] = digits ? (parseInt(digits[i >> 2], 16) >> (i & 3)) & 1 : 1;
    };
    bits(nodes, this.shown);
    bits(lines, this.lineShown);
    this.colour = colour;
    this.redraw();
  }

  measure() {
    const box = this.canvas.getBoundingClientRect();
    this.width = Math.max(1, box.width);
    this.height = Math.max(1, box.height);
    this.ratio = Math.min(2, window.devicePixelRatio || 1);
    this.canvas.width = this.width * this.ratio;
    this.canvas.height = this.height * this.ratio;
  }

  look() { // colours and signs are those of the page's key
    const root = getComputedStyle(document.documentElement);
    const token = (name) => root.getPropertyValue(name).trim();
    this.tokens = { line: token("--line"), hair: token("--hair"), ink: token("--ink"), paper: token("--paper"), raised: token("--raised"), accent: token("--accent"), focus: token("--focus") };
    this.font = getComputedStyle(this.canvas).fontFamily;
    const sign = (svg) => {
      const drawn = svg.querySelector("path, circle");
      const r = drawn.getAttribute("r");
      const path = new Path2D(r ? `M-${r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 -${2 * r} 0z` : drawn.getAttribute("d"));
      return { path, colour: getComputedStyle(svg).color, hollow: getComputedStyle(drawn).fill === "none" };
    };
    this.marks = {};
    for (const item of this.key.querySelectorAll("[data-mark]")) this.marks[item.dataset.mark] = sign(item.querySelector("svg"));
    this.steps = [...this.key.querySelectorAll("[data-key=shares] svg")].map((svg) => ({ ...sign(svg), edged: true }));
    this.sprites = new Map();
  }

  markOf(node) {
    if (this.colour === "held") return this.marks[this.file.held[node]] || this.marks.u;
    const share = (this.file.shares[this.colour] || this.file.shares.all)[node];
    return share < 0 ? this.marks.u : this.steps[Math.min(4, Math.floor(share / 20))];
  }

  sprite(mark, size) {
    const px = Math.max(4, Math.round(size * 2 * this.ratio));
    const name = `${px}`;
    if (!this.sprites.has(mark)) this.sprites.set(mark, new Map());
    const kept = this.sprites.get(mark);
    if (!kept.has(name)) {
      const made = document.createElement("canvas");
      made.width = made.height = px + 4;
      const pen = made.getContext("2d");
      pen.translate(made.width / 2, made.height / 2);
      pen.scale(px / 12, px / 12);
      pen.lineJoin = "round";
      pen.lineWidth = mark.hollow ? 2.2 : 1.4;
      if (mark.hollow) { pen.fillStyle = this.tokens.paper; pen.fill(mark.path); pen.strokeStyle = mark.colour; pen.stroke(mark.path); }
      else { pen.strokeStyle = mark.edged ? this.tokens.line : this.tokens.paper; pen.stroke(mark.path); pen.fillStyle = mark.colour; pen.fill(mark.path); }
      kept.set(name, made);
    }
    return kept.get(name);
  }

  grown(camera) { return Math.min(2.4, Math.max(0.8, Math.sqrt(camera.k / this.fitted))); }

  whole() { // everything that is shown in view
    const { x, y } = this.file;
    const seen = this.order.filter((i) => this.shown[i]);
    const around = seen.length ? seen : this.order;
    if (!around.length) return;
    const xs = around.map((i) => x[i]).sort((a, b) => a - b), ys = around.map((i) => y[i]).sort((a, b) => a - b);
    const far = Math.floor(xs.length / 200); // a few far out do not make all others small
    const [x0, x1, y0, y1] = [xs[far], xs.at(-1 - far), ys[far], ys.at(-1 - far)];
    const k = Math.min(this.width / (x1 - x0 + 2000), this.height / (y1 - y0 + 2000)) * 0.95;
    this.fitted ??= k;
    this.bounds ??= [x0, x1, y0, y1];
    this.camera = { x: (x0 + x1) / 2, y: (y0 + y1) / 2, k };
    this.redraw();
  }

  zoom(by, px = this.width / 2, py = this.height / 2) {
    const k = Math.min(2, Math.max(this.fitted / 4, this.camera.k * by));
    const x = this.camera.x + (px - this.width / 2) * (1 / this.camera.k - 1 / k);
    const y = this.camera.y + (py - this.height / 2) * (1 / this.camera.k - 1 / k);
    this.camera = { x, y, k };
    this.paint();
    this.later();
  }

  pan(dx, dy) {
    const [x0, x1, y0, y1] = this.bounds, within = (low, at, high) => Math.min(high, Math.max(low, at)); // nobody loses it out of sight
    this.camera = { ...this.camera, x: within(x0, this.camera.x - dx / this.camera.k, x1), y: within(y0, this.camera.y - dy / this.camera.k, y1) };
    this.paint();
    const off = this.layer && Math.max(Math.abs(this.layer.camera.x - this.camera.x) * this.camera.k / this.width, Math.abs(this.layer.camera.y - this.camera.y) * this.camera.k / this.height);
    if (off > ExplorerPicture.MARGIN / 2 && !this.job) this.redraw(); else this.later();
  }

  later() { clearTimeout(this.waiting); this.waiting = setTimeout(() => this.redraw(), 140); }

  onScreen(node) {
    return [(this.file.x[node] - this.camera.x) * this.camera.k + this.width / 2, (this.file.y[node] - this.camera.y) * this.camera.k + this.height / 2];
  }

  at(px, py, reach) { // the shown node nearest to a point of the screen, or -1
    let best = -1, least = Infinity;
    for (const node of this.order) {
      if (!this.shown[node]) continue;
      const [x, y] = this.onScreen(node);
      const d = Math.hypot(x - px, y - py) - this.size[node];
      if (d < least) { least = d; best = node; }
    }
    return least <= reach ? best : -1;
  }

  step(dx, dy) { // along a line in the direction of an arrow key; from nowhere to the highest
    if (this.chosen < 0 || !this.shown[this.chosen]) return this.order.findLast((node) => this.shown[node]) ?? -1;
    const { x, y, lines } = this.file;
    let best = -1, most = 0.3;
    for (const line of this.near[this.chosen]) {
      if (!this.lineShown[line]) continue;
      const other = lines[3 * line] === this.chosen ? lines[3 * line + 1] : lines[3 * line];
      const [ax, ay] = [x[other] - x[this.chosen], y[other] - y[this.chosen]];
      const length = Math.hypot(ax, ay) || 1;
      const towards = (ax * dx + ay * dy) / length - length / 1e6;
      if (towards > most) { most = towards; best = other; }
    }
    return best;
  }

  intoView(node) {
    const [x, y] = this.onScreen(node), edge = 40;
    if (x > edge && y > edge && x < this.width - edge && y < this.height - edge) return this.paint();
    this.camera = { ...this.camera, x: this.file.x[node], y: this.file.y[node] };
    this.redraw();
  }

  redraw() {
    if (!this.file) return;
    clearTimeout(this.waiting);
    if (this.job) cancelAnimationFrame(this.job);
    const work = this.drawLayer();
    const go = () => {
      const until = performance.now() + ExplorerPicture.SLICE;
      let done = false;
      while (!done && performance.now() < until) done = work.next().done;
      this.job = done ? 0 : requestAnimationFrame(go);
      if (done) this.paint(); else if (this.layer) this.paint();
    };
    go();
  }

  *drawLayer() {
    const { MARGIN, FEW } = ExplorerPicture;
    const camera = { ...this.camera }, made = document.createElement("canvas");
    const w = this.width * (1 + 2 * MARGIN), h = this.height * (1 + 2 * MARGIN);
    made.width = w * this.ratio;
    made.height = h * this.ratio;
    const pen = made.getContext("2d");
    pen.scale(this.ratio, this.ratio);
    const { x, y, lines } = this.file;
    const X = (node) => (x[node] - camera.x) * camera.k + w / 2, Y = (node) => (y[node] - camera.y) * camera.k + h / 2;
    const total = this.lineShown.reduce((sum, one) => sum + one, 0);
    pen.strokeStyle = pen.fillStyle = this.tokens.line;
    pen.lineWidth = total > FEW ? 0.6 : 1.2;
    pen.globalAlpha = Math.max(0.16, Math.min(0.8, 30 / Math.sqrt(total)));
    let drawn = 0;
    for (let line = 0; line < this.lineShown.length; line++) {
      if (!this.lineShown[line]) continue;
      const from = lines[3 * line], to = lines[3 * line + 1];
      if (x[from] === null || x[to] === null) continue;
      const [ax, ay, bx, by] = [X(from), Y(from), X(to), Y(to)];
      if ((ax < 0 && bx < 0) || (ay < 0 && by < 0) || (ax > w && bx > w) || (ay > h && by > h)) continue;
      pen.beginPath();
      pen.moveTo(ax, ay);
      pen.lineTo(bx, by);
      pen.stroke();
      if (total <= FEW) this.head(pen, ax, ay, bx, by, this.size[to] * this.grown(camera));
      if (++drawn % 40 === 0) yield;
    }
    pen.globalAlpha = 1;
    const grown = this.grown(camera);
    pen.fillStyle = this.tokens.hair;
    for (const node of this.order) if (!this.shown[node]) pen.fillRect(X(node) - 1, Y(node) - 1, 2, 2);
    yield;
    drawn = 0;
    for (const node of this.order) {
      const nx = X(node), ny = Y(node);
      if (!this.shown[node] || nx < -20 || ny < -20 || nx > w + 20 || ny > h + 20) continue;
      const sprite = this.sprite(this.markOf(node), this.size[node] * grown);
      pen.drawImage(sprite, nx - sprite.width / this.ratio / 2, ny - sprite.height / this.ratio / 2, sprite.width / this.ratio, sprite.height / this.ratio);
      if (++drawn % 100 === 0) yield;
    }
    this.layer = { canvas: made, camera };
    if (!this.first) { this.first = performance.now(); this.canvas.dataset.drawn = Math.round(this.first); }
  }

  head(pen, ax, ay, bx, by, back) {
    const turn = Math.atan2(by - ay, bx - ax), reach = back + 1.5, long = 7;
    const [tx, ty] = [bx - reach * Math.cos(turn), by - reach * Math.sin(turn)];
    pen.beginPath();
    pen.moveTo(tx, ty);
    for (const side of [-0.42, 0.42]) pen.lineTo(tx - long * Math.cos(turn + side), ty - long * Math.sin(turn + side));
    pen.fill();
  }

  paint() {
    if (this.asked || !this.layer) return;
    this.asked = requestAnimationFrame(() => { this.asked = 0; this.frames++; this.paintNow(); });
  }

  paintNow() {
    const pen = this.context, { canvas, camera } = this.layer, k = this.camera.k / camera.k;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    const dx = (camera.x - this.camera.x) * this.camera.k * this.ratio + this.canvas.width / 2, dy = (camera.y - this.camera.y) * this.camera.k * this.ratio + this.canvas.height / 2;
    pen.imageSmoothingEnabled = k !== 1;
    pen.drawImage(canvas, Math.round(dx - canvas.width * k / 2), Math.round(dy - canvas.height * k / 2), canvas.width * k, canvas.height * k);
    pen.scale(this.ratio, this.ratio);
    if (this.chosen >= 0) this.paintChosen(pen);
    this.paintTitles(pen);
  }

  paintChosen(pen) {
    const { lines } = this.file, grown = this.grown(this.camera);
    pen.strokeStyle = pen.fillStyle = this.tokens.accent;
    pen.lineWidth = 1.8;
    const [x, y] = this.onScreen(this.chosen);
    for (const line of this.near[this.chosen]) {
      if (!this.lineShown[line]) continue;
      const [from, to] = [lines[3 * line], lines[3 * line + 1]];
      const [[ax, ay], [bx, by]] = [this.onScreen(from), this.onScreen(to)];
      pen.beginPath();
      pen.moveTo(ax, ay);
      pen.lineTo(bx, by);
      pen.stroke();
      this.head(pen, ax, ay, bx, by, this.size[to] * grown);
      const other = from === this.chosen ? to : from, sprite = this.sprite(this.markOf(other), this.size[other] * grown);
      const [ox, oy] = this.onScreen(other), w = sprite.width / this.ratio;
      pen.drawImage(sprite, ox - w / 2, oy - w / 2, w, w);
    }
    const sprite = this.sprite(this.markOf(this.chosen), this.size[this.chosen] * grown), w = sprite.width / this.ratio;
    pen.drawImage(sprite, x - w / 2, y - w / 2, w, w);
    pen.strokeStyle = this.tokens.focus;
    pen.lineWidth = 3;
    pen.beginPath();
    pen.arc(x, y, this.size[this.chosen] * grown + 6, 0, 2 * Math.PI);
    pen.stroke();
  }

  paintTitles(pen) { // of the chosen and the pointed at, then of the highest, as far as there is room
    const taken = [], most = this.width < 500 ? 6 : 14, font = this.font;
    const wanted = [this.chosen, this.pointed].filter((node) => node >= 0);
    for (let i = this.order.length - 1, looked = 0; i >= 0 && looked < 60; i--) if (this.shown[this.order[i]]) { wanted.push(this.order[i]); looked++; }
    pen.textAlign = "center";
    pen.textBaseline = "top";
    for (const [number, node] of wanted.entries()) {
      if (taken.length >= most) break;
      const strong = node === this.chosen || node === this.pointed;
      const title = this.file.titles[node], told = title.length > 34 && !strong ? `${title.slice(0, 32)}…` : title;
      const [x, y] = this.onScreen(node), top = y + this.size[node] * this.grown(this.camera) + 4;
      pen.font = `${strong ? 650 : 500} 13px ${font}`;
      const w = pen.measureText(told).width + 8, box = [x - w / 2, top - 2, x + w / 2, top + 18];
      if (!strong && (box[0] < 0 || box[2] > this.width || box[1] < 0 || box[3] > this.height)) continue;
      if (number && taken.some((o) => box[0] < o[2] && box[2] > o[0] && box[1] < o[3] && box[3] > o[1])) continue;
      taken.push(box);
      const first = told.match(/[\p{L}]/u)?.[0] || "";
      pen.direction = /[\u0590-\u08ff\ufb1d-\ufefc]/.test(first) ? "rtl" : "ltr";
      const inside = Math.min(this.width - w / 2, Math.max(w / 2, x));
      pen.lineWidth = 4;
      pen.lineJoin = "round";
      pen.strokeStyle = this.tokens.raised;
      pen.strokeText(told, inside, top);
      pen.fillStyle = this.tokens.ink;
      pen.fillText(told, inside, top);
    }
  }
}
