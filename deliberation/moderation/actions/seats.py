"""Have a worker look for seats that seem to be one person's, rather than wait for the night."""

from deliberation.assemblies.bells import ring_on_commit
from deliberation.assemblies.models import Assembly
from deliberation.opinion.tasks import look_for_twins_in
from elicitation.record.actions import append, recorded


@recorded
def ask_to_look(assembly: Assembly) -> None:
    """Have a worker look now; it does so every night by itself."""
    append("twins.asked_for", assembly=assembly.slug)
    ring_on_commit(look_for_twins_in.delay, [assembly.pk])
