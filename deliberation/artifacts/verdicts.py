"""Whether a question passed and what stood against it, in plain words."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deliberation.artifacts.tally import APPROVE, OBJECT, OTHERS
from deliberation.opinion.withholding import FEWEST

Told = Mapping[str, Any]


def verdict(question: Told, rules: Told) -> list[str]:
    """Sentences: adopted, with by how many; or not adopted, then everything that stood against it.

    `question` and `rules` are as tally.tally gives them.
    """
    if question["passed"]:
        return [_("Adopted: %(counted)s.") % {"counted": counted(question)}]
    return [_("Not adopted."), *(_reason(why, question, rules) for why in question["because"])]


def counted(counts: Told) -> str:
    """How many of those who approve or object approve."""
    told = {"a": counts[APPROVE], "n": counts[APPROVE] + counts[OBJECT]}
    told["p"] = percent(told["a"] / told["n"]) if told["n"] else percent(0)
    return (
        ngettext(
            "%(a)s of %(n)s who approves or objects approves (%(p)s %%)",
            "%(a)s of %(n)s who approve or object approve (%(p)s %%)",
            told["n"],
        )
        % told
    )


def group_name(name: str) -> str:
    """How a group is called: a letter, or everybody else."""
    return _("everybody else") if name == OTHERS else _("group %(name)s") % {"name": name}


def percent(share: float) -> str:
    """A share in percent as the page's language writes it, with one decimal where there is one."""
    whole = round(100 * share, 1)
    return str(number_format(whole, 0 if whole == int(whole) else 1))


def _reason(why: Told, question: Told, rules: Told) -> str:
    reason = why["why"]
    if reason == "few":
        return _("Fewer than %(fewest)s people voted. So that no ballot can be read from it, nothing is counted.") % {"fewest": FEWEST}  # fmt: skip
    if reason == "quorum":
        cast = {"n": sum(question[says] for says in ("approve", "aside", "object"))}
        return _("%(n)s ballots were cast, and %(quorum)s were needed.") % {**cast, "quorum": rules["quorum"]}  # fmt: skip
    if reason == "nobody":
        return _("Nobody approved or objected.")
    if reason == "share":
        told = {"counted": counted(question), "need": percent(rules["approve_share"])}
        return _("Of everybody, %(counted)s; %(need)s %% were needed.") % told
    told = {
        "group": group_name(why["group"]),
        "counted": counted(question["groups"][why["group"]]),
        "need": percent(rules["group_share"]),
    }
    if why["group"] == OTHERS:
        return _("Among everybody else, %(counted)s; %(need)s %% were needed.") % told
    return _("In %(group)s, %(counted)s; %(need)s %% were needed.") % told
