"""What can go wrong for a person, named. The lowest module of the house."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise


class DomainError(Exception):
    """Something a person can put right.

    `code` is stable and part of the API; `message` is plain, translated, and says what to do;
    `details` fill the message's places and go to the API beside it; `headers` go with the answer.
    """

    code: str
    message: str | Promise
    status = 400
    headers: Mapping[str, str] = MappingProxyType({})

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.code)

    @property
    def problem(self) -> dict[str, Any]:
        """What a program is told of it, as in RFC 9457."""
        return {
            "type": "about:blank",
            "status": self.status,
            "code": self.code,
            "detail": str(self),
        }

    def __str__(self) -> str:
        return str(self.message) % self.details if self.details else str(self.message)
