"""Which of an inquiry's contexts a context in somebody's words is. Free of Django. It proposes, people decide."""

from collections.abc import Sequence

from elicitation.extraction.encoder import encode
from elicitation.graph.matching import Kind, read, same_from, scores

Phrases = Sequence[Sequence[str]]  # of each context, one a language


def match(texts: Sequence[str], contexts: Phrases) -> list[tuple[int, float] | None]:
    """Place and score of the context each text is the same as, None where it is none of them or says nothing.

    A text is a context as far as it makes the same point as its best phrase; from matching.same_from(POINT) on it is the same.
    """
    phrases = [(place, phrase) for place, of in enumerate(contexts) for phrase in of if phrase]
    asked = [n for n, text in enumerate(texts) if text.strip()]
    found: list[tuple[int, float] | None] = [None] * len(texts)
    if not phrases or not asked:
        return found
    company = encode([phrase for _, phrase in phrases])
    right = read([phrase for _, phrase in phrases], company, company)
    near = scores(read([texts[n] for n in asked], company), right, Kind.POINT)
    for n, row in zip(asked, near, strict=True):
        best = int(row.argmax())
        if row[best] >= same_from(Kind.POINT):
            found[n] = (phrases[best][0], float(row[best]))
    return found
