"""Organisations for tests and benchmarks."""

from deliberation.assemblies.models import Organisation


def house(slug="river"):
    """The organisation of this short name, made where there is none yet."""
    return Organisation.objects.get_or_create(slug=slug, defaults={"name": f"House {slug}"})[0]
