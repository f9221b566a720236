"""Which cells of a table are withheld, so that no count of fewer than FEWEST people can be read or worked out. Free of Django."""

from collections.abc import Collection, Mapping

FEWEST = 5  # what fewer people have said, or a smaller group, is not described in public: nobody can be picked out


FEWEST_OF_STRATUM = 10  # the same of what people said of themselves, which others may know


def is_few(number: int, fewest: int = FEWEST) -> bool:
    """Whether so few people are not told of."""
    return number < fewest


def kept(cells: Mapping[str, int], total: int, fewest: int = FEWEST) -> Collection[str]:
    """The cells that are told, by the number of people in each; `total`: all people there are, in a cell or in none.

    Small cells are withheld. Where one is and all that is left over from the total is a few people, the smallest of the others goes, too.
    """
    told = {name for name, number in cells.items() if not is_few(number, fewest)}
    rest = total - sum(cells[name] for name in told)
    if told and len(told) < len(cells) and rest and is_few(rest, fewest):
        told.remove(min(told, key=lambda name: (cells[name], name)))
    return told
