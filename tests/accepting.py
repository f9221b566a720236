"""A researcher of tests accepts the agreement of an assembly, as it stands."""

from deliberation.assemblies.actions.research import undertake


def accepted(assembly, account):
    """What they accepted, for a purpose."""
    return undertake(assembly, account, "How tests study rivers.", assembly.terms_version, "en")
