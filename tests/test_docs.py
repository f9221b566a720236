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


def test_every_setting_is_in_the_operators_table():
    page, asked = read("docs/operators/running.md"), settings()
    assert len(asked) > 20
    assert [setting for setting in asked if f"`{setting}`" not in page] == []


def test_every_command_is_documented():
    page, asked = read("docs/operators/commands.md"), commands()
    assert len(asked) > 20
    assert [command for command in asked if f"`manage.py {command}" not in page] == []


def test_every_error_code_is_documented():
    page, asked = read("docs/researchers/errors.md"), error_codes()
    assert len(asked) > 20
    assert [code for code in asked if f"`{code}`" not in page] == []


def test_every_kind_of_entry_in_the_record_is_documented():
    page, asked = read("docs/researchers/record.md"), record_kinds()
    assert len(asked) > 20
    assert [kind for kind in asked if f"`{kind}`" not in page] == []


def test_every_column_of_the_export_is_documented_as_the_dictionary_says():
    page = read("docs/researchers/data.md")
    told = [pair for table in TABLES.values() for pair in table.columns.items()]
    assert [c for c, meaning in told if f"| `{c}` | {meaning} |" not in page] == []


def test_the_readme_names_both_commands():
    assert "make demo" in read("README.md")
    assert "make test" in read("README.md")


def test_every_door_that_differs_is_in_the_table_of_who_may_come_in():
    lines = read("docs/operators/access.md").split("\n")
    rows = {door: [row for row in lines if f"`{door}`" in row] for door in DOORS if ":" in door}
    assert len(rows) > 20
    assert [d for d, found in rows.items() if len(found) != 1 or DOORS[d] not in found[0]] == []


# Of the Application Security Verification Standard 5.0.0: how many requirements each section has, and which of them are of level 3 alone.
SECTIONS = "1.1:2 1.2:10 1.3:12 1.4:3 1.5:3 2.1:3 2.2:3 2.3:5 2.4:2 3.1:1 3.2:3 3.3:5 3.4:8 3.5:8 3.6:1 3.7:5 4.1:5 4.2:5 4.3:2 4.4:4 5.1:1 5.2:6 5.3:3 5.4:3 6.1:3 6.2:12 6.3:8 6.4:6 6.5:8 6.6:4 6.7:2 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:3 7.6:2 8.1:4 8.2:4 8.3:3 8.4:2 9.1:3 9.2:4 10.1:2 10.2:3 10.3:5 10.4:16 10.5:5 10.6:2 10.7:3 11.1:4 11.2:5 11.3:5 11.4:4 11.5:2 11.6:2 11.7:2 12.1:5 12.2:2 12.3:5 13.1:4 13.2:6 13.3:4 13.4:7 14.1:2 14.2:8 14.3:3 15.1:5 15.2:5 15.3:7 15.4:4 16.1:1 16.2:5 16.3:4 16.4:3 16.5:4 17.1:2 17.2:8 17.3:2"  # fmt: skip
LEVEL_3 = "1.2.10 1.3.12 1.5.3 2.3.5 2.4.2 3.1.1 3.2.3 3.3.5 3.4.7 3.4.8 3.5.6 3.5.7 3.5.8 3.6.1 3.7.3 3.7.4 3.7.5 4.1.4 4.1.5 4.2.2 4.2.3 4.2.4 4.2.5 5.2.4 5.2.5 5.2.6 5.3.3 6.3.5 6.3.6 6.3.7 6.3.8 6.4.5 6.4.6 6.5.6 6.5.7 6.5.8 6.6.4 6.7.1 6.7.2 7.5.3 8.1.3 8.1.4 8.2.4 8.3.2 8.3.3 8.4.2 10.2.3 10.3.5 10.4.12 10.4.13 10.4.14 10.4.15 10.4.16 11.1.3 11.1.4 11.2.4 11.2.5 11.3.4 11.3.5 11.5.2 11.6.2 11.7.1 11.7.2 12.1.4 12.1.5 12.3.5 13.1.2 13.1.3 13.1.4 13.2.6 13.3.3 13.3.4 13.4.6 13.4.7 14.2.5 14.2.6 14.2.7 14.2.8 15.1.4 15.1.5 15.2.4 15.2.5 15.4.1 15.4.2 15.4.3 15.4.4 16.5.4 17.1.2 17.2.5 17.2.6 17.2.7 17.2.8"  # fmt: skip
TEST = re.compile(r"`([\w/]+\.py)(?:::(\w+))?`")
ASVS = re.findall(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+?) \| (.+) \|$", read("docs/operators/asvs.md"), re.MULTILINE)  # fmt: skip


def test_every_requirement_of_the_asvs_to_level_2_stands_in_our_table_once_and_in_order():
    sections = [one.split(":") for one in SECTIONS.split()]
    asked = [f"{section}.{n}" for section, most in sections for n in range(1, int(most) + 1)]
    assert len(asked) == 345
    assert [one for one, *_ in ASVS] == [one for one in asked if one not in LEVEL_3.split()]


@pytest.mark.parametrize("chapter", sorted({int(item.split(".")[0]) for item, *_ in ASVS}))
def test_each_of_them_names_tests_that_are_there_or_a_reason(chapter):
    for item, _, _, how in ASVS:
        if item.startswith(f"{chapter}."):
            assert re.search(r"(test|reason|operator|not met[^:]*): ", how), item
            assert "test: " not in how or TEST.search(how), item
            for path, name in TEST.findall(how):
                there = read(f"tests/{path}")
                assert not name or re.search(rf"(def|class) {name}\b", there), (item, name)
            for path in re.findall(r"\b(?:docs|static)/[\w/]+\.\w+", how):
                assert (ROOT / path).exists(), (item, path)
