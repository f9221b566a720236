"""What measures and their parts are called, and how each is reckoned, in words for who runs or studies an assembly."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deliberation.measures.figure import Measure

NAMES: Mapping[Measure, Promise] = {
    Measure.TURNOUT: _("Who came, beside who was aimed at"),
    Measure.COMPLETION: _("How far people came"),
    Measure.TIME: _("How long it took"),
    Measure.READING: _("How well answers were read, as their authors see it"),
    Measure.EDITING: _("How often cards were put in other words"),
    Measure.AGREEMENT: _("Whether two who moderate agree"),
    Measure.SURVEY: _("How it was for people"),
}
METHODS: Mapping[Measure, Sequence[Promise]] = {
    Measure.TURNOUT: (
        _("Of the first whole tens who said something of themselves; of fewer than ten of a kind nothing is told. Intervals are Wilson's (1927)."),
        _("The index of dissimilarity (Duncan and Duncan 1955) is the share of people who would have to be of another kind to make the shares you aim at; it is told where every answer has a target and these make 100. Where a kind is not told, all such kinds count as one, and the index is at least what stands here. Chance alone: about what it would come to if as many people were drawn at random from a population as you aim at."),
    ),
    Measure.COMPLETION: (
        _("People are those who agreed to take part; AI agents are left out. A prompt is the same step in all its wordings. Stopped here: sent this, and nothing that comes later on the way."),
        _("Not known: who looked at a page. Nobody is followed, so only what people did is counted. Texts begun are kept for 30 days. What was erased is not counted where nothing of it is left."),
    ),
    Measure.TIME: (
        _("A stretch is the time between two acts that are kept anyway. A prompt: from agreeing, or from the answer before, until the answer was received; what a helper wrote down is left out. Something said to a value or comparison: from when it was drawn for somebody until they first said something to it."),
        _("Stretches of more than half an hour are pauses, left out and counted. Told from ten stretches on, of the newest 100,000. Quartiles by interpolation (Hyndman and Fan 1996, definition 7); the interval of the median from order statistics (Campbell and Gardner 1988). Not known: how long anybody read a page or looked at a card."),
    ),
    Measure.READING: (
        _("Of the cards authors rated, as they were read and before they changed a word: by engine, model, version of the prompt, and language. Whoever likes to answers, so those who did need not speak for the others. Cards are counted, and somebody may have several: the intervals (Wilson 1927) take them as independent."),
    ),
    Measure.EDITING: (
        _("Of the cards their authors answered. Words changed: the fewest words to put in, strike or replace (Wagner and Fischer 1974), over all changes to a card; half of the changed cards changed by at most the median. Cards changed before words were counted are in the share and not in the words."),
    ),
    Measure.AGREEMENT: (
        _("Cases drawn by their keys are judged by a second person who does not see the first judgement: cards, people's rules, pairs of values that seem one. Nothing else in the queue is doubled. The first judgement counts as it was made, though undone since."),
        _("Cohen's kappa (1960), with the interval of Fleiss, Cohen and Everitt (1969); Krippendorff's alpha for nominal answers (2011), with a jackknife interval over cases. 1 is full agreement, 0 what chance alone would give. Where all agree, or all gave one answer, chance leaves nothing to tell and a figure or interval is missing. With few cases, take them lightly."),
    ),
    Measure.SURVEY: (
        _("Six sentences put before people at the end of their way, to be left out by who likes to. Agree: mostly or fully. Each is told of the first whole tens who answered it. Intervals are Wilson's (1927)."),
        _("They ask of what the study of the first moral graph asked of (Klingefjord, Lowe and Edelman 2024), in words of our own, so that its figures can stand beside and not be compared point by point. Of learning and trust we found no published figure."),
    ),
}  # fmt: skip
PARTS: Mapping[str, Promise] = {
    "said": _("said something of themselves"),
    "people": _("share of people"),
    "target": _("aimed at"),
    "dissimilarity": _("index of dissimilarity"),
    "dissimilarity_at_least": _("index of dissimilarity, at least"),
    "by_chance": _("chance alone would give about"),
    "sent_something": _("sent an answer"),
    "answered_a_card": _("said something to a card, of those who got one"),
    "owns_a_card": _("said yes to a card, of those who got one"),
    "weighed": _("said something to others' values"),
    "compared": _("compared two values"),
    "sent": _("sent this"),
    "begun_not_sent": _("have begun it and not sent it"),
    "withdrawn": _("withdrew it, of those who sent it"),
    "stopped_here": _("stopped here, of those who sent it"),
    "time_median": _("median"),
    "time_lower": _("lower quartile"),
    "time_upper": _("upper quartile"),
    "pauses": _("pauses, left out"),
    "rated": _("cards rated"),
    "yes": _("says what I care about: yes"),
    "partly": _("says what I care about: partly"),
    "no": _("says what I care about: no"),
    "edited": _("put in other words"),
    "words_median": _("words changed, median"),
    "words_lower": _("words changed, lower quartile"),
    "words_upper": _("words changed, upper quartile"),
    "agreed": _("judged alike"),
    "kappa": _("Cohen's kappa"),
    "alpha": _("Krippendorff's alpha"),
    "same_joined": _("joined by both: to the same"),
    "answered": _("answered something, of those who came to the questions"),
    "agree": _("agree"),
}
# What figures are of that have no words of their own.
WHOLES: Mapping[str, Promise] = {
    "way": _("All the way"),
    "all": _("All"),
    "weighing": _("Saying something to a value"),
    "comparing": _("Comparing two values"),
}
