"""Sentences every file says, in the language in force: of the version, of a clause's support, of objections, statements and votes."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Told = Mapping[str, Any]


def of_version(told: Told) -> Iterator[str]:
    """Which version of what, when, and where in the record it stands."""
    at = parse_datetime(told["published_at"])
    about = {"version": told["version"], "at": date_format(at, "DATE_FORMAT") if at else ""}
    yield f"{capfirst(told['kind']['name'])} · {told['assembly']['title']}"
    yield _("Version %(version)s, published %(at)s (UTC).") % about
    head = told["record"]["head"]
    yield _("Entry %(entry)s of the public record.") % {"entry": told["record"]["entry"]}
    if head:
        yield _("Sealed in the head of %(size)s entries:") % {"size": head["size"]}
    if told["corrected"] is not None:
        yield correction(told["corrected"])
    if told["changed"]:
        yield _("What changed: %(words)s") % {"words": told["changed"]}


def correction(lost: Mapping[str, int]) -> str:
    """That a version only corrects the one before, and of how much."""
    quotes, values = lost.get("quotes", 0), lost.get("values", 0)
    said_back = lost.get("objections", 0) + lost.get("statements", 0)
    said = [
        _(
            "Correction: this version is the one before without what may no longer be shown; its numbers are counted anew."
        )
    ]
    if quotes:
        said.append(
            ngettext(
                "One quote was taken back by its author or hidden.",
                "%(n)s quotes were taken back by their authors or hidden.",
                quotes,
            )
            % {"n": quotes}
        )
    if values:
        said.append(
            ngettext(
                "One of its values has nobody behind it any more, or other words.",
                "%(n)s of its values have nobody behind them any more, or other words.",
                values,
            )
            % {"n": values}
        )
    if rules := lost.get("rules", 0):
        said.append(
            ngettext(
                "One of its rules has nobody behind it any more, or other words.",
                "%(n)s of its rules have nobody behind them any more, or other words.",
                rules,
            )
            % {"n": rules}
        )
    if said_back:
        said.append(
            ngettext(
                "One objection or minority statement was withdrawn.",
                "%(n)s objections and minority statements were withdrawn.",
                said_back,
            )
            % {"n": said_back}
        )
    return " ".join(said)


def support(clause: Told, voices: int) -> str:
    """How many stand behind a clause."""
    about = {"n": clause["voices"], "of": voices}
    return _("%(n)s of %(of)s voices stand behind it.") % about


def weakest(clause: Told) -> str:
    """Which opinion group supports it least; "" where none is told."""
    found = clause["weakest"]
    if not found:
        return ""
    title = next((v["title"] for v in clause["values"] if v["value"] == found["value"]), "")
    about = {"group": found["group"], "value": title or "", **_percents(found)}
    return _("Least supported in group %(group)s: %(share)s %% agree with %(value)s (95 %% interval %(low)s to %(high)s %%).") % about  # fmt: skip


def value(one: Told) -> str:
    """How widely a value holds and how many voices it has."""
    said = [ngettext("one voice", "%(n)s voices", one["voices"]) % {"n": one["voices"]}]
    if one["holds"]:
        said.append(one["holds"])
    return " · ".join([*said, *_agreed(one)])


def rule(one: Told) -> str:
    """How widely a rule holds and how many voices it has."""
    said = [ngettext("one voice", "%(n)s voices", one["voices"]) % {"n": one["voices"]}]
    said += filter(None, [one["holds"], one["least"]])
    return " · ".join([*said, *_agreed(one)])


def shares(one: Told) -> Iterator[str]:
    """Support by opinion group, and by what people said of themselves, each with its interval."""
    profile = one["profile"] or {}
    for group, cell in sorted((profile.get("groups") or {}).items()):
        if cell.get("support") is not None:
            about = {"group": group, "n": cell["n"], **_percents({**cell, "share": cell["support"]})}  # fmt: skip
            yield _("group %(group)s: %(share)s %% (%(low)s to %(high)s %%) of %(n)s") % about
    for cell in one["strata"]:
        about = {"said": cell["said"], "n": cell["n"], **_percents({**cell, "share": cell["support"]})}  # fmt: skip
        yield _("%(said)s: %(share)s %% (%(low)s to %(high)s %%) of %(n)s") % about


def gone() -> str:
    """In place of a value its authors took back."""
    return _("A value its authors have taken back")


def beside(quote: Told) -> str:
    """What stands beside a quote under a value: "" for nothing."""
    unconfirmed = "" if quote["confirmed"] else _("not confirmed by its author")
    return ", ".join(filter(None, [unconfirmed, by_helper() if quote["by_helper"] else ""]))


def by_helper() -> str:
    """Beside words somebody said to a helper."""
    return _("written down by a helper")


def objection(one: Told) -> Iterator[tuple[str, str]]:
    """An objection as pairs of a label and words of people."""
    label = _("Objection, which stands") if one["stands"] else _("Objection, which does not stand any more")  # fmt: skip
    if one["seconded"]:
        label += ngettext(" (one more shares it)", " (%(n)s more share it)", one["seconded"]) % {"n": one["seconded"]}  # fmt: skip
    yield label, one["reason"]
    if one["rewording"]:
        yield _("Other words it offers"), one["rewording"]
    if one["answer"]:
        yield _("Its answer (%(state)s)") % {"state": one["state_name"]}, one["answer"]
    if one["satisfied"] is not None:
        yield _("Its author says: this satisfies me.") if one["satisfied"] else _("Its author says: this does not satisfy me."), ""  # fmt: skip


def statement(one: Told) -> tuple[str, str]:
    """Against what a minority statement is, and how many signed it."""
    against = _("Against clause %(number)s") % {"number": one["clause"]} if one["clause"] else _("Against the document as a whole")  # fmt: skip
    signed = ngettext("signed by one person", "signed by %(n)s people", one["signed"]) % {"n": one["signed"]}  # fmt: skip
    return against, signed


def headings() -> dict[str, str]:
    """What parts of a file are called."""
    return {
        "minority": _("Minority statements"),
        "made": _("How this was made"),
        "vote": _("How the assembly voted"),
        "rules": _("Rules it upholds"),
        "turnout": _("%(ballots)s of %(roll)s who might vote did."),
    }


def _agreed(one: Told) -> Iterator[str]:
    """How many authors of a value or rule agree with its words, where that is told."""
    if one["authors_agree"]:
        agree, authors = one["authors_agree"]
        yield _("%(n)s of %(of)s authors agree with its words") % {"n": agree, "of": authors}


def _percents(cell: Told) -> dict[str, int]:
    return {name: round(100 * cell[name]) for name in ("share", "low", "high")}
