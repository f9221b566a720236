"""Clauses from a plain template, with no model: the policies and the rules of people, set in a sentence. Always labelled until a person took them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from deliberation.artifacts.models import Artifact
from elicitation.extraction.models import Ruling
from elicitation.graph.models import Value

MOST = 3  # policies in a sentence


def of_value(value: Value, kind: str, language: str) -> str:
    """What a value says, as a clause in the language of the document."""
    told = {"what": _listed(value.policies[:MOST] or [value.title]), "context": value.context}
    with override(language):
        if kind == Artifact.Kind.CONSTITUTION:
            form = _("When %(context)s, attend to: %(what)s.") if value.context else _("Attend to: %(what)s.")  # fmt: skip
        elif value.context:
            form = _("When %(context)s, we attend to: %(what)s.")
        else:
            form = _("We attend to: %(what)s.")
        return form % told


def of_norm(norm: Ruling, language: str) -> str:
    """What a rule says, as a clause in the language of the document."""
    with override(language):
        who = norm.attribute or norm.acted_on  # where nobody said who, nobody is put in
        said = " ".join(filter(None, [who, str(norm.get_deontic_display()), norm.aim]))
        said = f"{said[:1].upper()}{said[1:]}"
        if norm.conditions:
            said = _("%(rule)s, %(conditions)s") % {"rule": said, "conditions": norm.conditions}
        if norm.or_else:
            said = _("%(rule)s; if not, %(or_else)s") % {"rule": said, "or_else": norm.or_else}
        return said.rstrip(".") + "."


def _listed(parts: Sequence[str]) -> str:
    """Phrases side by side, as they were written."""
    return "; ".join(part.strip().rstrip(".") for part in parts)
