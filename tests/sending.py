"""Forms of real pages, filled in as somebody would who just presses each button, and what that wrote."""

from html.parser import HTMLParser
from urllib.parse import urlencode

from django.db import connection

WORDS = "Doors stay open at night."


class Forms(HTMLParser):
    """The forms of a page as (where to, fields, buttons). Of choices the last is taken, as pages put "nothing" first."""

    def __init__(self, page):
        super().__init__()
        self.found, self._choice = [], None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "form":
            self.found.append((told.get("action") or "", told.get("method", "get").lower(), {}, []))
        elif self.found:
            getattr(self, f"_{tag}", lambda told: None)(told)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag == "select":
            self._choice = None

    def _input(self, told):
        name, kind, value = told.get("name"), told.get("type", "text"), told.get("value") or ""
        if not name or kind in ("file", "submit"):
            return
        fields = self.found[-1][2]
        if kind in ("checkbox", "radio"):
            fields[name] = value or "on"
        elif kind in ("text", "search"):
            fields[name] = value or ("doors-stay-open" if name == "slug" else WORDS)
        elif kind == "datetime-local":
            fields[name] = value or f"203{len(fields)}-01-01T10:00"[:16]
        elif kind == "number":
            fields[name] = value or "5"
        else:
            fields[name] = value

    def _textarea(self, told):
        if told.get("name"):
            self.found[-1][2][told["name"]] = f"{WORDS}\nBenches, too."

    def _select(self, told):
        self._choice = told.get("name")

    def _option(self, told):
        if self._choice and told.get("value"):
            self.found[-1][2][self._choice] = told["value"]

    def _button(self, told):
        if told.get("type", "submit") == "submit":
            self.found[-1][3].append((told.get("name"), told.get("value") or ""))


def pressed(page):
    """What each button of each form of a page that changes something sends: (where to, fields, the button)."""
    for action, method, fields, buttons in Forms(page).found:
        for name, value in buttons or [(None, "")] if method == "post" else ():
            yield action, {**fields, **({name: value} if name else {})}, (name, value)


def send(client, path, fields):
    """Send a form as a browser does."""
    return client.generic("POST", path, urlencode(fields), content_type="application/x-www-form-urlencoded")  # fmt: skip


def written():
    """{table: (inserts, updates, deletes)} of the transaction under way, sessions left out: messages, and when a browser was last seen."""
    asked = "SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_user_tables"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        rows = cursor.fetchall()
    return {name: told for name, *told in rows if any(told) and name != "django_session"}
