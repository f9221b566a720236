"""The files of a published version: made whole by the worker after its entry is sealed, true to the words, and gone when words are taken back."""

import json
import re
from io import BytesIO

import docx
import jsonschema
import pytest
from pypdf import PdfReader

from deliberation.artifacts import chores, grounds, printing
from deliberation.artifacts.actions import printing as files
from deliberation.artifacts.formats import endings
from deliberation.artifacts.models import Rendition
from deliberation.artifacts.printing import FILES
from deliberation.artifacts.told import told
from deliberation.assemblies.actions import strata, taking_part
from elicitation.record.sealing import seal
from tests._publishing import signed_and_published

QUOTE = "who is left without a door to knock on"


@pytest.fixture
def published(draft):
    version = signed_and_published(draft)
    seal()
    return version


def content(version, form):
    return bytes(version.renditions.get(format=form).content)


def words_of_pdf(made):
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)


def test_files_wait_until_the_entry_of_their_version_is_sealed(draft):
    version = signed_and_published(draft)
    assert printing.make_files(version.pk) == 0
    seal()
    assert list(chores.to_print()) == [version.pk]
    assert printing.make_files(version.pk) == len(Rendition.Format)
    assert list(chores.to_print()) == []


def test_every_file_says_the_clause_and_the_words_behind_it(published):
    printing.make_files(published.pk)
    head = told(published)["record"]["head"]
    root = head["note"].split("\n")[2]
    for form in ("md", "json", "txt", "ai"):
        assert root in content(published, form).decode()
    for form in ("pdf", "docx", "md", "json"):
        made = content(published, form)
        if form == "pdf":
            text = words_of_pdf(made)
        elif form == "docx":
            text = words_of_docx(made)
        else:
            text = made.decode()
        assert "Nobody is left without a door." in text
        assert QUOTE in re.sub(r"\s+", " ", text)
        assert str(head["size"]) in text


def words_of_docx(made):
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(made)).paragraphs)


def test_json_keeps_to_the_published_schemas(published):
    printing.make_files(published.pk)
    for form, name in (("json", "document"), ("ai", "constitution")):
        schema = json.loads(endings.SCHEMAS[name].read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(json.loads(content(published, form)), schema)


def test_a_system_is_told_each_clause_with_a_tag_to_cite_it_by(published):
    printing.make_files(published.pk)
    clause = published.clauses.get()
    tag = f"C1-{str(clause.pk)[:8]}"
    assert f"[{tag}] Nobody is left without a door." in content(published, "txt").decode()
    (told_clause,) = json.loads(content(published, "ai"))["clauses"]
    assert told_clause["tag"] == tag
    assert told_clause["id"] == str(clause.pk)
    assert told_clause["values"][0]["policies"]
    assert f"“{QUOTE}”" not in content(published, "txt").decode()


def test_the_same_document_makes_the_same_text_files(published):
    document = told(published)
    for form in ("md", "json", "txt", "ai"):
        assert FILES[form](document) == FILES[form](told(published))


def test_words_of_people_are_never_markup(draft, value):
    draft.artifact.title = "# *Title* `x` #text(red)[y]"
    draft.artifact.save()
    version = signed_and_published(draft)
    document = told(version)
    assert (
        FILES["md"](document).decode().splitlines()[0] == r"# \# \*Title\* \`x\` \#text(red)\[y\]"
    )
    assert "#text(red)[y]" in words_of_pdf(FILES["pdf"](document))


def test_the_pdf_is_tagged_and_tells_its_language(published):
    reader = PdfReader(BytesIO(FILES["pdf"](told(published))))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata.title == "Charter of the river"


def test_the_docx_tells_who_published_it_and_when(published):
    made = docx.Document(BytesIO(FILES["docx"](told(published)))).core_properties
    assert made.title == "Charter of the river"
    assert made.author == published.artifact.assembly.titled_in("en")
    assert made.created.date() == published.published_at.date()


def test_the_docx_sets_no_letters_apart_for_some_scripts_join_them(published):
    made = docx.Document(BytesIO(FILES["docx"](told(published))))
    used = {paragraph.style.style_id: paragraph.style for paragraph in made.paragraphs}
    assert len(used) > 3
    assert [style for style in used.values() if style.element.xpath("./w:rPr/w:spacing")] == []


def test_a_file_that_fails_is_tried_again_and_given_up_at_last(published, monkeypatch):
    monkeypatch.setitem(printing.FILES, "pdf", lambda document: 1 / 0)
    assert printing.make_files(published.pk) == len(Rendition.Format) - 1
    failed = published.renditions.get(format="pdf")
    assert failed.failure == "ZeroDivisionError"
    for _ in range(chores.MOST_TRIES):
        Rendition.objects.filter(pk=failed.pk).update(leased_until=None)
        printing.make_files(published.pk)
    assert published.renditions.get(format="pdf").tries == chores.MOST_TRIES
    assert list(chores.to_print()) == []
    monkeypatch.undo()
    assert files.try_again(published) == 1
    assert printing.make_files(published.pk) == 1


def test_a_claimed_file_is_left_to_its_worker(published):
    one = published.renditions.first()
    assert files.claim(one)
    assert not files.claim(one)
    assert printing.make_files(published.pk) == len(Rendition.Format) - 1


def test_a_file_made_while_its_words_are_taken_back_is_never_offered(published, answered):
    one = published.renditions.get(format="md")
    assert files.claim(one)
    made = FILES["md"](told(published))
    taking_part.withdraw(answered)
    assert not files.keep(one, made)
    kept = published.renditions.get(format="md")
    assert kept.content is None
    assert kept.erased_at


def test_numbers_of_support_come_from_the_time_of_publication(published, assembly):
    offered = [{"en": "under 30"}, {"en": "30 and more"}]
    asked = strata.add_stratum(assembly, {"en": "How old are you?"}, offered)
    profile = {**PROFILE, "strata": {asked.code: {"o0": YOUNG}}}
    published.basis = {str(published.clauses.get().values.get().pk): profile}
    (clause,) = grounds.justified(published)
    assert clause.weakest.group == "B"
    text = FILES["md"](told(published)).decode()
    assert "Least supported in group B: 55 % agree" in text
    assert "group A: 80 % (58 to 92 %) of 20" in text
    assert "under 30: 67 % (39 to 86 %) of 12" in text
    assert "30 and more" not in text
    jsonschema.validate(told(published), json.loads(endings.SCHEMAS["document"].read_text()))


YOUNG = {"agree": 8, "n": 12, "support": 0.6667, "low": 0.3906, "high": 0.8619, "held": False}
PROFILE = {
    "groups": {
        "A": {"agree": 16, "n": 20, "support": 0.8, "low": 0.584, "high": 0.9193, "held": True},
        "B": {"agree": 11, "n": 20, "support": 0.55, "low": 0.3421, "high": 0.7418, "held": False},
    },
    "strata": {},
    "contexts": {},
    "rounds": [],
    "lowest": "B",
    "held": {"groups": [1, 2], "contexts": [0, 0]},
    "trend": "single",
}
