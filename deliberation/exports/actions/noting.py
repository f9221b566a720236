"""Note in the record that data was taken away."""

from collections.abc import Sequence

from deliberation.assemblies.models import Assembly
from elicitation.record.actions import append, recorded
from elicitation.record.models import Entry


@recorded
def note_export(assembly: Assembly, files: Sequence[str]) -> Entry:
    """Write down which files of an assembly were made."""
    return append("export.made", assembly=assembly.slug, files=list(files))
