"""What commands share: the assembly somebody names at a terminal."""

from django.core.management.base import CommandError

from deliberation.assemblies.models import Assembly


def named(slug: str) -> Assembly:
    """The assembly with this short name. Raises CommandError, which names those there are."""
    if found := Assembly.objects.filter(slug=slug).first():
        return found
    there = ", ".join(Assembly.objects.values_list("slug", flat=True)) or "none yet"
    raise CommandError(f"There is no assembly {slug!r}. There are: {there}.")
