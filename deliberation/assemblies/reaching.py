"""Send something to an address somebody typed, and to nothing of our own but what the operator opened. Free of Django.

The name is looked up once, every address it has must be one of the open internet, and the connection goes to that very address: a name that answers
otherwise a moment later leads nowhere. No redirect is followed, and nothing of the answer is kept but its status.
"""

import socket
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import SplitResult, urlsplit

PATIENCE = 10.0  # seconds for each step
THROUGH = (
    ip_network("64:ff9b::/96"),
    ip_network("64:ff9b:1::/48"),
)  # of IPv6 that lead on to any of IPv4


@dataclass(frozen=True, slots=True)
class Reach:
    """How far messages may go beyond the open internet; as it is made, nowhere.

    `private`: anywhere, by http too; `networks`: within these, by https alone; `ca`: a file of certificates (PEM) trusted beside the system's.
    """

    private: bool = False
    networks: Sequence[IPv4Network | IPv6Network] = ()
    ca: str = ""

    def takes(self, address: str) -> bool:
        """Whether something may be sent to an address."""
        if self.private or is_open(address):
            return True
        found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
        if isinstance(found, IPv6Address) and found.ipv4_mapped:
            found = found.ipv4_mapped
        return any(found in network for network in self.networks)


class Unreachable(Exception):
    """Nothing was sent, or nobody answered; `why` is a code."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class Pinned(HTTPSConnection):
    """HTTPS to one address, with the certificate of the name."""

    def __init__(self, host: str, port: int, address: str, ca: str) -> None:
        super().__init__(host, port, timeout=PATIENCE)
        self.address, self.ca = address, ca

    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.port), PATIENCE)
        trusted = ssl.create_default_context()
        if self.ca:
            trusted.load_verify_locations(self.ca)
        self.sock = trusted.wrap_socket(plain, server_hostname=self.host)


def is_fit(url: str, private: bool) -> bool:
    """Whether something may be sent to such an address at all: https, a host, no name and password in it. `private`: http too."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    schemes = ("https", "http") if private else ("https",)
    return (
        parts.scheme in schemes and bool(parts.hostname) and "@" not in parts.netloc and port != 0
    )


def is_open(address: str) -> bool:
    """Whether an address is of the open internet: of nobody's own network, and no way round to one."""
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return is_open(str(found.ipv4_mapped))
        if found.sixtofour or found.teredo or any(found in net for net in THROUGH):
            return False
    return found.is_global and not found.is_multicast


def post(url: str, body: bytes, headers: Mapping[str, str], reach: Reach) -> int:
    """Send `body` and return the status that was answered. Raises Unreachable."""
    if not is_fit(url, reach.private):
        raise Unreachable("address_refused")
    parts = urlsplit(url)
    line = _line(parts, reach)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        line.request("POST", path, body, {**headers, "content-type": "application/json"})
        return line.getresponse().status
    except ssl.SSLCertVerificationError as untrusted:
        raise Unreachable("certificate_refused") from untrusted
    except (OSError, HTTPException) as broken:
        raise Unreachable("not_reached") from broken
    finally:
        line.close()


def _line(parts: SplitResult, reach: Reach) -> HTTPConnection:
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as unknown:
        raise Unreachable("not_reached") from unknown
    addresses = [str(one[4][0]) for one in found]
    if not all(map(reach.takes, addresses)):
        raise Unreachable("address_refused")
    if secure:
        return Pinned(host, port, addresses[0], reach.ca)
    return HTTPConnection(addresses[0], port, timeout=PATIENCE)
