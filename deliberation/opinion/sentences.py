"""What a value's profile says in plain words, in the language in force. Knows a profile as plain data, and loads no numerics."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Profile = Mapping[str, Any]


def sentence(profile: Profile) -> str:
    """For example: held by all 3 groups, in 4 of 5 contexts, steady over 2 rounds. No capital, no full stop."""
    said = [_groups(profile), _hidden(profile), _contexts(profile), _rounds(profile)]
    return _joined([part for part in said if part])


def lowest(profile: Profile) -> str:
    """The least support any group gives it, with its interval; "" where no group answered."""
    if not profile["lowest"]:
        return ""
    told = profile["groups"][profile["lowest"]]
    return _("least in group %(group)s: %(share)d%% (%(low)d to %(high)d%%)") % {
        "group": profile["lowest"],
        "share": round(100 * told["support"]),
        "low": round(100 * told["low"]),
        "high": round(100 * told["high"]),
    }


def _groups(profile: Profile) -> str:
    held, of = profile["held"]["groups"]
    if not of:
        return "" if profile.get("hidden_groups") else _("there are no groups yet to compare")
    if not held:
        return _("not shown to be held by any group so far")
    if held == of:
        return ngettext("held by the one group", "held by all %(of)d groups", of) % {"of": of}
    told = ngettext("held by %(held)d of %(of)d group", "held by %(held)d of %(of)d groups", of)
    return told % {"held": held, "of": of}


def _hidden(profile: Profile) -> str:
    number = profile.get("hidden_groups", 0)
    told = ngettext("too few to tell in %(n)d group", "too few to tell in %(n)d groups", number)
    return told % {"n": number} if number else ""


def _contexts(profile: Profile) -> str:
    there, of = profile["held"]["contexts"]
    if not of:
        return ""
    told = ngettext("in %(there)d of %(of)d context", "in %(there)d of %(of)d contexts", of)
    return told % {"there": there, "of": of}


def _rounds(profile: Profile) -> str:
    number = sum(bool(told.get("n", 1)) for told in profile["rounds"])
    told = {
        "steady": ngettext("steady over %(n)d round", "steady over %(n)d rounds", number),
        "rose": ngettext("rising over %(n)d round", "rising over %(n)d rounds", number),
        "fell": ngettext("falling over %(n)d round", "falling over %(n)d rounds", number),
        "open": ngettext(
            "too few answers to compare %(n)d round",
            "too few answers to compare %(n)d rounds",
            number,
        ),
    }
    return told[profile["trend"]] % {"n": number} if profile["trend"] in told else ""


def _joined(parts: Sequence[str]) -> str:
    whole = parts[0]
    for part in parts[1:]:
        whole = _("%(first)s, %(then)s") % {"first": whole, "then": part}
    return whole
