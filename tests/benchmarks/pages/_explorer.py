"""The measuring itself. Django is set up when this is imported."""

import os
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import numpy as np
from playwright.sync_api import Page, sync_playwright

from deliberation.opinion.arranging import network
from deliberation.opinion.layout import Network, arrange
from deliberation.opinion.models import Layout
from deliberation.opinion.positions import pack
from tests.benchmarks.figures import SEED, Figure
from tests.benchmarks.pages import _explored

VALUES, TRANSITIONS = 5_000, 20_000
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]  # fmt: skip
PANNING = """() => new Promise((done) => {
  const begun = performance.now(), before = explorer.frames;
  const go = (now) => {
    const turn = (now - begun) / 700;
    explorer.pan(6 * Math.cos(turn), 4 * Math.cos(1.3 * turn)); // about 250 pixels each way
    if (now - begun < 5000) requestAnimationFrame(go);
    else done((explorer.frames - before) / ((now - begun) / 1000));
  };
  requestAnimationFrame(go);
})"""


def figures(base: str) -> Iterator[Figure]:
    """Positions, the file, the page, and what the browser makes of them."""
    chance = Random(SEED)
    inquiry = _explored.inquiry_of(chance, VALUES)
    graph = _explored.graph_of(chance, inquiry, TRANSITIONS)
    groups = _explored.groups_of(chance, inquiry)
    positions = yield from arranging(network(graph, groups))
    analysis = _explored.kept(inquiry, "graph", graph)
    Layout.objects.create(analysis=analysis, positions=positions)
    _explored.kept(inquiry, "groups", groups)
    page = f"{base}/a/large/results/{inquiry.pk}/explorer"
    yield from serving(page)
    yield from browsing(page)


def arranging(whole: Network) -> Any:
    """The time of the first layout, and how far values move when one in a hundred comes in; returns the positions."""
    few = len(whole.ids) * 99 // 100
    known = (whole.ends < few).all(axis=1)
    begun = time.perf_counter()
    before = arrange(Network(whole.ids[:few], whole.ends[known], whole.weights[known]), {})
    yield Figure(f"layout of {VALUES} values", time.perf_counter() - begun, 20, "s", most=True)
    begun = time.perf_counter()
    after = arrange(whole, before)
    yield Figure("layout with one in a hundred more", time.perf_counter() - begun, 20, "s", most=True)  # fmt: skip
    were = np.array([before[one] for one in whole.ids[:few]])
    are = np.array([after[one] for one in whole.ids[:few]])
    moved = 100 * np.hypot(*(are - were).T) / np.ptp(were, axis=0).max()
    yield Figure("median move then, of the width of the graph", float(np.median(moved)), 2, "%", most=True)  # fmt: skip
    return pack(after)


def serving(page: str) -> Iterator[Figure]:
    """The time of the site for the page and its file, and the bytes of the file, the first time and when it is known."""
    file = page + ".json"
    took, size, tag = asked(file)
    yield Figure("explorer's file, the first time", took, 2_500, "ms", most=True)
    yield Figure("explorer's file, compressed", size / 1000, 600, "kB", most=True)
    again = [asked(file, tag) for _ in range(15)]
    yield Figure("explorer's file once it is known, median", median(t for t, *_ in again), 250, "ms", most=True)  # fmt: skip
    yield Figure("explorer's file once it is known", max(size for _, size, _ in again), 0, "bytes", most=True)  # fmt: skip
    pages = [asked(f"{page}/?q={word}")[0] for word in ("", "doors", "trees", "quiet", "home") * 4]
    yield Figure("explorer's page, p95", sorted(pages)[-2], 300, "ms", most=True)


def asked(address: str, tag: str = "") -> tuple[float, int, str]:
    """Milliseconds, bytes and tag of an answer."""
    headers = {"Accept-Encoding": "gzip", **({"If-None-Match": tag} if tag else {})}
    begun = time.perf_counter()
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
            body, given = answer.read(), answer.headers.get("ETag", "")
    except urllib.error.HTTPError as known:  # 304
        body, given = known.read(), known.headers.get("ETag", "")
    return 1000 * (time.perf_counter() - begun), len(body), given


def browsing(page: str) -> Iterator[Figure]:
    """From opening the page to the picture, frames while it is panned, and a filter in place."""
    with sync_playwright() as playwright:
        where = CHROMIUM if Path(CHROMIUM).exists() else None
        browser = playwright.chromium.launch(executable_path=where, args=FLAGS)
        firsts, frames, filters = [], [], []
        for _ in range(3):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            seen = context.new_page()
            seen.goto(f"{page}/")
            firsts.append(first_picture(seen))
            if shot := os.environ.get("SHOT"):
                seen.screenshot(path=shot)
            frames.append(seen.evaluate(PANNING))
            filters.append(filtering(seen))
            context.close()
        browser.close()
    yield Figure("explorer: first picture, a browser that knows nothing, median", median(firsts), 2_500, "ms", most=True)  # fmt: skip
    yield Figure("explorer: frames while panning, median", median(frames), 30, "a second")
    yield Figure("explorer: frames while panning, the least of three", min(frames), 30, "a second")
    yield Figure("explorer: a filter in place, median", median(filters), 1_000, "ms", most=True)


def first_picture(seen: Page) -> float:
    """Milliseconds since the page was asked for, when every mark and line was drawn."""
    seen.locator("#picture canvas[data-drawn]").wait_for()
    return float(seen.locator("#picture canvas").get_attribute("data-drawn") or "nan")


def filtering(seen: Page) -> float:
    """Milliseconds from choosing who holds it to the list of those."""
    before = seen.locator("#found .turnout").inner_text()
    begun = time.perf_counter()
    seen.locator("#sieve [name=held]").select_option("every")
    seen.wait_for_function("(was) => document.querySelector('#found .turnout').innerText !== was", arg=before)  # fmt: skip
    return 1000 * (time.perf_counter() - begun)
