"""The rows of how a study went, by pseudonym."""

from collections.abc import Iterator
from typing import Any

from deliberation.assemblies.models import Assembly
from deliberation.exports.pseudonyms import stamp
from deliberation.exports.studied import CARD, studied
from elicitation.extraction.models import Edit, Rating

Row = dict[str, Any]
CHUNK = 1000
HERE = "candidate__reading__revision__response__prompt__inquiry__assemblies"


def ratings(assembly: Assembly) -> Iterator[Row]:
    """Rows of measured.RATINGS."""
    here = studied(Rating.objects.filter(**{HERE: assembly}), f"candidate__{CARD}")
    told = here.order_by("candidate").values_list("candidate", f"candidate__{CARD}", "says", "at")
    for card, who, says, at in told.iterator(CHUNK):
        yield {"candidate": str(card), "respondent": str(who), "says": says, "at": stamp(at)}


def edits(assembly: Assembly) -> Iterator[Row]:
    """Rows of measured.EDITS."""
    here = studied(Edit.objects.filter(**{HERE: assembly}), f"candidate__{CARD}")
    told = here.order_by("candidate", "version").values_list(
        "candidate", "version", "words", "changed", "at"
    )
    for card, version, words, changed, at in told.iterator(CHUNK):
        yield {
            "candidate": str(card),
            "version": version,
            "words": words,
            "changed": changed,
            "at": stamp(at),
        }
