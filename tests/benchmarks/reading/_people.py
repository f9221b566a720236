"""Assemblies and answers to run a benchmark on. Imported once the ground is ready."""

import uuid
from collections.abc import Sequence

from deliberation.assemblies.actions import taking_in
from elicitation.interview.drafts import Words
from elicitation.interview.models import Revision
from tests.conftest import found

BATCH = 500


def taken_in(slug: str, texts: Sequence[tuple[str, str]]) -> list[Revision]:
    """Found an assembly and take in `texts`, each (words, language), from a person of its own. Returns the revisions, in order."""
    prompt = found(slug).inquiries.get().prompts.first()
    rows = [
        (uuid.uuid4(), Words(text, language, f"{slug}-{n}"))
        for n, (text, language) in enumerate(texts)
    ]
    for at in range(0, len(rows), BATCH):
        taking_in.take_in_sample(prompt, rows[at : at + BATCH])
    here = Revision.objects.filter(response__prompt=prompt)
    kept = {
        revision.response.key: revision
        for revision in here.select_related("response__prompt__inquiry", "response__follows")
    }
    return [kept[f"{slug}-{n}"] for n in range(len(rows))]
