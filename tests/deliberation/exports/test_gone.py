"""A minute after somebody took everything back, with real workers at it, no word of theirs is anywhere."""

import pytest

from deliberation.artifacts.models import Rendition, Version
from deliberation.exports import writing
from tests.traces import files_with, holds, redis_keys_with, tables_with
from tests.workers import empty_broker, until, worker

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = 60.0
WORDS = (
    "The mayor must open the doors",
    "who is left without a door to knock on",
    "Windows, too.",
    "A bridge, rather.",
    "Doors are not all of it.",
    "Somebody came to see it.",
)


def made(version):
    return Rendition.objects.filter(version=version, made_at__isnull=False, erased_at=None)


def contents(version):
    return [bytes(file.content) for file in made(version)]


@pytest.fixture
def media(settings, tmp_path):
    """Where this test's files go, and nobody else's."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def test_a_minute_later_no_word_is_in_tables_redis_logs_files_or_exports(
    media,
    whole,
    member,
    member_client,
    tmp_path,
):
    empty_broker()
    version = Version.objects.get()
    with worker(MEDIA_ROOT=str(media)) as process:
        until(lambda: made(version).count() == len(Rendition.Format))
        shown = [words for words in WORDS if any(holds(file, words) for file in contents(version))]
        assert len(shown) >= 3  # otherwise the scan would find nothing whatever happens
        assert all(tables_with(words) for words in WORDS)
        member_client.get(f"/a/water/documents/{version.artifact_id}/1/")
        member_client.post("/a/water/mine/everything/", {"sure": "on"})
        until(lambda: not made(version).exists(), MINUTE)
        corrected = Version.objects.filter(number=2, published_at__isnull=False)
        until(corrected.exists, MINUTE)
        until(lambda: made(corrected.get()).count() == len(Rendition.Format), MINUTE)
        log = process.log.read_bytes()
    writing.write(whole, tmp_path)
    for words in WORDS:
        assert tables_with(words) == set()
        assert redis_keys_with(words) == set()
        assert not holds(log, words)
        assert files_with(tmp_path, words) == set()
        assert not any(holds(file, words) for file in contents(corrected.get()))
    page = member_client.get(f"/a/water/documents/{version.artifact_id}/1/").text
    assert not any(words in page for words in WORDS)
