"""Ask for pages by a token over HTTP, one after the other, at three depths of each list, and measure how long each takes."""

import json
import os
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from deliberation.api import graph, paging, readings, values
from deliberation.assemblies.actions.tokens import make_token
from elicitation.extraction.models import Reading
from elicitation.graph.models import Norm, Transition, Value
from tests.benchmarks.api._filled import filled
from tests.benchmarks.figures import Figure
from tests.benchmarks.standing import Standing

PAGES = 100  # at each depth
WANTED = 50  # milliseconds
LISTS: dict[str, tuple[QuerySet[Any], paging.Order]] = {
    "values": (Value.objects.all(), values.BY_ADMISSION),
    "norms": (Norm.objects.all(), graph.BY_ADMISSION),
    "transitions": (Transition.objects.all(), graph.BY_NUMBER),
    "readings": (Reading.objects.all(), readings.NEWEST_FIRST),
}
DEPTHS = {"first": 0.0, "in the middle": 0.5, "deep": 0.99}


def figures(site: Standing, rows: int) -> Iterator[Figure]:
    """By list and depth: the median and the 95th percentile of a page of a hundred rows; and what depth adds to a list's median."""
    assembly = filled(rows)
    account = get_user_model().objects.get(username="ada")
    _, secret = make_token(assembly, account, "Bench", ["read"], 1)
    site.start("site")
    line = HTTPConnection("127.0.0.1", site.port, timeout=60)
    yield Figure("load of the machine before the first page", os.getloadavg()[0], 2, "", most=True)
    for name, (found, order) in LISTS.items():
        path = f"/api/v1/assemblies/{assembly.slug}/{name}/"
        medians = []
        for depth, share in DEPTHS.items():
            cursor = _cursor(path, found, order, int(share * rows))
            taken = sorted(_walk(line, secret, path, cursor))
            cuts = quantiles(taken, n=20)
            medians.append(cuts[9])
            yield Figure(f"{name}, {depth}: median", cuts[9], WANTED, "ms", most=True)
            yield Figure(f"{name}, {depth}: p95", cuts[18], WANTED, "ms", most=True)
        yield Figure(f"{name}: median deep over first", medians[-1] / medians[0], 1.5, "times", most=True)  # fmt: skip


def _cursor(path: str, found: QuerySet[Any], order: paging.Order, depth: int) -> str:
    """The cursor a program holds that has read so many rows; "" for none."""
    if not depth:
        return ""
    last = found.order_by(*order.by(back=False))[depth - 1]
    return paging._cursor(path, paging.ON, order.place(last))


def _walk(line: HTTPConnection, secret: str, path: str, cursor: str) -> Iterator[float]:
    """Milliseconds of each of PAGES pages from there on; the first of all warms the site up and is not counted."""
    here = f"{path}?{urlencode({'cursor': cursor})}"
    _page(line, secret, here)
    _page(line, secret, here)
    for _ in range(PAGES):
        began = time.perf_counter()
        told = _page(line, secret, here)
        yield 1000 * (time.perf_counter() - began)
        here = told["next"].partition(str(line.port))[2] if told["next"] else here


def _page(line: HTTPConnection, secret: str, path: str) -> dict[str, Any]:
    line.request("GET", path, headers={"Authorization": f"Bearer {secret}"})
    answer = line.getresponse()
    body = answer.read()
    assert answer.status == 200, body[:300]
    told: dict[str, Any] = json.loads(body)
    assert told["results"]
    return told
