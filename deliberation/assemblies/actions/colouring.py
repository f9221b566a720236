"""How an assembly looks."""

from deliberation.assemblies.models import Assembly
from elicitation.record.actions import append, recorded


@recorded
def set_accent(assembly: Assembly, colour: str) -> None:
    """Let its pages have an accent colour of their own, #rrggbb in small letters; "" for ours."""
    Assembly.objects.filter(pk=assembly.pk).update(accent=colour)
    append("assembly.coloured", assembly=assembly.slug, accent=colour)
