"""A broker that goes and comes back, and one that evicts: workers that hear again, and workers that refuse."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

import pytest
import redis

from deliberation.assemblies.actions import taking_part
from deliberation.project import watchdog
from deliberation.project.servers import Valkey
from elicitation.extraction import queries
from elicitation.interview.drafts import Words
from tests.conftest import newcomer
from tests.workers import ROOT, environment, until, worker

pytestmark = pytest.mark.django_db(transaction=True)
HEARD = 30.0  # seconds


@pytest.fixture
def broker(tmp_path):
    """A broker of this test's own, which it may kill."""
    made = Valkey(tmp_path / "valkey", tmp_path / "valkey.log").start()
    yield made
    made.stop()


def all_read():
    return not queries.waiting().exists()


def test_an_idle_worker_hears_again_each_of_five_times_its_broker_is_killed_and_comes_back(invitation, prompt, broker):  # fmt: skip
    with worker(REDIS_URL=broker.url):
        for again in range(5):
            until(lambda: b"groundwork:worker:alive" in keys(broker))
            broker.process.kill()
            broker.process.wait()
            time.sleep(2)
            broker.start()
            for n in range(5):
                words = Words(f"I look at door {again} {n}.", "en", f"{again}-{n}")
                taking_part.answer(newcomer(invitation), prompt, words)
            until(all_read, HEARD)


def keys(broker):
    return redis.Redis.from_url(broker.url).keys("*")


def answered_and_rung(member, prompt, told):
    """Somebody answers, and a bell rings for it at the broker of these settings."""
    bell = "from elicitation.extraction.tasks import read_response as r; import sys; r.delay(sys.argv[1])"
    response = taking_part.answer(member, prompt, Words("I look at who is left.", "en", "k"))
    ring = f"import django; django.setup(); {bell}"
    subprocess.run([sys.executable, "-c", ring, str(response.latest.pk)], cwd=ROOT, env=told, check=True)  # fmt: skip


DEAF = """
import sys
from celery import bootsteps
from deliberation.project.celery import app
if not __import__("os").path.exists(sys.argv[1]):
    class Deaf(bootsteps.StartStopStep):
        requires = ("celery.worker.consumer.tasks:Tasks",)
        def start(self, consumer):
            open(sys.argv[1], "w").close()
            for queue in list(consumer.app.amqp.queues.consume_from):
                consumer.task_consumer.cancel_by_queue(queue)
    app.steps["consumer"].add(Deaf)
app.worker_main(["worker", "-Q", "celery,reading,graph,export,record", "-c", "1", "-l", "INFO"])
"""


def test_a_worker_that_is_connected_and_takes_nothing_begins_anew_by_itself(member, prompt, broker, tmp_path):  # fmt: skip
    told = environment(REDIS_URL=broker.url, DJANGO_SETTINGS_MODULE="deliberation.project.settings")
    with (tmp_path / "log").open("w") as log:
        deaf = subprocess.Popen([sys.executable, "-c", DEAF, tmp_path / "was-deaf"], cwd=ROOT, env=told, stdout=log, stderr=log, start_new_session=True)  # fmt: skip
    try:
        until((tmp_path / "was-deaf").exists)
        answered_and_rung(member, prompt, told)
        until(all_read, watchdog.DEAF_AFTER + watchdog.LEAVE + HEARD)
    except AssertionError as failed:
        raise AssertionError(f"{failed}\n{(tmp_path / 'log').read_text()[-3000:]}") from failed
    finally:
        os.killpg(deaf.pid, 9)
        deaf.wait()
    assert "beginning anew" in (tmp_path / "log").read_text()


FALLS = """
import os, sys
from celery import bootsteps
from deliberation.project.celery import app
def fall():
    raise AttributeError("what kombu says of a connection that is gone")
class Falls(bootsteps.StartStopStep):
    requires = ("celery.worker.consumer.tasks:Tasks",)
    def start(self, consumer):
        falls = len(open(sys.argv[1]).readlines()) if os.path.exists(sys.argv[1]) else 0
        if falls < int(sys.argv[2]):
            open(sys.argv[1], "a").write("fell\\n")
            consumer.hub.call_soon(fall)
app.steps["consumer"].add(Falls)
app.worker_main(["worker", "-Q", "celery,reading,graph,export,record", "-c", "1", "-l", "INFO"])
"""


@contextmanager
def falling(broker, tmp_path, times):
    """A worker that falls over its connection so many times, each time as soon as it hears."""
    told = environment(REDIS_URL=broker.url, DJANGO_SETTINGS_MODULE="deliberation.project.settings")
    with (tmp_path / "log").open("w") as log:
        begun = subprocess.Popen([sys.executable, "-c", FALLS, tmp_path / "falls", str(times)], cwd=ROOT, env=told, stdout=log, stderr=log, start_new_session=True)  # fmt: skip
    try:
        yield begun
    except AssertionError as failed:
        raise AssertionError(f"{failed}\n{(tmp_path / 'log').read_text()[-3000:]}") from failed
    finally:
        with suppress(ProcessLookupError):
            os.killpg(begun.pid, 9)
        begun.wait()


def test_a_worker_that_falls_young_begins_anew_too(member, prompt, broker, tmp_path):
    """The broker may go again before a worker that began anew is old."""
    with falling(broker, tmp_path, times=2):
        answered_and_rung(
            member,
            prompt,
            environment(
                REDIS_URL=broker.url, DJANGO_SETTINGS_MODULE="deliberation.project.settings"
            ),
        )
        until(all_read, HEARD)
    assert (tmp_path / "falls").read_text().count("fell") == 2


def test_a_worker_that_falls_each_time_it_begins_stays_ended_after_a_while(
    broker, tmp_path, monkeypatch
):
    monkeypatch.setenv(watchdog.FELL, str(watchdog.MOST_FALLS - 1))
    with falling(broker, tmp_path, times=1000) as begun:
        until(lambda: begun.poll() is not None, 2 * HEARD)
    assert (tmp_path / "falls").read_text().count("fell") == 1


def test_a_worker_refuses_a_broker_that_evicts_and_says_what_to_do(broker):
    redis.Redis.from_url(broker.url).config_set("maxmemory-policy", "allkeys-lru")
    done = subprocess.run(
        [sys.executable, "-m", "celery", "-A", "deliberation", "worker", "-c", "1", "-P", "solo"],
        cwd=ROOT, env=environment(REDIS_URL=broker.url), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == watchdog.UNFIT
    assert "set its maxmemory-policy to noeviction" in done.stderr


@pytest.mark.parametrize(
    ("waiting", "later", "hears"),
    [(0, 1000.0, True), (5, 1.0, True), (5, watchdog.DEAF_AFTER + 1, False)],
    ids=["nothing waits", "not for long yet", "for too long"],
)
def test_only_who_takes_nothing_while_work_waits_is_deaf(waiting, later, hears):
    attention = watchdog.Attention()
    assert attention.look(waiting, attention.fine_at + later) is hears


def test_a_broker_that_is_away_has_nothing_to_hear():
    assert watchdog.waiting(redis.Redis(port=1), ["reading"]) == 0


def test_health_tells_when_a_worker_last_heard_something(client, broker, settings):
    settings.REDIS_URL = broker.url
    assert client.get("/health/ready").json()["worker_heard_seconds"] is None
    with worker(REDIS_URL=broker.url):
        until(lambda: client.get("/health/ready").json()["worker_heard_seconds"] is not None)
        assert client.get("/health/ready").json()["worker_heard_seconds"] < HEARD
