"""Examples of what to ask the API and of what it answers, which stand in its schema; a test sends every one of them, and holds each answer to its example.

Answers are in answers.json, by operation, as a furnished assembly of the tests gave them (`WRITE_ANSWERS=1` with tests/deliberation/api/test_examples.py
takes them anew).
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# Of a parameter, wherever it is; where one asks for what has to be there, the schema names the other half.
PARAMETERS: Mapping[str, object] = {
    "slug": "riverside",
    "table": "responses",
    "number": 1,
    "limit": 20,
    "language": "en",
    "state": "done",
    "kind": "value",
    "failure": "timeout",
    "since": 0,
    "first": 1,
    "second": 2,
    "Range": "bytes=0-999",
}
FIELDS: Mapping[str, str] = {
    "list_assemblies": "slug,title",
    "list_cards": "id,seen,title,policies",
    "list_contexts": "id,when",
    "list_documents": "artifact,number,title",
    "list_imports": "id,state,counts",
    "list_norms": "id,text",
    "list_packages": "id,state,until",
    "list_proposals": "id,kind,written_by,title,text",
    "list_readings": "id,state,failure,cost",
    "list_release_requests": "id,state,why,release",
    "list_transitions": "from_value,to_value",
    "list_values": "id,title,when",
}
BODIES: Mapping[str, Mapping[str, object]] = {
    "v1_assemblies_imports_create": {
        "file": "id,answer,who\n1,I look at who sits alone on the long bench.,a\n",
        "language": "en",
        "respondent_column": "who",
    },
    "v1_assemblies_cards_create": {
        "decision": "reject",
        "seen": 1,
        "words": "It names a street, and not yet what matters there.",
    },
    "propose": {
        "inquiry": "0b7f3f0a-6f0a-4a53-8f55-2a1f6f6f7c11",
        "kind": "value",
        "language": "en",
        "title": "Places to rest without buying",
        "policies": ["BENCHES one may sit on without being a guest"],
        "when": "somebody tires on the way",
    },
    "v1_assemblies_weighing_create": {
        "value": "3d5a7d6e-0c0f-4f6b-9a53-0a4d1f7a7f3b",
        "says": "agree",
    },
}


ANSWERS = Path(__file__).with_name("answers.json")


def with_examples(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """The schema, with an example of every parameter that has one, of every body, and of every answer."""
    answers = json.loads(ANSWERS.read_text(encoding="utf-8"))
    for path in result["paths"].values():
        for operation in path.values():
            name = operation["operationId"]
            known = {
                **PARAMETERS,
                "fields": FIELDS.get(name),
                "Idempotency-Key": f"{name}-of-monday",
            }
            for parameter in operation.get("parameters", ()):
                if known.get(parameter["name"]) is not None:
                    parameter["example"] = known[parameter["name"]]
            for content in operation.get("requestBody", {}).get("content", {}).values():
                content["example"] = dict(BODIES[name])
            for status, answer in answers.get(name, {}).items():
                for content in operation["responses"].get(status, {}).get("content", {}).values():
                    content["example"] = answer
    return result
