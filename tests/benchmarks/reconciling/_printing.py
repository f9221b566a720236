"""A document of 60 clauses, each on one value with 50 released quotes of ten people. Django is set up when this is imported."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from deliberation.artifacts import printing
from deliberation.artifacts.actions import drafting, publishing
from deliberation.artifacts.models import Citation, Rendition, Version
from deliberation.artifacts.printing import FILES
from deliberation.artifacts.told import told
from deliberation.assemblies.models import AgendaItem, Assembly
from elicitation.extraction.models import Candidate, Policy, Quote, Reading
from elicitation.graph.models import Evidence, Value
from elicitation.interview.models import Inquiry, Prompt, Respondent, Response, Revision
from elicitation.record.sealing import seal
from tests.benchmarks.figures import Figure
from tests.houses import house

CLAUSES, PEOPLE, QUOTES = 60, 10, 5  # quotes a person and clause
SECONDS = 15.0
SAID = [
    "who is left without a door to knock on when the water comes up the stairs",
    "MOMENTS when somebody old is asked what they would do and is heard",
    "من يبقى بلا باب يطرقه حين يرتفع الماء على الدرج",
    "我关心的是水漫上楼梯的时候,谁没有一扇可以敲的门",
    "qui reste sans porte où frapper quand l'eau monte dans l'escalier",
]


def figures() -> Iterator[Figure]:
    """Publishing and every file within 15 s, as a worker does it; and each part of it."""
    version = _planted()
    for name in ("first", "second"):
        publishing.sign(version, get_user_model().objects.create(username=name))
    took = {"publishing": _took(lambda: publishing.publish(version))}
    seal()
    published = Version.objects.select_related("artifact__assembly").get(pk=version.pk)
    yield Figure("printing: clauses", published.clauses.count(), CLAUSES, "clauses")
    cited = Citation.objects.filter(clause__version=published).count()
    yield Figure("printing: quotes", cited, CLAUSES * PEOPLE * QUOTES, "quotes")
    took["all files"] = _took(lambda: printing.make_files(published.pk))
    made = Rendition.objects.filter(version=published, made_at__isnull=False).count()
    yield Figure("printing: files made", made, len(FILES), "files")
    document = told(published)
    for form, make in FILES.items():
        took[str(form)] = _took(partial(make, document))
    whole = took["publishing"] + took["all files"]
    yield Figure("printing: published with all files", whole, SECONDS, "s", most=True)
    for name, seconds in took.items():
        yield Figure(f"printing: {name}", seconds, SECONDS, "s", most=True)
    page = f"/a/large/documents/{published.artifact_id}/1/"
    yield Figure("printing: the page everybody reads", _took(lambda: Client().get(page)), SECONDS, "s", most=True)  # fmt: skip


def _took(act: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _planted() -> Version:
    inquiry = Inquiry.objects.create(question={"en": "What matters?"}, languages=["en"])
    assembly = Assembly.objects.create(organisation=house(), slug="large", title={"en": "Large"}, languages=["en"], is_public=True)  # fmt: skip
    AgendaItem.objects.create(assembly=assembly, inquiry=inquiry, position=0)
    prompt = Prompt.objects.create(inquiry=inquiry, position=0, wording={"en": "What?"})
    version = drafting.draft(assembly, "charter", "A large charter", "en")
    for number in range(CLAUSES):
        value = Value.objects.create(
            inquiry=inquiry, title=f"Value number {number}", policies=SAID[:3], language="en"
        )
        for person in range(PEOPLE):
            _said(prompt, value, f"{number}-{person}")
        drafting.write_clause(version, f"Nobody is left alone with matter {number}, by day or by night.", [value])  # fmt: skip
    return version


def _said(prompt: Prompt, value: Value, key: str) -> None:
    """One person's answer with a card of five policies, each with a released quote."""
    text = ". ".join(SAID)
    response = Response.objects.create(prompt=prompt, respondent=Respondent.objects.create(), key=key)  # fmt: skip
    revision = Revision.objects.create(response=response, number=1, text=text, language="en")
    reading = Reading.objects.create(revision=revision, engine="offline", state="done")
    card = Candidate.objects.create(reading=reading, title=value.title, language="en", state="confirmed")  # fmt: skip
    for place, words in enumerate(SAID):
        policy = Policy.objects.create(candidate=card, position=place, text=words)
        start = text.index(words)
        Quote.objects.create(policy=policy, revision=revision, start=start, end=start + len(words), text=words, public=True)  # fmt: skip
    Evidence.objects.create(value=value, candidate=card)
