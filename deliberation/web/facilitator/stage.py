"""Whether an assembly is rehearsed, is a rehearsal, or could be: what the overview and the page of rehearsals both say."""

from typing import Any

from deliberation.assemblies.models import Assembly
from deliberation.assemblies.queries import has_begun, rehearsal_of


def stage(assembly: Assembly) -> dict[str, Any]:
    """The rehearsal there is, whether this is itself one, and whether one may be begun."""
    rehearsal = rehearsal_of(assembly)
    return {
        "rehearsal": rehearsal,
        "is_copy": bool(rehearsal and rehearsal.copy_id == assembly.pk),
        "may_begin": rehearsal is None and not has_begun(assembly),
    }
