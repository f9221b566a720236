"""The documentation names everything a reader has to look up: settings, commands, error codes, record kinds, columns."""

import ast
import re
from pathlib import Path

import pytest

from deliberation.exports.tables import TABLES
from deliberation.web.rights import DOORS

ROOT = Path(__file__).parents[1]
SOURCES = [p for app in ("deliberation", "elicitation") for p in (ROOT / app).rglob("*.py")]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def calls(function):
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == function:
                yield node


def settings():
    named = re.findall(
        r'environ\.get\(\s*"(\w+)"|_needed\("(\w+)"', read("deliberation/project/settings.py")
    )
    return sorted({a or b for a, b in named})


def commands():
    return sorted(p.stem for p in SOURCES if p.parent.name == "commands" and p.stem != "__init__")


def error_codes():
    found = set()
    for path in SOURCES:
        if path.name == "errors.py":
            found |= set(re.findall(r'^    code = "(\w+)"', path.read_text(), re.MULTILINE))
    return sorted(found)


def record_kinds():
    found = set()
    for call in calls("append"):
        if call.args and isinstance(call.args[0], ast.Constant) and "." in str(call.args[0].value):
            found.add(call.args[0].value)
    return sorted(found | {f"decision.{k}" for k in ("accept", "merge", "send_back", "reject")})


@pytest.mark.parametrize("setting", settings())
def test_every_setting_is_in_the_operators_table(setting):
    assert f"`{setting}`" in read("docs/operators/running.md")


@pytest.mark.parametrize("command", commands())
def test_every_command_is_documented(command):
    assert f"`manage.py {command}" in read("docs/operators/commands.md")


@pytest.mark.parametrize("code", error_codes())
def test_every_error_code_is_documented(code):
    assert f"`{code}`" in read("docs/researchers/errors.md")


@pytest.mark.parametrize("kind", record_kinds())
def test_every_kind_of_entry_in_the_record_is_documented(kind):
    assert f"`{kind}`" in read("docs/researchers/record.md")


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_the_export_is_documented_as_the_dictionary_says(table):
    page = read("docs/researchers/data.md")
    for column, meaning in TABLES[table].columns.items():
        assert f"| `{column}` | {meaning} |" in page


def test_the_readme_names_both_commands():
    assert "make demo" in read("README.md")
    assert "make test" in read("README.md")


@pytest.mark.parametrize("address", [one for one in DOORS if ":" in one])
def test_every_door_that_differs_is_in_the_table_of_who_may_come_in(address):
    (row,) = [
        line for line in read("docs/operators/access.md").split("\n") if f"`{address}`" in line
    ]
    assert DOORS[address] in row
