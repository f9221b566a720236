"""The wording of the ladder's questions, in the site's languages.

Each asks for what the person saw, did or looks out for, praises nothing, suggests no answer and claims no experience of the machine's.
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from elicitation.interview.ladder import Rung

LONGEST = 140  # code points of the person's words that are shown again
QUESTIONS = {
    ("goal", 1): _("If this came true, what would be different, and for whom?"),
    ("goal", 2): _("Suppose there were another way to it. What would that way have to keep safe?"),
    ("goal", 3): _("How would you tell, in the middle of it, that it is going well? What do you look at?"),
    ("feeling", 1): _("When this feeling comes, what have you just seen, heard or thought of?"),
    ("feeling", 2): _("What would have to be there, or be gone, for the feeling to change?"),
    ("feeling", 3): _("What does this feeling tell you to take care of?"),
    ("rule", 1): _("If nobody kept to this, what would be lost, and for whom?"),
    ("rule", 2): _("Is there a case in which you would not hold to it? What would count for more there?"),
    ("rule", 3): _("When people keep to it well, what are they paying attention to?"),
    ("slogan", 1): _("Think of one time when this was really there. What could you see or hear?"),
    ("slogan", 2): _("What would show you that it is missing?"),
    ("slogan", 3): _("When you try to live by it, what do you pay attention to?"),
}  # fmt: skip


def question(rung: Rung) -> str:
    """The question of `rung` in the language in force, after the person's own words where there are any."""
    asked = str(QUESTIONS[rung.kind, rung.number])
    if not rung.words:
        return asked
    wrote = gettext("You wrote: “%(words)s”.") % {"words": _shown(rung.words)}
    return f"{wrote} {asked}"


def _shown(words: str) -> str:
    """`words` on one line, cut at a space where they are long, with a mark that they go on."""
    line = " ".join(words.split())
    if len(line) <= LONGEST:
        return line
    cut = line.rfind(" ", LONGEST // 2, LONGEST)
    return f"{line[: cut if cut > 0 else LONGEST]} …"
