"""A package is made by the worker, offered whole or not at all, for a while, and not once words in it were taken back."""

import hashlib
import zipfile
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from deliberation.assemblies.actions import consenting, setting_up, taking_part
from deliberation.assemblies.models import Agreement
from deliberation.exports import backing_up, packages, packing
from deliberation.exports.actions import packing as actions
from deliberation.exports.errors import PackageOutlived
from deliberation.exports.models import Bundle, folder
from elicitation.interview.drafts import Words
from elicitation.record.models import Entry
from tests.accepting import accepted
from tests.conftest import newcomer
from tests.workers import empty_broker, until, worker

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/research/water/packages/"
State = Bundle.State


def address(bundle):
    return f"{PAGE}{bundle.pk}.zip"


@pytest.fixture
def made(assembly, answered):
    """A package that is ready."""
    bundle = actions.ask(assembly)
    packing.make_if_due(bundle.pk)
    bundle.refresh_from_db()
    assert bundle.state == State.READY, bundle.failure
    return bundle


def test_a_researcher_asks_for_a_package_a_worker_makes_it_and_it_is_whole(
    whole, facilitator, tmp_path
):
    empty_broker()
    asked = facilitator.post(PAGE)
    assert asked.headers["Location"] == PAGE
    facilitator.post(PAGE)  # pressed twice
    bundle = Bundle.objects.get()
    assert facilitator.get(address(bundle)).status_code == 409
    assert 'hx-trigger="every 2s"' in facilitator.get(PAGE).text
    assert "htmx.min.js" in facilitator.get(PAGE).text
    with worker():
        until(lambda: Bundle.objects.get().state == State.READY)
        until(lambda: not bundle.bench.exists())
    bundle.refresh_from_db()
    page = facilitator.get(PAGE).text
    assert bundle.sha256 in page
    assert address(bundle) in page
    assert "hx-trigger" not in page
    taken = b"".join(facilitator.get(address(bundle)).streaming_content)
    assert hashlib.sha256(taken).hexdigest() == bundle.sha256
    with zipfile.ZipFile(BytesIO(taken)) as archive:
        assert archive.testzip() is None
        assert {name.split("/")[0] for name in archive.namelist()} == {"water"}
        assert "water/manifest.json" in archive.namelist()
    assert f"{bundle.pk}.zip" in {path.name for path in folder().iterdir()}
    said = Entry.objects.filter(kind="export.made").get()
    assert said.body["sha256"] == bundle.sha256
    assert not any("packages" in name for name, _ in backing_up._files(NoArchive()))


class NoArchive:
    def keep(self, name, blocks):
        return ""


def test_the_same_moment_makes_the_same_bytes(whole, tmp_path):
    for name in ("one", "two"):
        call_command("export", "--assembly", "water", "--out", str(tmp_path / f"{name}.zip"), stdout=StringIO())  # fmt: skip
    one, two = ((tmp_path / f"{name}.zip").read_bytes() for name in ("one", "two"))
    assert one == two
    call_command("export", "--assembly", "water", "--out", str(tmp_path / "folder"), stdout=StringIO())  # fmt: skip
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        for name in archive.namelist():
            assert archive.read(name) == (tmp_path / "folder" / name.removeprefix("water/")).read_bytes()  # fmt: skip


def test_who_is_killed_in_the_middle_loses_the_package_to_the_next(assembly, answered):
    bundle = actions.ask(assembly)
    assert actions.claim(bundle)
    bundle.bench.mkdir(parents=True)
    (bundle.bench / "half").write_text("a half")
    packing.make_if_due(bundle.pk)
    assert Bundle.objects.get().tries == 1  # its worker may be alive
    Bundle.objects.update(leased_until=timezone.now())
    packing.make_if_due(bundle.pk)
    again = Bundle.objects.get()
    assert (again.state, again.tries) == (State.READY, 2)
    assert not bundle.bench.exists()
    assert not actions.hold_on(bundle, "tables", 5)
    with pytest.raises(PackageOutlived):
        actions.keep(bundle, actions.Made(timezone.now(), [], {}, 1, "0" * 64))
    actions.give_up(bundle, "TooLate")
    assert Bundle.objects.get().state == State.READY


def test_a_package_that_kills_its_workers_is_given_up(assembly, facilitator):
    bundle = actions.ask(assembly)
    for _ in range(actions.MOST_TRIES):
        assert actions.claim(bundle)
        Bundle.objects.update(leased_until=timezone.now())
    assert not actions.claim(bundle)
    assert Bundle.objects.get().state == State.FAILED
    assert "This is our fault" in facilitator.get(PAGE).text
    assert actions.ask(assembly) != bundle


def test_after_a_withdrawal_a_package_is_not_offered_and_its_file_is_erased(
    made, answered, facilitator
):
    assert packages.is_offered(made)
    taking_part.withdraw(answered)
    assert facilitator.get(address(made)).status_code == 410
    assert packing.take_away() == 1
    assert not made.path.exists()
    assert "taken words back" in facilitator.get(PAGE).text


def test_who_wants_no_part_in_research_any_more_ends_the_package(made, member):
    consenting.decide(member, Agreement.Purpose.RESEARCH, given=False)
    assert not packages.is_offered(made)


def test_what_is_taken_back_in_another_assembly_ends_nothing(made, other_assembly):
    other = newcomer(setting_up.invite(other_assembly, "hall"))
    given = taking_part.answer(
        other, other_assembly.inquiries.get().prompts.first(), Words("I look.", "en", "k")
    )
    taking_part.withdraw(given)
    consenting.decide(other, Agreement.Purpose.RESEARCH, given=False)
    assert packages.is_offered(made)


def test_words_taken_back_while_it_was_made_are_never_offered(assembly, answered):
    bundle = actions.ask(assembly)
    assert actions.claim(bundle)
    moment, acts = timezone.now(), packages.recent_acts(timezone.now())
    taking_part.withdraw(answered)
    assert not actions.keep(bundle, actions.Made(moment, acts, {}, 1, "0" * 64))
    assert Bundle.objects.get().state == State.GONE


def test_a_link_ends_after_its_days(made, facilitator, settings):
    assert made.until == made.made_at + timedelta(days=settings.KEEP_PACKAGES_DAYS)
    Bundle.objects.update(until=timezone.now())
    assert facilitator.get(address(made)).status_code == 410
    packing.take_away()
    assert not made.path.exists()
    assert Bundle.objects.get().gone == Bundle.Gone.OLD


def test_strangers_and_researchers_of_other_assemblies_find_no_package(
    made, stranger, other_assembly
):
    outsider = Client()
    outsider.force_login(stranger)
    accepted(other_assembly, stranger)
    for client in (Client(), outsider):
        assert client.get(address(made)).status_code == 404
    assert outsider.get(address(made).replace("water", "fire")).status_code == 404


def test_a_package_that_tells_who_somebody_is_is_refused_with_place_and_without_words(
    assembly, member, prompt, facilitator, tmp_path
):
    given = taking_part.answer(member, prompt, Words("Write to ada@hall.example!", "en", "k"))
    bundle = actions.ask(assembly)
    packing.make_if_due(bundle.pk)
    assert Bundle.objects.get().state == State.FAILED
    page = facilitator.get(PAGE).text
    assert f"an e-mail address in the table responses, row {given.pk}" in page
    assert "hall.example" not in page
    assert not bundle.path.exists()
    with pytest.raises(CommandError, match=f"responses, row {given.pk}"):
        call_command("export", "--assembly", "water", "--out", str(tmp_path / "all.zip"))
    assert not (tmp_path / "all.zip").exists()
