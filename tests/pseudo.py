"""A language in which every translated text stands between marks, and a reader of pages that finds what stands outside them."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from django.apps import apps
from django.db import models
from django.utils.translation import trans_real

TAKES_THE_PLACE_OF = "de"
HOLE = re.compile(r"%\(\w+\)[\d.]*[a-z]|%[sd]")
MARK = re.compile("([⟦⟧⟪⟫])")
LETTERS = re.compile(r"[^\W\d_]{2,}")
SHOWN = ("title", "alt", "aria-label", "aria-description", "aria-roledescription", "placeholder")
SILENT = {"script", "style", "code", "kbd"}  # what a program reads, and the names of keys
APART = {"bdi", "option", "title"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}  # fmt: skip


def marked(text):
    """The text between marks, with what is filled into it between marks of its own."""
    said = text.rpartition("\x04")[2]
    return f"⟦{HOLE.sub(lambda hole: f'⟪{hole[0]}⟫', said)}⟧"


class Marked(trans_real.DjangoTranslation):
    """Marks every text the catalogues of its language know, ours and Django's."""

    def knows(self, message):
        return message in self._catalog or (message, 0) in self._catalog

    def gettext(self, message):
        return marked(message) if self.knows(message) else message

    def ngettext(self, one, many, number):
        return marked(one if number == 1 else many) if self.knows(one) else one


def outside(text, within=()):
    """The pieces of `text` that nothing marked, and what was left open at its end."""
    open_marks, found = list(within), []
    for piece in MARK.split(text):
        if piece in ("⟦", "⟪"):
            open_marks.append(piece)
        elif piece in ("⟧", "⟫"):
            open_marks.pop()
        elif open_marks[-1:] != ["⟦"] and LETTERS.search(piece):
            found.append(" ".join(piece.split()))
    return found, open_marks


@dataclass(frozen=True)
class Element:
    """An element that is open: whether it says it is in another language than the page, and whether its direction is its own."""

    tag: str
    foreign: bool = False
    apart: bool = False


class Page(HTMLParser):
    """What a reader of the page sees or hears that nothing marked, as (where, words); `beside` is the part of it whose direction follows the page's."""

    def __init__(self, page):
        super().__init__()
        self.found, self.beside, self.within, self.above = [], [], [], [Element("")]
        self.feed(page)
        assert self.within == [], self.within

    def handle_starttag(self, tag, attrs):
        told, around = {name: value or "" for name, value in attrs}, self.above[-1]
        foreign = told["lang"] != TAKES_THE_PLACE_OF if told.get("lang") else around.foreign
        apart = around.apart or tag in APART or told.get("dir") == "auto"
        for name, value in told.items():
            if not foreign and (name in SHOWN or is_button(tag, name, told)):
                self.found += [(f"{tag} {name}", words) for words in outside(value)[0]]
        if tag not in VOID:
            self.above.append(Element(tag, foreign, apart))

    def handle_endtag(self, tag):
        while len(self.above) > 1 and self.above.pop().tag != tag:
            pass

    def handle_data(self, data):
        here = self.above[-1]
        if SILENT & {element.tag for element in self.above}:
            return
        pieces, self.within = outside(data, self.within)
        said = [(here.tag, words) for words in pieces]
        self.found += [] if here.foreign else said
        self.beside += [] if here.apart else said


def is_button(tag, name, told):
    return tag == "input" and name == "value" and told.get("type") in ("submit", "button")


def told_by_people():
    """Every text people or a machine left in the database: what a page shows without translating it."""
    for model in apps.get_models():
        if model._meta.app_label == "record":
            continue
        for kept in model.objects.values(*(f.attname for f in model._meta.fields if is_told(f))):
            for value in kept.values():
                yield from strings(value)


def is_told(field):
    """Whether people chose its words: no code that stands for one of our own."""
    return not field.choices and not isinstance(field, (models.SlugField, models.ForeignKey))


def strings(value):
    """All texts in a value of a column, in one line each."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for part in value:
            yield from strings(part)
    elif isinstance(value, str):
        yield " ".join(value.split())
