"""Tree heads as signed text: C2SP tlog-checkpoint in a C2SP signed note with an Ed25519 key. Free of Django.

A signing key is one line, PRIVATE+KEY+name+id+base64(0x01 || seed), and the key to verify with another,
name+id+base64(0x01 || public key), where id is the start of SHA-256(name || 0x0A || 0x01 || public key).
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SECRET = "PRIVATE+KEY+"  # noqa: S105  the mark such lines begin with  # nosec B105
ED25519 = b"\x01"
KEY_BYTES, ID_BYTES = 32, 4
DASH = "\u2014 "


class BadKey(ValueError):
    """A line that is no key of this kind."""


class BadNote(ValueError):
    """A text that is no checkpoint, or not signed by the key asked about."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint says: whose tree, how many leaves, and its root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{_b64(self.root)}\n"


@dataclass(frozen=True, slots=True)
class Verifier:
    """A name and the public key behind it."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        named = self.name.encode() + b"\n" + ED25519 + self.public
        return hashlib.sha256(named).digest()[:ID_BYTES]

    @property
    def line(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_b64(ED25519 + self.public)}"


@dataclass(frozen=True, slots=True)
class Signer:
    """A name and the seed of its private key (32 bytes)."""

    name: str
    seed: bytes

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self._key.public_key().public_bytes_raw())

    @property
    def line(self) -> str:
        return f"{SECRET}{self.name}+{self.verifier.key_id.hex()}+{_b64(ED25519 + self.seed)}"

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def sign(self, text: str) -> str:
        """`text`, which ends with a line break, as a signed note."""
        made = self.verifier.key_id + self._key.sign(text.encode())
        return f"{text}\n{DASH}{self.name} {_b64(made)}\n"

    def seal(self, size: int, root: bytes) -> str:
        """The signed checkpoint of a tree; its origin is the key's name."""
        return self.sign(Head(self.name, size, root).text)


def new_signer(name: str) -> Signer:
    """A new key. Raises BadKey where `name` cannot stand in a note."""
    _ensure_name(name)
    return Signer(name, Ed25519PrivateKey.generate().private_bytes_raw())


def signer_of(line: str) -> Signer:
    """The key of a secret line. Raises BadKey."""
    if not line.startswith(SECRET):
        raise BadKey("This is no signing key.")
    name, key_id, seed = _parts(line.strip().removeprefix(SECRET))
    signer = Signer(name, seed)
    if signer.verifier.key_id != key_id:
        raise BadKey("The key does not fit its id.")
    return signer


def verifier_of(line: str) -> Verifier:
    """The key of a public line. Raises BadKey."""
    name, key_id, public = _parts(line.strip())
    verifier = Verifier(name, public)
    if verifier.key_id != key_id:
        raise BadKey("The key does not fit its id.")
    return verifier


def opened(note: str, verifier: Verifier) -> Head:
    """What a checkpoint says, once its signature by `verifier` holds. Raises BadNote."""
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    for line in signatures.splitlines():
        name, _, made = line.removeprefix(DASH).rpartition(" ")
        raw = _decoded(made)
        if line.startswith(DASH) and name == verifier.name and raw[:ID_BYTES] == verifier.key_id:
            _ensure_signed(text, raw[ID_BYTES:], verifier)
            return _head(text, verifier.name)
    raise BadNote(f"Not signed by {verifier.name}.")


def _head(text: str, origin: str) -> Head:
    lines = text.split("\n")
    if len(lines) < 4 or lines[0] != origin or not lines[1].isdecimal():
        raise BadNote("This is no checkpoint of that origin.")
    head = Head(lines[0], int(lines[1]), _decoded(lines[2]))
    if not text.startswith(head.text) or len(head.root) != hashlib.sha256().digest_size:
        raise BadNote("This is no checkpoint.")
    return head


def _ensure_signed(text: str, signature: bytes, verifier: Verifier) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(verifier.public).verify(signature, text.encode())
    except (InvalidSignature, ValueError) as wrong:
        raise BadNote("The signature does not hold.") from wrong


def _parts(line: str) -> tuple[str, bytes, bytes]:
    name, _, rest = line.partition("+")
    shown, _, coded = rest.partition("+")
    _ensure_name(name)
    key = _decoded(coded)
    if len(key) != 1 + KEY_BYTES or key[:1] != ED25519 or len(shown) != 2 * ID_BYTES:
        raise BadKey("This is no Ed25519 key.")
    try:
        return name, bytes.fromhex(shown), key[1:]
    except ValueError as wrong:
        raise BadKey("The id of the key is not hexadecimal.") from wrong


def _ensure_name(name: str) -> None:
    if not name or "+" in name or any(c.isspace() for c in name):
        raise BadKey("A key's name has at least one letter, no space and no plus sign.")


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _decoded(text: str) -> bytes:
    """Bytes of base64, none where it is not; there is one text for the same bytes."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return raw if _b64(raw) == text else b""
