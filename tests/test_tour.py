"""The tour in docs says what its script says, and shows pictures that are there."""

import re
import runpy

from tests.workers import ROOT

PAGE = ROOT / "docs" / "users" / "tour.md"


def test_the_tour_is_as_its_script_makes_it():
    assert (
        PAGE.read_text(encoding="utf-8") == runpy.run_path(str(ROOT / "scripts/tour.py"))["page"]()
    )


def test_every_picture_of_the_tour_is_there_and_no_other():
    shown = set(re.findall(r"images/tour/([a-z-]+\.png)", PAGE.read_text(encoding="utf-8")))
    assert shown == {one.name for one in (ROOT / "docs" / "images" / "tour").iterdir()}
