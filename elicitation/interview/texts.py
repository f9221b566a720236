"""What may be stored as a person's words. Free of Django.

Stored text is exact: joiners, bidi marks and line breaks stay. Only what PostgreSQL or Unicode cannot hold is refused.
"""

LONGEST = 20_000  # code points; a long letter, not a book


def fault(text: str) -> str | None:
    """Why `text` cannot be stored ("empty", "too_long", "nul", "half_surrogate"), or None if it can."""
    if not text.strip():
        return "empty"
    if len(text) > LONGEST:
        return "too_long"
    if "\x00" in text:
        return "nul"
    if any("\ud800" <= c <= "\udfff" for c in text):
        return "half_surrogate"
    return None
