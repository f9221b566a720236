"""From a citizen's words to a published clause and a researcher's file, in a real browser on the sample assembly."""

import json
import subprocess
import sys
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from deliberation.assemblies import gates
from deliberation.assemblies.models import Assembly
from elicitation.extraction import queries
from tests.workers import until

PHONE = {"viewport": {"width": 320, "height": 640}}
DESK = {"viewport": {"width": 1280, "height": 860}}
WORDS = "When the market opens, I look at whether old people find a bench in the shade. Without it they stay at home."
QUOTE = "I look at whether old people find a bench in the shade"


@pytest.fixture
def links(reader, capsys):
    call_command("demo_links", "--base", "")
    lines = capsys.readouterr().out.split("\n")
    return dict(line.split() for line in lines if line)


def test_a_citizens_words_become_a_clause_that_leads_back_to_them(visitor, links, tmp_path):
    until(lambda: not queries.waiting().exists())

    citizen = visitor(**PHONE)
    citizen.go("/", "home-phone")
    citizen.go(links["citizen"], "citizen-welcome")
    citizen.page.get_by_label("Researchers may study").check()
    citizen.press("I agree, let me begin", "citizen-prompt")
    citizen.page.get_by_text("What does this mean?").click()
    citizen.look()
    citizen.page.fill("textarea", WORDS)
    citizen.press("Send", "citizen-received")
    assert citizen.sees("Received")
    receipt = citizen.page.locator(".receipt code").inner_text()
    citizen.follow("See how it was understood")
    citizen.page.get_by_role("link", name="Is this what you meant?").wait_for(timeout=30_000)
    citizen.look("citizen-mine")
    citizen.follow("Is this what you meant?", "citizen-card")
    citizen.page.locator("input[name=public]").first.check()
    citizen.press("Yes, that is it")
    assert citizen.sees("confirmed")

    elsewhere = visitor(**PHONE)
    elsewhere.go("/join/")
    elsewhere.page.get_by_label("Your code").fill(receipt.lower())
    elsewhere.press("Go on")
    assert elsewhere.sees("bench in the shade")

    facilitator = visitor(**DESK)
    facilitator.go(links["facilitator"], "facilitator-home")
    facilitator.go("/run/riverside/", "facilitator-overview")
    facilitator.go("/run/riverside/queue/next/", "facilitator-queue")
    assert facilitator.sees("its author said yes")
    facilitator.page.keyboard.press("a")
    facilitator.page.get_by_text("Accepted as a new value.").wait_for()
    facilitator.look()
    facilitator.page.keyboard.press("z")
    facilitator.page.get_by_text("Undone. The card waits again.").wait_for()
    facilitator.look()
    facilitator.press("Accept as a new value")
    facilitator.go("/run/riverside/documents/")
    facilitator.page.get_by_label("Title").fill("Charter of the riverside")
    facilitator.press("Start")
    facilitator.page.get_by_label("The clause").fill(
        "Keep a place to rest in the shade on every way."
    )
    facilitator.page.locator("input[name=values]").first.check()
    facilitator.press("Add the clause", "facilitator-draft")
    facilitator.follow("Sign off and publish")
    facilitator.press("I have read it and stand by it", "facilitator-signed")
    colleague = visitor(**DESK)
    colleague.go(links["colleague"])
    colleague.page.goto(facilitator.page.url)
    colleague.press("I have read it and stand by it")
    colleague.press("Publish")
    assert colleague.sees("Published. Everybody can read it now")
    colleague.page.get_by_role("link", name="PDF").wait_for()  # by itself, once it is made
    with colleague.page.expect_download() as coming:
        colleague.page.get_by_role("link", name="PDF").click()
    coming.value.save_as(tmp_path / "charter.pdf")
    assert "Keep a place to rest" in PdfReader(tmp_path / "charter.pdf").pages[0].extract_text()

    public = visitor(**DESK)
    public.go("/a/riverside/charter/", "public-charter")
    assert public.page.locator("q", has_text="bench in the shade").count() >= 1
    assert public.sees("1 of 80 voices")
    public.go("/a/riverside/became/", "public-became")
    phone = visitor(**PHONE, color_scheme="dark")
    phone.go("/a/riverside/charter/", "public-charter-phone-dark")

    citizen.go("/a/riverside/mine/", "citizen-used")
    assert citizen.sees("used in a published clause")

    researcher = visitor(**DESK)
    researcher.go(links["researcher"])
    researcher.follow("Riverside assembly", "researcher-files")
    researcher.follow("Agreement with researchers", "researcher-agreement")
    researcher.page.get_by_label("What you study").fill("How people speak of a river.")
    researcher.page.get_by_label("I accept this agreement.").check()
    researcher.press("Accept", "researcher-accepted")
    with researcher.page.expect_download() as coming:
        researcher.page.get_by_role("link", name="quotes.jsonl").click()
    coming.value.save_as(tmp_path / "quotes.jsonl")
    lines = (tmp_path / "quotes.jsonl").read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    assert any(QUOTE in row["text"] and row["public"] for row in rows)
    researcher.press("Make a package", "researcher-packages")
    researcher.page.get_by_role("link", name="Download (ZIP)").wait_for(
        timeout=120_000
    )  # by itself, once it is made
    researcher.look("researcher-package-ready")
    with researcher.page.expect_download() as coming:
        researcher.page.get_by_role("link", name="Download (ZIP)").click()
    coming.value.save_as(tmp_path / "riverside.zip")
    with ZipFile(tmp_path / "riverside.zip") as packed:
        packed.extractall(tmp_path)
    done = subprocess.run([sys.executable, "-I", tmp_path / "riverside/recompute.py"], capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout == "same\n"


def test_what_is_being_written_survives_a_lost_page(visitor, links):
    citizen = visitor(**PHONE)
    citizen.go(links["citizen"])
    citizen.press("I agree, let me begin")
    citizen.page.locator("textarea").press_sequentially("half a thought")
    citizen.page.get_by_text("Kept on this device").wait_for()
    citizen.page.reload()
    assert citizen.page.locator("textarea").input_value() == "half a thought"
    assert citizen.sees("What you wrote before is back.")


def test_a_reader_of_arabic_sees_pages_from_right_to_left(visitor, links):
    reader = visitor(**PHONE, locale="ar")
    reader.go(links["citizen"], "citizen-welcome-arabic")
    assert reader.page.locator("html").get_attribute("dir") == "rtl"
    code = gates.invitation_code(Assembly.objects.get().invitations.first())
    assert code in reader.page.url
    desk = visitor(**DESK, locale="ar", color_scheme="dark")
    desk.go(links["facilitator"])
    desk.go("/run/riverside/queue/", "facilitator-queue-arabic-dark")
