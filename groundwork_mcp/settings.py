"""Where the server reads, and in whose name: from the environment, refused at the start where it would not be safe."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

OWN = frozenset({"127.0.0.1", "localhost", "::1"})  # this machine


class NotSet(Exception):
    """A setting that is missing or unsafe; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`token` opens `assembly` and nothing else; without one the server reads what everybody may. `proposes`: a model is given the tools that propose, too."""

    site: str
    token: str = field(default="", repr=False)
    assembly: str = ""
    proposes: bool = False


def from_environment(environ: Mapping[str, str]) -> Settings:
    """The settings an environment holds. Raises NotSet."""
    site = environ.get("GROUNDWORK_SITE", "").rstrip("/")
    token = environ.get("GROUNDWORK_TOKEN", "").strip()
    assembly = environ.get("GROUNDWORK_ASSEMBLY", "").strip()
    proposes = environ.get("GROUNDWORK_PROPOSES", "").strip() == "1"
    address = urlsplit(site)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise NotSet("Set GROUNDWORK_SITE to the address of the site, as https://example.org.")
    if address.username or address.query or address.fragment:
        raise NotSet("GROUNDWORK_SITE is the address of the site alone, without names or queries.")
    if token and not re.fullmatch(r"[!-~]+", token):
        raise NotSet("GROUNDWORK_TOKEN holds what no token has: copy it again, whole and alone.")
    if bool(token) != bool(assembly):
        raise NotSet("GROUNDWORK_TOKEN and GROUNDWORK_ASSEMBLY (its short name) go together.")
    if token and address.scheme != "https" and address.hostname not in OWN:
        raise NotSet("A token is sent over https alone: anybody on the way could read it.")
    if proposes and not token:
        raise NotSet("To propose, set GROUNDWORK_TOKEN: one with the scope propose.")
    return Settings(site, token, assembly, proposes)
