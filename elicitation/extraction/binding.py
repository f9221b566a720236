"""Whether a mood found in a sentence binds anybody, or leads up to another that does. Free of Django."""

import re

from elicitation.extraction.moods import Words
from elicitation.extraction.quotes import Span


def binds(text: str, mood: re.Match[str], end: int, words: Words) -> bool:
    """Whether a mood can state a rule outside a rulebook: a firm one, or a weak one that something restricts."""
    kind = mood.lastgroup or ""
    if kind.startswith("ruled"):
        return False
    weak = kind.startswith("weak") and not words.restricts.search(text, mood.end(), end)
    return not weak or _permits(text, mood, end, words)


def _permits(text: str, mood: re.Match[str], end: int, words: Words) -> bool:
    """Whether "may" stands after a named subject and before something one can be free to do."""
    before, after = text[max(0, mood.start() - 12) : mood.start()], text[mood.end() : end].strip()
    return bool(
        words.permits.fullmatch(mood.group())
        and not words.pronoun.search(before)
        and not words.supposes.match(after)
    )


def leads_up(text: str, sentence: Span, mood: re.Match[str], words: Words) -> bool:
    """Whether `mood` only leads up to the rule of its sentence. Meant for rulebooks, which say much before each rule.

    It does right after "who" or "which"; in a clause of condition, purpose or concession that opens the sentence and ends at a comma with
    another mood behind it ("so that all may sleep, the hall must ..."); and, where it is weak, beside who acts on the thing meant ("fees which the board may set").
    """
    before = text[sentence.start : mood.start()].rstrip()
    if words.relative_end.search(before):
        return True
    if (mood.lastgroup or "").startswith("weak") and words.which_end.search(before):
        return True
    pause = words.commas.search(text, mood.end(), sentence.end)
    return bool(
        pause
        and words.leading.match(before)
        and not words.commas.search(before)
        and words.moods.search(text, pause.end(), sentence.end)
    )
