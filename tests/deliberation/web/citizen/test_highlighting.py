"""Quotes marked where they stand: the pieces are the text again, and exactly the quoted letters are marked."""

from hypothesis import given
from hypothesis import strategies as some

from deliberation.web.highlighting import Segment, segments

SPANS = some.lists(some.tuples(some.integers(0, 40), some.integers(0, 40)))


def test_a_text_without_quotes_is_one_piece():
    assert segments("calm", []) == [Segment("calm", False)]
    assert segments("", []) == []


def test_overlapping_and_touching_quotes_are_marked_once():
    assert segments("abcdefgh", [(1, 4), (2, 5), (5, 6)]) == [
        Segment("a", False),
        Segment("bcdef", True),
        Segment("gh", False),
    ]


def test_places_are_counted_in_code_points():
    assert segments("👩‍👧 loud", [(4, 8)])[-1] == Segment("loud", True)


@given(some.text(max_size=40), SPANS)
def test_the_pieces_are_the_text_and_exactly_the_quoted_letters_are_marked(text, spans):
    within = [(a, b) for a, b in spans if b <= len(text)]
    pieces = segments(text, within)
    assert "".join(piece.text for piece in pieces) == text
    marked = [piece.marked for piece in pieces for _ in piece.text]
    assert marked == [any(a <= n < b for a, b in within) for n in range(len(text))]
    assert all(piece.text for piece in pieces)
