"""The grammars of deontics.py made ready for reading: each field compiled, words kept whole. Free of Django."""

import re
from dataclasses import dataclass
from functools import cached_property

from elicitation.extraction.deontics import ENGLISH, GERMAN, POLISH, Deontic, Grammar
from elicitation.extraction.deontics_other import ARABIC, CHINESE, RUSSIAN
from elicitation.extraction.deontics_romance import FRENCH, PORTUGUESE, SPANISH

NAMES = {"must not": "must_not", "may": "may", "must": "must", "should": "should"}
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Words:
    """One language's patterns. `dense`: it writes no spaces, so a word has no edge."""

    grammar: Grammar
    dense: bool = False

    @cached_property
    def moods(self) -> re.Pattern[str]:
        """Every mood, each in a group named for its strength and deontic; the first that fits wins."""
        g = self.grammar
        groups = [("none", g.firm["none"]), ("must_not", g.firm["must not"]), ("banned", g.banned)]
        groups += [(name, g.firm[mood]) for mood, name in NAMES.items() if name != "must_not"]
        groups += [(f"weak_{NAMES[mood]}", pattern) for mood, pattern in g.weak.items()]
        groups += [("ruled_must_not", g.ruled_out), ("ruled_must", g.ruled)]
        return self._compiled("|".join(f"(?P<{name}>{pattern})" for name, pattern in groups))

    def deontic(self, mood: re.Match[str]) -> Deontic:
        """Which of the four moods a match of `moods` is."""
        group = mood.lastgroup or ""
        if group == "banned" or group.endswith("must_not"):
            return "must not"
        if group.endswith("may"):
            return "may"
        return "should" if group.endswith("should") else "must"

    @cached_property
    def no_aim(self) -> re.Pattern[str]:
        """What cannot begin an aim: the mood ended its clause."""
        return re.compile(r"\(|(?:and|und|et|y|e|i|и)(?!\w)", re.IGNORECASE)

    @cached_property
    def negation(self) -> re.Pattern[str]:
        return self._compiled(rf"(?:{self.grammar.negation}){self._edge}")

    @cached_property
    def imperative(self) -> re.Pattern[str]:
        return self._compiled(self.grammar.imperative)

    @cached_property
    def breaks(self) -> re.Pattern[str]:
        """Where a new clause begins before the first mood."""
        return re.compile(rf"[;；:：—؛]\s*|{self._whole(self._opens_clause)}", re.IGNORECASE)

    @cached_property
    def joints(self) -> re.Pattern[str]:
        """Where one may begin after a mood: any pause or joining word."""
        joined = r"and|or|y|o|et|ou|e|und|oder|i|lub|и|или|و|并|並|且"
        words = self._whole(f"{self._opens_clause}|{joined}")
        return re.compile(rf"[,;:，；：、،؛—]\s*|{words}", re.IGNORECASE)

    @cached_property
    def opening(self) -> re.Pattern[str]:
        return self._compiled(rf"[\s,،，]*{self.grammar.opening}(?:{self._edge}[\s,،，]*)")

    @cached_property
    def condition_start(self) -> re.Pattern[str]:
        return self._compiled(rf"[\s,،，]*(?:{self.grammar.condition}){self._edge}")

    @cached_property
    def condition(self) -> re.Pattern[str]:
        only = r"(?:only|nur|solo|sólo|seulement|só|только|tylko)\s+"
        return self._compiled(rf"(?:{only})?(?:{self.grammar.condition}){self._edge}")

    @cached_property
    def or_else(self) -> re.Pattern[str]:
        return self._compiled(rf"(?:{self.grammar.or_else}){self._edge}")

    def pauses(self, text: str, at: int) -> bool:
        """Whether a single word at `at` stands after a pause, as "otherwise" does where it opens a clause."""
        return self.dense or text[:at].rstrip().endswith((",", ";", "،", "—", "-", ":"))

    @cached_property
    def restricts(self) -> re.Pattern[str]:
        return self._compiled(rf"(?:{self.grammar.restricts})")

    @cached_property
    def relative_end(self) -> re.Pattern[str]:
        return self._compiled(
            rf"(?:{self.grammar.relative})(?:\s+(?:also|then|it|no|le|lo|la|se|me|ne|não|не|nicht))*$"
        )

    @cached_property
    def indirect_end(self) -> re.Pattern[str]:
        return self._compiled(rf"(?:{self.grammar.indirect})(?:\s+\w+){{1,5}}$")

    @cached_property
    def leading(self) -> re.Pattern[str]:
        return self._compiled(rf"(?:{self.grammar.leading}){self._edge}")

    @cached_property
    def which_end(self) -> re.Pattern[str]:
        return self._compiled(rf"(?:{self.grammar.which})$")

    @cached_property
    def first_person(self) -> re.Pattern[str]:
        return re.compile(self.grammar.first_person, re.IGNORECASE)

    @cached_property
    def first_end(self) -> re.Pattern[str]:
        return self._compiled(rf"(?:{self.grammar.first_person})\s*$")

    def after_first(self, text: str, at: int) -> bool:
        """Whether the speaker alone is the subject and stands right after the mood ("muss ich", "يجب علي")."""
        return bool(self._first_after.match(text, at))

    @cached_property
    def _first_after(self) -> re.Pattern[str]:
        return re.compile(r"(?:\s+(?:ich|علي|عليّ|yo|eu)(?!\w)|要?我(?!们|們|的))", re.IGNORECASE)

    @cached_property
    def wish(self) -> re.Pattern[str]:
        return self._compiled(self.grammar.wish)

    @cached_property
    def doubt(self) -> re.Pattern[str]:
        return self._compiled(rf"(?:{self.grammar.doubt})(?:[\s,]+(?:that|que|dass|что|że|أن))?")

    @cached_property
    def nobody(self) -> re.Pattern[str]:
        return self._compiled(self.grammar.nobody)

    def of_nothing(self, before: str) -> bool:
        """Whether a mood is told of nothing, as in "there is nothing that should be sold": that turns it round, and states no rule."""
        about = self.relative_end.search(before)
        starts = [word.start() for word in WORD.finditer(before[: about.start()])] if about else []
        return any(self.nobody.match(before, at) and "," not in before[at:] for at in starts[-3:])

    @cached_property
    def no_actor(self) -> re.Pattern[str]:
        return re.compile(self.grammar.no_actor, re.IGNORECASE)

    @cached_property
    def finite(self) -> re.Pattern[str]:
        return re.compile(self._whole(self.grammar.finite), re.IGNORECASE)

    @cached_property
    def relative(self) -> re.Pattern[str]:
        return re.compile(self._whole(self.grammar.relative), re.IGNORECASE)

    @cached_property
    def reasons(self) -> re.Pattern[str]:
        """Where a rule ends and what else is said of it begins."""
        run_on = rf"[,，]\s*(?=(?:{self.grammar.runs_on}){self._edge})"
        return re.compile(rf"[;；—؛]|{run_on}|{self._whole(self.grammar.breaks)}", re.IGNORECASE)

    @cached_property
    def passive(self) -> re.Pattern[str]:
        return re.compile(self.grammar.passive, re.IGNORECASE)

    @cached_property
    def agent(self) -> re.Pattern[str]:
        who = r"[^,;:，；،.]{1,80}?(?=\s+(?:in|as|for|at|on|with|to|and|during|within|if|when|from|for|prior)\s|[,;:，；،.]|$)"
        return self._compiled(rf"{self.grammar.agent}(?P<who>{who})")

    @cached_property
    def impersonal(self) -> re.Pattern[str]:
        return re.compile(self.grammar.impersonal, re.IGNORECASE)

    @cached_property
    def inverted(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self.grammar.inverted}){self._edge}", re.IGNORECASE)

    @cached_property
    def verb_last(self) -> re.Pattern[str]:
        """Found at the end of what stands before a clause."""
        return self._compiled(rf"(?:{self.grammar.verb_last})\s*$")

    @cached_property
    def addressed(self) -> re.Pattern[str]:
        return re.compile(self.grammar.addressed, re.IGNORECASE)

    @cached_property
    def permits(self) -> re.Pattern[str]:
        return re.compile(self.grammar.permits, re.IGNORECASE)

    @cached_property
    def supposes(self) -> re.Pattern[str]:
        return re.compile(self.grammar.supposes, re.IGNORECASE)

    @cached_property
    def pronoun(self) -> re.Pattern[str]:
        return re.compile(
            r"(?:^|\W)(?:it|this|that|they|you|we|i|he|she|these|those|some|there|which|who)\s+$",
            re.IGNORECASE,
        )

    @cached_property
    def commas(self) -> re.Pattern[str]:
        return re.compile(r"[,،，]")

    @cached_property
    def listing(self) -> re.Pattern[str]:
        """An "and" or "or" after a comma, or a comma among many: a list of subjects."""
        return re.compile(r"[,،]\s*(?:and|or|y|o|et|ou|e|und|oder|i|lub|и|или)\s", re.IGNORECASE)

    @property
    def _edge(self) -> str:
        return "" if self.dense else r"(?!\w)"

    @property
    def _opens_clause(self) -> str:
        return f"{self.grammar.breaks}|{self.grammar.says_that}"

    def _whole(self, words: str) -> str:
        return rf"{self._front}(?:{words}){self._edge}"

    @property
    def _front(self) -> str:
        return "" if self.dense else r"(?<!\w)"

    def _compiled(self, pattern: str) -> re.Pattern[str]:
        return re.compile(rf"{self._front}(?:{pattern})", re.IGNORECASE)


LANGUAGES = {
    "en": Words(ENGLISH), "es": Words(SPANISH), "fr": Words(FRENCH), "pt": Words(PORTUGUESE), "de": Words(GERMAN),
    "pl": Words(POLISH), "ru": Words(RUSSIAN), "ar": Words(ARABIC), "zh": Words(CHINESE, dense=True),
}  # fmt: skip
COMMON = {
    code: re.compile(rf"(?<!\w)(?:{words.grammar.common})(?!\w)", re.IGNORECASE)
    for code, words in LANGUAGES.items()
    if code not in {"ru", "ar", "zh"}
}
