"""A package that broke off on a weak line is gone on with where it was, on the page and by the API (RFC 9110, section 14)."""

import hashlib

import pytest

from deliberation.exports import resuming
from deliberation.exports.actions import packing
from deliberation.exports.models import Bundle
from elicitation.record.models import Entry
from tests.deliberation.api._programs import program

pytestmark = pytest.mark.django_db
WHOLE = bytes(range(256)) * 4_000
SHA256 = hashlib.sha256(WHOLE).hexdigest()


@pytest.fixture
def offered(assembly, settings, tmp_path):
    """A package that is offered, of a megabyte of its own kind."""
    settings.MEDIA_ROOT = tmp_path
    bundle = packing.ask(assembly)
    assert packing.claim(bundle)
    bundle.path.parent.mkdir(parents=True)
    bundle.path.write_bytes(WHOLE)
    assert packing.keep(bundle, packing.Made(bundle.asked_at, [], {}, len(WHOLE), SHA256))
    return Bundle.objects.get()


@pytest.fixture(params=["page", "api"])
def take(request, offered, facilitator, account):
    """Take the package by its page or by the API, with headers."""
    by_api, answers = request.param == "api", []
    client = program(offered.assembly, account, "export") if by_api else facilitator
    before = "/api/v1/assemblies/water" if by_api else "/research/water"

    def take(method="get", **headers):
        told = {name.replace("_", "-"): content for name, content in headers.items()}
        answers.append(getattr(client, method)(f"{before}/packages/{offered.pk}.zip", headers=told))
        return answers[-1]

    yield take
    for answer in answers:
        answer.close()


def bytes_of(answer):
    return b"".join(answer)


def taken():
    return Entry.objects.filter(kind="export.made").count()


def test_a_download_that_broke_off_goes_on_where_it_was_and_is_noted_once(take):
    first = take(Range="bytes=0-999")
    assert (first.status_code, first["Content-Range"]) == (206, f"bytes 0-999/{len(WHOLE)}")
    assert (first["Content-Length"], first["Accept-Ranges"]) == ("1000", "bytes")
    rest = take(Range="bytes=1000-", If_Range=first["ETag"])
    assert (rest.status_code, rest["Content-Length"]) == (206, str(len(WHOLE) - 1000))
    assert bytes_of(first) + bytes_of(rest) == WHOLE
    assert taken() == 1


def test_the_last_bytes_can_be_asked_for_and_the_whole_is_the_same_kind_of_answer(take):
    last, whole = take(Range="bytes=-500"), take()
    assert (last.status_code, bytes_of(last)) == (206, WHOLE[-500:])
    assert (whole.status_code, bytes_of(whole)) == (200, WHOLE)
    for header in ("Cache-Control", "Content-Disposition", "Content-Type", "ETag"):
        assert last.headers.get(header) == whole.headers.get(header), header
    assert whole["ETag"] == f'"{SHA256}"'
    assert "no-cache" in whole["Cache-Control"] or "no-store" in whole["Cache-Control"]
    assert "private" in whole["Cache-Control"]


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-9", "bytes=9-5,", "lines=1-2", "bytes=", "bytes=a-b", "bytes=-"]
)
def test_what_is_no_single_range_of_bytes_gets_the_whole(take, asked):
    answer = take(Range=asked)
    assert (answer.status_code, bytes_of(answer)) == (200, WHOLE)


def test_of_another_file_it_begins_anew(take):
    for other in ('"other"', f'W/"{SHA256}"', "Fri, 27 Nov 2026 10:00:00 GMT"):
        answer = take(Range="bytes=5-", If_Range=other)
        assert (answer.status_code, bytes_of(answer)) == (200, WHOLE)


@pytest.mark.parametrize("asked", [f"bytes={len(WHOLE)}-", "bytes=9-5", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused_with_the_length(take, asked):
    answer = take(Range=asked)
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(WHOLE)}")
    if answer["Content-Type"] == "application/problem+json":
        assert answer.json()["code"] == "beyond_the_end"
    else:
        assert "This file is shorter than that" in answer.text
    assert taken() == 0


def test_its_head_tells_length_and_name_and_takes_nothing(take):
    head = take("head", Range="bytes=5-")
    assert (head.status_code, head["Content-Length"]) == (200, str(len(WHOLE)))
    assert head["ETag"] == f'"{SHA256}"'
    assert taken() == 0


def test_a_part_is_read_in_blocks_and_never_beyond_its_end(tmp_path):
    (tmp_path / "file").write_bytes(WHOLE)
    part = resuming.Part((tmp_path / "file").open("rb"), 10, resuming.BLOCK + 5)
    assert [len(part.read()) for _ in range(3)] == [resuming.BLOCK, 5, 0]
    part.close()
