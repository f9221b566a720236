"""Note in the record that data was taken away."""

from collections.abc import Sequence

from deliberation.assemblies.models import Assembly, Undertaking
from elicitation.record.actions import append, recorded
from elicitation.record.models import Entry


@recorded
def note_export(
    assembly: Assembly, files: Sequence[str], under: Undertaking | None = None
) -> Entry:
    """Write down which files of an assembly were made, and under what their taker accepted; None for whoever runs the machine."""
    accepted = {"undertaking": str(under.pk)} if under else {}
    return append("export.made", assembly=assembly.slug, files=list(files), **accepted)
