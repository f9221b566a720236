"""Whether what an engine wrote is in the language of the answer. Free of Django.

Only a plain difference counts: short or mixed words prove nothing, and a card is not turned away on a guess.
"""

from py3langid.langid import rank

FEWEST_LETTERS = 24  # fewer say too little
LONGEST = 1_500  # code points looked at
CLEARLY = 12.0  # difference of log-probabilities from which a language is taken to be another


def load() -> None:
    """Load the model, half a second's work, before many threads would all do it at once."""
    _scores("")


def other_language(written: str, source: str, stated: str) -> bool:
    """Whether `written` is plainly in another language than `source` and than the tag `stated`."""
    if min(_letters(written), _letters(source)) < FEWEST_LETTERS:
        return False
    scores = _scores(written)
    best = max(scores, key=lambda language: scores[language])
    own = {stated.split("-")[0], *_likely(source)}
    return best not in own and scores[best] - max(scores.get(o, -1e9) for o in own) > CLEARLY


def _likely(text: str) -> set[str]:
    """The languages `text` may well be in."""
    scores = _scores(text)
    best = max(scores.values())
    return {language for language, score in scores.items() if best - score < CLEARLY}


def _scores(text: str) -> dict[str, float]:
    return dict(rank(text[:LONGEST]))


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
