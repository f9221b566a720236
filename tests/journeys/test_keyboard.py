"""The whole way of a citizen, and a moderator's decision, by keyboard alone, with scripts and without: wherever one is, it is to be seen."""

import pytest
from django.core.management import call_command

from elicitation.extraction import queries
from tests.workers import until

PHONE = {"viewport": {"width": 320, "height": 640}}
DESK = {"viewport": {"width": 1280, "height": 860}}
WORDS = "When the market opens, I look at whether old people find a bench in the shade."
MOST = 120  # presses of Tab over one page
# What has the focus: its name as a reader of the page hears it, and whether one sees that it has it.
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const label = one.labels?.[0]?.innerText || one.getAttribute("aria-label") || one.innerText || one.value || "";
  const at = document.elementFromPoint(box.left + Math.min(box.width, 40) / 2, box.top + Math.min(box.height, 40) / 2);
  const within = box.top >= -1 && box.top < innerHeight && box.right > 0;
  return {
    name: label.trim(), kind: one.tagName,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: within && (one.contains(at) || at?.contains(one) || [...(one.labels ?? [])].some((l) => l.contains(at))),
  };
}"""


@pytest.fixture
def links(reader, capsys):
    call_command("demo_links", "--base", "")
    lines = capsys.readouterr().out.split("\n")
    return dict(line.split() for line in lines if line)


class Keys:
    """A visitor who has a keyboard and nothing else."""

    def __init__(self, one, scripted):
        self.page, self.look, self.scripted = one.page, one.look, scripted

    def go(self, path):
        self.page.goto(path)

    def tab_to(self, name):
        """Press Tab until what is named so has the focus; each place on the way is to be seen."""
        for _ in range(MOST):
            self.page.keyboard.press("Tab")
            now = self.page.evaluate(FOCUSED)
            if now is None:
                continue
            assert now["ring"], f"{self.page.url}: one does not see that {now} has the focus"
            assert now["seen"], f"{self.page.url}: {now} has the focus out of sight"
            if name in now["name"]:
                return
        pytest.fail(f"{self.page.url}: Tab does not lead to {name}")

    def enter(self, name):
        """Go there and press Enter; a page follows."""
        self.tab_to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        if self.scripted:
            self.look()

    def reads(self, text):
        return self.page.get_by_text(text).first.is_visible()


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without scripts"])
def test_a_decision_and_the_whole_way_of_a_citizen_by_keyboard_alone(visitor, links, scripted):
    until(lambda: not queries.waiting().exists())
    moderator = Keys(visitor(**DESK, java_script_enabled=scripted), scripted)
    moderator.go(links["facilitator"])
    moderator.go("/run/riverside/queue/next/")
    moderator.enter("Accept as a new value")
    assert moderator.reads("Accepted as a new value.")
    moderator.enter("Undo")
    assert moderator.reads("Undone. The card waits again.")
    moderator.enter("Accept as a new value")

    citizen = Keys(visitor(**PHONE, java_script_enabled=scripted), scripted)
    citizen.go(links["citizen"])
    citizen.tab_to("Researchers may study")
    citizen.page.keyboard.press("Space")
    citizen.enter("I agree, let me begin")
    citizen.tab_to("What does this mean?")
    citizen.page.keyboard.press("Enter")
    citizen.tab_to("Your words")
    citizen.page.keyboard.type(WORDS)
    citizen.enter("Send")
    assert citizen.reads("Received")
    citizen.enter("See how it was understood")
    until(lambda: not queries.waiting().exists())
    citizen.page.reload()
    citizen.enter("Is this what you meant?")
    citizen.enter("Yes, that is it")
    assert citizen.reads("confirmed")
    citizen.enter("What others value")
    citizen.tab_to("Agree")
    citizen.page.keyboard.press("Enter")
    citizen.page.get_by_text("Kept: you agree.").wait_for()
    citizen.enter("My answers")
    citizen.enter("Withdraw")
    citizen.enter("Erase my words")
    assert citizen.reads("You withdrew this answer.")
