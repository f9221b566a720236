"""Figures for Prometheus: how the site answers, what waits, what was spent. Labels name routes and states, never anybody."""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime

import redis
from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from deliberation.artifacts import dead_letters
from deliberation.assemblies import clock
from deliberation.project import health
from elicitation.extraction import queries as extraction
from elicitation.extraction.models import Reading, ReadingRequest, Spend
from elicitation.interview.models import Response
from elicitation.record import queries as record

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
OURS = CollectorRegistry()
REQUESTS = Counter("groundwork_requests", "Requests answered.", ["route", "status"], registry=OURS)
SECONDS = Histogram(
    "groundwork_request_seconds",
    "How long requests took.",
    ["route"],
    buckets=BUCKETS,
    registry=OURS,
)


def count(route: str, status: int, seconds: float) -> None:
    """Count a request, by the name of its route."""
    REQUESTS.labels(route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def metrics(request: HttpRequest) -> HttpResponse:
    """Every figure, for who holds METRICS_TOKEN; for everybody else nothing is here."""
    shown = request.headers.get("Authorization", "")
    wanted = f"Bearer {settings.METRICS_TOKEN}"
    if not settings.METRICS_TOKEN or not constant_time_compare(shown, wanted):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Facts())
    requests = CollectorRegistry() if os.environ.get("PROMETHEUS_MULTIPROC_DIR") else OURS
    if requests is not OURS:  # what all processes of this site have counted
        MultiProcessCollector(requests)  # type: ignore[no-untyped-call]  # the library leaves it untyped
    return HttpResponse(
        generate_latest(registry) + generate_latest(requests), content_type=CONTENT_TYPE_LATEST
    )


class Facts(Collector):
    """What database and broker know, asked when somebody looks."""

    def describe(self) -> Iterable[Metric]:
        """Asked before there is anything to tell."""
        return []

    def collect(self) -> Iterator[Metric]:
        """All of them; `groundwork_up` alone tells where the database or the broker is away."""
        up = GaugeMetricFamily("groundwork_up", "1 where it answers.", labels=["part"])
        try:
            told = [*answers(), *readings(), *sealing(), *ticking(), *dead()]
        except DatabaseError:
            told = []
        up.add_metric(["database"], float(bool(told)))
        for part, check in (("broker", health.broker), ("worker", health.worker)):
            try:
                up.add_metric([part], float(check()))
            except redis.RedisError:
                up.add_metric([part], 0.0)
        yield up
        yield from told


def answers() -> Iterator[Metric]:
    """How many came in, how many are in each state, how long the oldest waits."""
    received = Response.objects.count()
    yield CounterMetricFamily("groundwork_answers_received", "Answers received.", received)
    states = GaugeMetricFamily("groundwork_answers", "Words to be read, by state.", labels=["state"])  # fmt: skip
    for state, number in extraction.counts(ReadingRequest.objects.all()).items():
        states.add_metric([state], number)
    yield states
    yield _age("groundwork_oldest_waiting_seconds", "Since the oldest waits.", extraction.oldest_waiting())  # fmt: skip


def readings() -> Iterator[Metric]:
    """How readings ended, and what all asking of models cost."""
    ended = GaugeMetricFamily("groundwork_readings", "Readings, by engine and how they ended.", labels=["engine", "state", "failure"])  # fmt: skip
    groups = Reading.objects.order_by().values_list("engine", "state", "failure")
    for engine, state, failure, number in groups.annotate(number=Count("pk")):
        ended.add_metric([engine, state, failure], number)
    yield ended
    spent = Spend.objects.filter(scope="day").aggregate(all=Sum("spent"))["all"] or 0
    yield CounterMetricFamily("groundwork_spent", "Spent on models, in the unit of the prices.", spent / 1e6)  # fmt: skip


def sealing() -> Iterator[Metric]:
    """How far the record is sealed."""
    state = record.state()
    yield GaugeMetricFamily("groundwork_record_unsealed", "Entries in no head yet.", state.waiting)
    sealed = state.head.sealed_at if state.head else None
    yield _age("groundwork_record_head_seconds", "Since the newest head.", sealed)
    yield _age("groundwork_record_unsealed_seconds", "Since the oldest entry waits to be sealed.", state.waiting_since)  # fmt: skip


def ticking() -> Iterator[Metric]:
    """Whether the clock goes, and how far what runs by itself has got."""
    yield _age("groundwork_clock_seconds", "Since the clock ticked.", clock.clock().ticked_at)
    through = GaugeMetricFamily("groundwork_turn_seconds", "Since what runs by itself was done, by turn.", labels=["turn"])  # fmt: skip
    tries = GaugeMetricFamily("groundwork_turn_tries", "Runs begun since that did not come to their end, by turn.", labels=["turn"])  # fmt: skip
    for turn in clock.turns():
        through.add_metric([turn.name], (timezone.now() - turn.through).total_seconds())
        tries.add_metric([turn.name], turn.tries)
    yield through
    yield tries


def dead() -> Iterator[Metric]:
    """Work that gave up after its tries and that nobody was left to see to."""
    given_up = GaugeMetricFamily("groundwork_dead_letters", "Work that gave up, by kind and failure.", labels=["work", "failure"])  # fmt: skip
    for work in dead_letters.Work:
        groups = dead_letters.waiting(work).values_list("failed").annotate(number=Count("pk"))
        for failure, number in groups:
            given_up.add_metric([work.value, failure], number)
    yield given_up


def _age(name: str, told: str, since: datetime | None) -> Metric:
    """Seconds since then; no sample where there is nothing."""
    metric = GaugeMetricFamily(name, told)
    if since is not None:
        metric.add_metric([], (timezone.now() - since).total_seconds())
    return metric
