"""A real browser on a real site with a real worker."""

import os
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from playwright.sync_api import sync_playwright

from deliberation.assemblies.actions import setting_up
from deliberation.moderation.bench import Bench
from tests.journeys import _moral_graph as moral
from tests.workers import empty_broker, worker

ROOT = Path(__file__).parents[2]
SYSTEM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text(encoding="utf-8")
SHOTS = ROOT / "var" / "screenshots"


@pytest.fixture(scope="session")
def browser():
    # Playwright's loop runs in this thread; the ORM is used beside it, never inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        where = SYSTEM if Path(SYSTEM).exists() else None
        launched = playwright.chromium.launch(executable_path=where, args=FLAGS)
        yield launched
        launched.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def sample(transactional_db):
    call_command("load_sample", verbosity=0)


@pytest.fixture
def reader(sample):
    empty_broker()
    with worker() as process:
        yield process


class Visitor:
    """Somebody with a browser of their own; looks for faults after every step."""

    def __init__(self, browser, base, **how):
        self.context = browser.new_context(base_url=base, **how)
        self.page = self.context.new_page()
        self.faults = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, message):
        meant = ("status of 4", "ERR_INTERNET_DISCONNECTED")  # refusals, and a line cut on purpose
        if message.type == "error" and not any(one in message.text for one in meant):
            self.faults.append(message.text)

    def look(self, name=None):
        """No fault of script or policy, no finding of axe; a picture where it is named."""
        assert self.faults == []
        self.page.evaluate(AXE)
        found = self.page.evaluate("axe.run({resultTypes: ['violations']})")
        told = [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]]
        assert not told, f"{self.page.url}: {told}"
        if name:
            SHOTS.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)

    def go(self, path, name=None):
        self.page.goto(path)
        self.look(name)

    def press(self, text, name=None):
        button = self.page.get_by_role("button", name=text).first
        if button.evaluate("b => b.type === 'submit' && b.form?.hasAttribute('data-sends')"):
            with (
                self.page.expect_navigation()
            ):  # a script looks first whether there is a connection
                button.click()
        else:
            button.click()
        self.page.wait_for_load_state()
        self.look(name)

    def follow(self, text, name=None):
        self.page.get_by_role("link", name=text).first.click()
        self.page.wait_for_load_state()
        self.look(name)

    def sees(self, text):
        return self.page.get_by_text(text).first.is_visible()


@pytest.fixture
def visitor(browser, live_server):
    come = []

    def enter(**how):
        come.append(Visitor(browser, live_server.url, **how))
        return come[-1]

    yield enter
    for one in come:
        one.context.close()


@pytest.fixture
def hall(transactional_db, tmp_path):
    """The assembly with its cards read, and two moderators."""
    accounts = [get_user_model().objects.create_user(name) for name in ("ada", "bo")]
    assembly = moral.found(accounts[0])
    setting_up.give_role(assembly, accounts[1], "facilitator")
    moral.bring(assembly, tmp_path)
    return [Bench(assembly, account) for account in accounts]
