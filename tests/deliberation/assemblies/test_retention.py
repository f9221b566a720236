"""What is over is erased by itself: files nobody took in, what engines replied, sessions that ended; and nothing before its time."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.conf import settings as site
from django.contrib.sessions.models import Session
from django.utils import timezone

from deliberation.assemblies import importing
from deliberation.assemblies.actions import taking_in
from deliberation.assemblies.models import Import
from deliberation.assemblies.tasks import forget_what_is_over
from deliberation.project.schedule import TURNS
from elicitation.extraction.models import RawReply, Reading
from elicitation.extraction.tasks import purge_old_replies
from tests.traces import files_with

WORDS = "I look at who sits alone on the long bench."


@pytest.fixture
def upload(assembly, settings, tmp_path):
    """A file that was brought along and looked at."""
    settings.MEDIA_ROOT = tmp_path
    path = tmp_path / "imports" / "answers.csv"
    path.parent.mkdir()
    path.write_text(f"id,answer\n1,{WORDS}\n")
    return taking_in.show_import(assembly, "answers.csv", str(path), "en")


def aged(rows, **by):
    (field,) = by
    rows.update(**{field: timezone.now() - timedelta(days=by[field])})


@pytest.mark.parametrize("state", ["shown", "failed"])
def test_a_file_nobody_took_in_is_erased_after_its_days_and_not_before(
    upload, settings, facilitator, state
):
    aged(Import.objects, made_at=6.9)
    Import.objects.update(state=state)
    forget_what_is_over()
    assert files_with(settings.MEDIA_ROOT, WORDS)
    aged(Import.objects, made_at=7.1)
    forget_what_is_over()
    assert not files_with(settings.MEDIA_ROOT, WORDS)
    page = f"/run/water/import/{upload.pk}/"
    assert "the file is erased" in facilitator.get(page).text
    for do in ("again", "take"):
        refused = facilitator.post(page, {"do": do})
        assert refused.status_code == 409
        assert "Bring it again." in refused.text


def test_a_file_that_is_not_ours_is_left_where_it_is(assembly, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    theirs = tmp_path / "answers.csv"
    theirs.write_text(f"id,answer\n1,{WORDS}\n")
    taking_in.show_import(assembly, "answers.csv", str(theirs), "en")
    aged(Import.objects, made_at=8)
    assert importing.forget_uploads_left(7) == 1
    assert theirs.exists()
    assert importing.forget_uploads_left(7) == 0


def test_what_engines_replied_is_erased_after_its_days_and_the_card_stays(read_answer, settings):
    RawReply.objects.create(reading=read_answer.reading, text='{"values": []}')
    aged(Reading.objects, ended_at=29)
    purge_old_replies()
    assert RawReply.objects.exists()
    settings.KEEP_REPLIES_DAYS = 20
    purge_old_replies()
    assert not RawReply.objects.exists()
    read_answer.refresh_from_db()


def test_sessions_that_are_over_are_erased(db, client, member_client):
    assert Session.objects.count() == 1
    store = import_module(site.SESSION_ENGINE).SessionStore()
    store["x"] = "y"
    store.save()
    Session.objects.filter(pk=store.session_key).update(expire_date=timezone.now())
    forget_what_is_over()
    assert not Session.objects.filter(pk=store.session_key).exists()
    assert Session.objects.count() == 1


def test_both_have_their_turn_every_night():
    for task in (forget_what_is_over, purge_old_replies):
        assert TURNS[task.name].every == 86_400
