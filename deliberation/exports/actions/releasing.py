"""Publish a release: counts everybody may take along."""

from deliberation.assemblies.models import Assembly
from deliberation.exports import releasing
from deliberation.exports.errors import StillWeighing
from deliberation.exports.models import Release
from deliberation.opinion.queries import counts_are_public
from elicitation.record.actions import append, recorded


@recorded
def publish_release(assembly: Assembly) -> Release:
    """Publish the next release of an assembly, which can never be taken back from who has it. Raises StillWeighing."""
    Assembly.objects.select_for_update().get(pk=assembly.pk)
    if not counts_are_public(assembly):
        raise StillWeighing
    last = assembly.releases.last()
    rows, remembered = releasing.rows(assembly, last)
    made = Release.objects.create(
        assembly=assembly,
        number=last.number + 1 if last else 1,
        rows=rows,
        remembered=remembered,
    )
    append("release.published", assembly=assembly.slug, release=made.number)
    return made
