"""A published version as JSON, by the schema document.schema.json beside this file, served at /schemas/document.json."""

import json
from collections.abc import Mapping
from typing import Any


def make(told: Mapping[str, Any]) -> bytes:
    """UTF-8, keys in the order of the schema, one line feed at the end."""
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
