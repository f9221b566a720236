"""What every resource of the API may answer beside what it is asked for: a problem, told in one shape."""

from typing import Any

PROBLEM = {
    "type": "object",
    "description": "What was wrong, as in RFC 9457. `code` is stable; `fields` names the parameters at fault.",
    "properties": {
        "type": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "fields": {"type": "object"},
    },
    "required": ["type", "status", "code", "detail"],
    "examples": [
        {
            "type": "about:blank",
            "status": 404,
            "code": "not_here",
            "detail": "There is nothing here for you. Check the link or the code, or ask for a new one.",
        }
    ],
}
TOLD = {
    "description": "Something about the request cannot be done",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def with_problems(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """The schema, with the shape of problems in it and every resource said to answer with one."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    for path in result["paths"].values():
        for operation in path.values():
            for status in [s for s in operation["responses"] if s.startswith("4")]:
                operation["responses"][status] = TOLD
            operation["responses"]["4XX"] = TOLD
    return result


def with_sparse_rows(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """The schema, with no field of a row promised where a program says itself which it wants."""
    shapes = result["components"]["schemas"]
    for path in result["paths"].values():
        for operation in path.values():
            if any(one["name"] == "fields" for one in operation.get("parameters", ())):
                (content,) = operation["responses"]["200"]["content"].values()
                page = shapes[_named(content["schema"])]
                row = _named(page["properties"]["results"]["items"])
                sparse = {key: told for key, told in shapes[row].items() if key != "required"}
                shapes[f"{row}Row"] = sparse
                page["properties"]["results"]["items"] = {"$ref": f"#/components/schemas/{row}Row"}
    return result


def _named(schema: dict[str, str]) -> str:
    """The name of the shape a schema refers to."""
    return schema["$ref"].rpartition("/")[2]
