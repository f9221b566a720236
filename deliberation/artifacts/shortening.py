"""Cut a text to what a picture has room for, between words. Free of Django."""

import unicodedata

MORE = "…"


def cut(text: str, most: int) -> str:
    """The text in one line, at most `most` columns wide (a wide letter takes two), cut between words where there are any, with "…" for what is left out."""
    line = " ".join(text.split())
    if columns(line) <= most:
        return line
    kept, room = "", most - 1
    for word in line.split(" "):
        longer = f"{kept} {word}" if kept else word
        if columns(longer) > room:
            break
        kept = longer
    return (kept or _letters(line, room)).rstrip(" ,;:.·-–—") + MORE


def columns(text: str) -> int:
    """How wide a text is: letters as wide as they are high, as Chinese ones, count twice; marks that stand on a letter do not count."""
    return sum(map(_width, text))


def _letters(text: str, room: int) -> str:
    """As many whole letters as there is room for, each with the marks on it."""
    kept, taken = "", 0
    for letter in text:
        taken += _width(letter)
        if taken > room:
            break
        kept += letter
    return kept.rstrip("\u200d")


def _width(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
