"""The words by which nine languages say must, must not, may and should, as patterns for grammar.py. Free of Django.

A mood that is *firm* states a rule wherever it stands. A *weak* one ("can", "may", "will") mostly tells what is possible or to
come, and states a rule only in a rulebook or beside a word that restricts ("only", "unless"). Under "none" stand turns
that look like a rule and say that there is none ("does not have to").
"""

from dataclasses import dataclass
from typing import Literal

Deontic = Literal["must", "must not", "may", "should"]
Moods = dict[str, str]  # deontic, or "none", to a pattern


@dataclass(frozen=True, slots=True)
class Grammar:
    """One language. Every field is a regular expression, read without regard to case."""

    common: str  # words that tell this language from its neighbours in the same script
    firm: Moods
    weak: Moods
    banned: str  # "is forbidden": the aim is what stands before it, where nothing follows
    condition: str  # opens a condition
    restricts: str  # makes a rule of a weak mood
    or_else: str
    opening: str  # what may stand before the statement proper: "I think that"
    breaks: str  # begins a new clause inside a sentence
    relative: str  # right before the mood: the clause is about a thing, not a rule
    first_person: str  # the whole subject: a plan for oneself
    wish: str
    doubt: str  # "I do not think that": turns the mood round
    nobody: str  # a subject that says no
    no_actor: str  # a subject that names no one: "there"
    finite: str  # common verbs that show a clause of its own inside a subject
    passive: str  # at the start of the aim: the subject is what is acted on
    agent: str  # "by", before who acts in a passive
    imperative: str  # opens a sentence that tells everybody not to
    indirect: str = r"(?!)"  # "how it should be": a question told, not a rule
    leading: str = (
        r"(?!)"  # opens a sentence with a condition, a purpose or a concession: no rule in itself
    )
    which: str = r"(?!)"  # "which the board": who acts on the thing meant
    says_that: str = r"(?!)"  # before a clause that is the matter of another
    comma_before: bool = False  # writers part subject and mood by a comma
    impersonal: str = r"(?!)"  # moods that have no subject: "il faut"
    inverted: str = r"(?!)"  # right after the mood: its subject, so that none stands before
    verb_last: str = r"(?!)"  # before a clause whose mood may end it: "ich finde, dass alle ..."
    negation: str = r"(?!)"  # what says no before such a mood
    runs_on: str = r"(?!)"  # after a comma: a new sentence in all but its stop
    addressed: str = r"(?!)"  # right after the mood: who has to act
    ruled: str = r"(?!)"  # "will": a duty, in a rulebook alone
    ruled_out: str = r"(?!)"  # "will not"
    permits: str = r"(?!)"  # a weak mood that permits unless what follows makes it a guess
    supposes: str = r"(?!)"  # what makes it one


OBLIGED = r"(?:have|has|had|needs?)\s+to|(?:is|are|was|were)\s+(?:required|obliged|obligated|bound|forced)\s+to"
AMONG = r"\s+(?:else|here|there|of\s+(?:us|you|them|the\s+\w+)|(?:in|at|on|from)\s+(?:the|this|that|our|my)\s+\w+)"
ADVERB = r"(?:\s+(?:always|also|just|ever|\w+ly))*"
NEVER = r"(?:(?:in|under)\s+no\s+(?:case|event|way|manner|situation|circumstance|condition)s?|by\s+no\s+means|on\s+no\s+account|at\s+no\s+time)"
ASIDE = r"(?:,[^,.;:]{1,60},)?"  # "must, if it rains, not"
LISTED = r"\s*:?\s*(?:\(\w{1,4}\)\s*)?"  # "must: (1) not"
LICENSED = r"(?:allowed|permitted|authori[sz]ed|entitled|empowered|at\s+liberty)\s+to\b"
ENGLISH = Grammar(
    common=r"the|and|of|to|is|are|not|should|must|with|for|it|that|people|be|in|i|we|on|this|you|"
    r"they|a|at|or|can|if|but|do|my|our|was|when|no",
    firm={
        "none": rf"(?:no\s*body|no\s+one|none|neither|nothing)(?:{AMONG})*\s+(?:{OBLIGED})\b|"
        rf"no(?!\s+(?:doubt|matter|longer|wonder|less|more)\b)(?:\s+\w+){{1,2}}\s+(?:{OBLIGED})\b|"
        rf"(?:no\s*body|no\s+one|none)(?:{AMONG})*\s+will\s+(?:have|need)\s+to\b|"
        r"(?:shall\s+|must\s+)?(?:have|has|be|is|are)\s+(?:under\s+)?no\s+(?:duty|obligation)\s+to\b|"
        r"(?:shall|must|will|would)\s+not\s+(?:have|need)\s+to\b|(?:must|wo|would)n['’]?t\s+(?:have|need)\s+to\b|"
        r"never\s+(?:have|has|had|needs?)\s+to\b|"
        r"(?:do|does|did|would|should|need)(?:\s+not|n['’]?t)\s+(?:have|need)\s+to\b|"
        r"need(?:\s+not|n['’]t)\b|"
        r"(?:must|should)\s+(?:not\s+)?have\s+(?:been|had|gone|done|known|taken|made|seen|"
        r"come)\b|should\s+not\s+be\s+(?:banned|"
        r"prohibited|forbidden)\b|has\s+to\s+do\s+with|have\s+to\s+(?:do\s+with|say|admit)\b",
        "must not": rf"(?:must|shall|should|ought){ADVERB}{ASIDE}{LISTED}(?:not(?!\s+only\b)|"
        rf"neither|never|{NEVER})(?:\s+(?:ever|to|be\s+(?:allowed|permitted)\s+to))?\b|"
        r"(?:must|should|ought|shan)n?['’]?t\b(?:\s+(?:even|ever|to|be\s+(?:allowed|"
        r"permitted)\s+to))?|"
        r"(?:shall|must|should)\s+be\s+no\b|(?:should|must|"
        r"shall)\s+be\s+(?:\w+ly\s+)?(?:prohibited|forbidden|banned)\s+(?:to|from)\b|"
        rf"(?:(?:is|are)\s+(?:not|never)|(?:is|are)n['’]?t)\s+{LICENSED}|"
        r"(?:(?:do|does)\s+not|(?:do|does)n['’]?t|never)\s+ha(?:ve|s)\s+(?:the|any|a)\s+right\s+to\b|"
        r"(?:have|has)\s+no\s+right\s+to\b|(?:shall|must|should)\s+have\s+no\s+(?:right|power|authority)\s+to\b|"
        r"(?:it\s+is|it['’]s|is|are)(?:\s+\w+ly)?\s+(?:prohibited|forbidden|banned)\s+(?:to|"
        r"from)\b|shall\s+be\s+(?:unlawful|illegal)(?=\s+(?:for|to)\b)|"
        r"nor\s+(?:shall|must|should)\b",
        "may": rf"(?:is|are)(?:\s+(?:also|hereby))?\s+(?:{LICENSED}|free\s+to\b)|"
        rf"also\s+authori[sz]ed\s+to\b|(?:should|shall|must)\s+be\s+(?:{LICENSED}|free\s+to\b)|"
        r"shall\s+have\s+(?:the\s+)?(?:power|authority|right|discretion)\s+to\b|"
        r"(?:have|has)\s+the\s+right\s+to\b",
        "must": r"shall(?:\s+be\s+required\s+to)?\b|must(?:\s+be\s+required\s+to)?\b|(?:have|has|"
        r"needs?)\s+to\b|"
        r"(?:have|has)\s+(?:a|the)\s+duty\s+to\b|(?:(?:have|has)|(?:is|are)\s+under)\s+an\s+obligation\s+to\b|"
        r"(?:is|are)\s+(?:required|obliged|obligated|bound)\s+to\b|it\s+is\s+(?:mandatory|"
        r"compulsory)\s+(?:that|to|for)\b",
        "should": r"should\b|ought\s+to\b|had\s+better\b",
    },
    weak={
        "must not": rf"(?:may|can){ADVERB}\s+(?:neither|{NEVER})\b|may{ADVERB}{ASIDE}\s+(?:not|never)\b|can{ADVERB}\s*(?:not|never)\b|"
        r"can['’]t\b|(?:is|are)\s+(?:unlawful|illegal)(?=\s+(?:for|to)\b)",
        "may": r"may\b|can\b|(?:have|has)\s+(?:the\s+)?(?:power|authority|discretion)\s+to\b",
        "should": r"(?:is|are)\s+(?:encouraged|expected|requested|urged)\s+to\b",
    },
    banned=r"(?:(?:is|are|should\s+be|must\s+be|shall\s+be|"
    r"needs?\s+to\s+be)(?:\s+\w+ly)?\s+(?:prohibited|forbidden|banned|outlawed))\b",
    condition=r"if|unless|when(?:ever)?|while|until|once|as\s+long\s+as|so\s+long\s+as|"
    r"provided\s+that|(?<=,\s)provided|except|in\s+case|"
    r"in\s+the\s+event|without|before|after|during|within|upon\s+(?:receipt|request|notice|"
    r"completion|approval|application)|pursuant\s+to|"
    r"in\s+accordance\s+with|at\s+least|no\s+later\s+than|as\s+needed",
    restricts=r"unless|as\s+long\s+as|so\s+long\s+as|provided|only\s+(?:if|when|after)|"
    r"without\s+(?:\w+\s+){0,2}?(?:consent|permission|approval|asking)",
    or_else=r"or\s+else|otherwise|on\s+pain\s+of|under\s+penalty\s+of|or\s+(?:face|pay|lose|"
    r"forfeit|be\s+(?:fined|banned|punished))",
    opening=r"(?:i\s+(?:also\s+|really\s+|strongly\s+|just\s+|do\s+)?(?:think|believe|feel|guess|"
    r"would\s+say)|no\s+doubt|in\s+my\s+(?:opinion|view)|yes|no(?=,)|well|first(?:ly)?|"
    r"second(?:ly)?|also|so|and|but|or|then|however|therefore|thus|personally|maybe|perhaps|"
    r"to\s+me|for\s+me|that|because|as\s+such)",
    breaks=r"but(?!\s+(?:not|never|only|always|also|rather)\b)|because|since|"
    r"so(?=\s+\w)(?!\s+that)|therefore|although|though|whereas|however|hence|i\s+(?:think|"
    r"believe|feel)(?:\s+that)?",
    indirect=r"if|whether|how|what|where|when|why|until",
    leading=r"if|unless|where|when(?:ever)?|until|once|in\s+order\s+that|so\s+that|(?:even\s+|al)?though|whereas|while|in\s*so\s*far\s+as|to\s+the\s+extent(?:\s+that)?",
    which=r"(?:that|which|whom|where|whether(?:\s+or\s+not)?)\s+(?:(?:the|an?|any|each|such|our|your|their)(?:\s+\w+){1,2}|it|he|she|they|we|you)",
    says_that=r"(?:is|remember|remind\s+\w+(?:\s+\w+)?|ensure|sure|clear|important|think|believe|"
    r"feel|say|means|agree|fact)\s+that",
    relative=r"that|which|who|whom|where|when|if|what|how|whether|whose|as|than|why",
    first_person=r"i|i\s+\w+ly|me|myself",
    wish=r"\bi\s+(?:do\s+|just\s+|really\s+|sincerely\s+)?(?:hope|wish|want|would\s+(?:like|"
    r"love)|['’]d\s+(?:like|love))\b|\bi['’]d\s+(?:like|love)\b|\bhopefully\b",
    doubt=r"\bi\s+(?:do\s+not|don['’´]?t|never)\s+(?:really\s+)?(?:think|believe|feel)\b",
    nobody=rf"(?:{NEVER}|nothing(?!\s+(?:but|except|short|less|more)\b)(?:\s.*)?|no\s*body|no\s+one|none|neither|nor|"
    r"no(?!\s+(?:doubt|matter|wonder|(?:less|fewer|later|sooner|earlier)\s+than)\b))(?!\w)",
    no_actor=r"there|here|and|(?:in|on|at|for|with|by|from|to|about|under|despite|as|of|"
    r"upon\s+(?:receipt|request|notice|completion|approval|application)|"
    r"not)\s.*",
    finite=r"i|is|are|am|was|were|has|can|can['’]t|cannot|will|would|isn['’]t|don['’]?t|"
    r"doesn['’]?t|could|might|it['’]s",
    passive=r"(?:(?:only|always|also|never|then|"
    r"\w+ly)\s+)*be\s+(?:\w+ly\s+)*(?:not\s+)?(?:(?!(?:allowed|supposed|concerned|interested|"
    r"comprised|composed|"
    r"committed|dedicated|involved)\b)\w+ed|made|given|kept|held|sold|sent|taken|done|put|set|"
    r"built|seen|shown|told|known|found|left|brought|written|paid)\b",
    agent=r"by\s+(?!\w+ing\b)",
    imperative=r"(?:please\s+)?(?:do\s+not|don['’]t|dont|never)\s+(?!(?:think|know|believe|care|"
    r"have|mind|see|want|like|feel|agree|get|worry|really|even|consider)\b)",
    comma_before=True,
    impersonal=r"it(?:\s|['’]s).*",
    runs_on=r"this|it|that['’]s|they|we|i|he|she|these|you",
    ruled=r"will\b",
    ruled_out=rf"will{ADVERB}\s+(?:not|never)\b|won['’]t\b",
    permits=r"may",
    supposes=r"(?:be|still|currently|perhaps|view|see|become|seem|appear|feel|need|want|have|"
    r"lead|cause|also|even|result|look|"
    r"find|think|know|well|help|not|already|create|affect|make|"
    r"start|end|get|come|lose|develop|reinforce|mean|provide)\b",
)
KEINER = r"(?:niemand|nichts|keiner|keine[rsnm]?|kein)"
MUSS = r"muss|müssen|müsste|müssten"
GERMAN = Grammar(
    common=r"und|der|die|das|nicht|ist|ein|eine|zu|den|mit|sich|auf|muss|müssen|soll|sollen|"
    r"sollte|sollten|darf|dürfen|auch|werden|ich|wir|dass|alle|es|man|für|von|kann|wenn|aber|"
    r"hier|oder|im|war|in|\w*[äß]\w*",
    firm={
        "none": rf"{KEINER}(?:\s+\w+){{0,2}}\s+(?:{MUSS})\b|(?:{MUSS})\s+(?:\w+\s+)?(?:{KEINER}|nie(?:mals)?)\b|"
        r"(?:muss|müssen|musste)\s+(?:\w+\s+){0,2}nicht\s+(?:mehr\s+)?(?=\w)|brauch(?:t|"
        r"en)\s+(?:\w+\s+)?nicht|(?:hätte|hätten)\s+\w+\s+sollen|es\s+soll\s+geben|"
        r"(?:ist|sind|wird)\s+(?:\w+\s+)?nicht\s+(?:verboten|untersagt)",
        "must not": r"(?:darf|dürfen|soll|sollen|sollte|"
        r"sollten)\s+(?:\w+\s+){0,3}?(?:nicht(?!\s+nur)|niemals|nie|keinesfalls|weder)\b|(?:ist|"
        r"sind|wird)\s+(?:\w+\s+)?"
        r"(?:verboten|untersagt|nicht\s+erlaubt),?(?=\s+zu|\s*,)|"
        r"(?:hat|haben)\s+(?:\w+\s+)?(?:nicht\s+das|kein(?:erlei)?)\s+Recht(?=\s+zu\b|\s*,)|"
        r"(?:ist|sind)\s+(?:\w+\s+)?nicht\s+(?:berechtigt|befugt|ermächtigt)(?=\s+zu\b|\s*,)|(?:darf|dürfen|soll|sollte|"
        r"sollten|sollen)(?=\s+(?:\w+\s+){0,3}kein)",
        "may": r"(?:ist|sind)\s+(?:es\s+)?erlaubt|(?:ist|sind)\s+(?:dazu\s+)?(?:berechtigt|befugt|ermächtigt)(?=\s+zu\b|\s*,)|(?:darf|dürfen)\b|(?:hat|haben)\s+das\s+Recht\b",
        "must": r"muss\b|müssen\b|(?:ist|sind)\s+verpflichtet\b|es\s+ist\s+(?:nötig|notwendig|"
        r"Pflicht)",
        "should": r"sollte[n]?\b|soll(?:en)?\b|müsste[n]?\b",
    },
    weak={"must not": r"(?:kann|können)\s+(?:nicht|nie)\b", "may": r"kann\b|können\b"},
    banned=r"(?:ist|sind|gehören|gehört)\s+(?:\w+\s+)?(?:verboten|untersagt)|(?:muss|müssen|soll|"
    r"sollen|sollte|sollten)\s+(?:\w+\s+)?(?:verboten|untersagt)\s+werden",
    condition=r"wenn|falls|sobald|solange|bevor|nachdem|während|sofern|außer|ohne|bis|nur\s+wenn",
    restricts=r"nur\s+wenn|solange|sofern|es\s+sei\s+denn|ohne\s+(?:\w+\s+)?(?:Zustimmung|"
    r"Erlaubnis|Einwilligung)",
    or_else=r"sonst|andernfalls|ansonsten|oder\s+er\s+zahlt|bei\s+Strafe",
    opening=r"(?:ich\s+(?:denke|glaube|finde|meine)|meiner\s+Meinung\s+nach|ja|und|aber|also|"
    r"auch|dass|denn|oder)",
    breaks=r"aber|weil|denn|sondern|deshalb|daher|jedoch|(?<=,\s)da|ich\s+(?:denke|glaube|finde)(?:,?\s+dass)?",
    relative=r"die|der|das|den|wo|was|wie|ob|wenn",
    first_person=r"ich",
    wish=r"\bich\s+(?:hoffe|wünsche|will|möchte)\b|\bhoffentlich\b",
    doubt=r"\bich\s+(?:glaube|denke|finde|meine)\s+nicht\b",
    nobody=r"(?:(?:in\s+keinem|auf\s+keinen)\s+Fall|unter\s+keinen\s+Umständen|keinesfalls|niemand|nichts|keiner|keine[rsnm]?|kein)\b",
    no_actor=r"(?:es|man|da|hier|dort|dann|dazu|erstens|zweitens|vor\s+allem|daher|deshalb|"
    r"außerdem|ferner|zusätzlich|trotzdem|manchmal|meist|so|dabei|"
    r"dadurch|jetzt|heute|auch|zudem|darum|generell|vielleicht|natürlich)(?:\s+(?:auch|aber|"
    r"noch))?|(?:in|im|auf|mit|für|bei|von|zu|"
    r"an|am|aus|ab|nach|vor|ohne|durch)\s.*",
    finite=r"ich|ist|sind|hat|haben|kann|wird|war",
    passive=r".*\b(?:ge\w+|ver\w+|be\w+|er\w+|\w+iert|\w+ge\w+t)\s+werden\b",
    agent=r"(?!)",
    imperative=r"(?!)",
    says_that=r"(?:finde|denke|glaube|meine|wichtig|richtig|klar|sicher|dafür),?\s+dass",
    indirect=r"ob|dass|wie|was|wo|warum",
    verb_last=r"(?:finde|denke|glaube|meine|wichtig|richtig|bin\s+dafür),?\s+dass",
    inverted=r"man|wir|sie|er|es|dies\w*|jeder|der|ich",
    impersonal=r"es\s.*",
    negation=r"nicht|nie|niemals|niemand|kein\w*",
    runs_on=r"es|das\s+ist|sie|wir|ich",
)
POLISH = Grammar(
    common=r"i|w|na|z|do|nie|się|jest|że|oraz|może|powinien|powinna|powinny|powinno|musi|przez|"
    r"lub|należy|to|ale|jak|mnie|wszyscy|bez|"
    r"muszą|są|jeśli|\w*[ąęłśżźń]\w*",
    firm={
        "none": r"nie\s+(?:musi|muszą|trzeba)\b|nie\s+(?:jest|są)\s+(?:zobowiązan|obowiązan|zabronion|zakazan)\w+",
        "must not": r"nie\s+(?:powin\w+|wolno|należy)\b|nie\s+(?:ma|mają)\s+prawa\b|nie\s+(?:jest|są)\s+uprawnion\w+\s+do\b|zabrania\s+się|zakazuje\s+się|(?:jest|"
        r"są)\s+(?:zabronion\w+|zakazan\w+)(?=\s)",
        "may": r"wolno\b|(?:ma|mają)\s+prawo(?:\s+do)?\b|(?:jest|są)\s+uprawnion\w+\s+do\b",
        "must": r"musi\b|muszą\b|należy\b|trzeba\b|(?:jest|są)\s+(?:zobowiązan\w+|"
        r"obowiązan\w+)(?:\s+do)?|(?:ma|mają)\s+obowiązek",
        "should": r"powinien\b|powinna\b|powinno\b|powinni\b|powinny\b",
    },
    weak={"must not": r"nie\s+(?:może|mogą)\b", "may": r"może\b|mogą\b"},
    banned=r"(?:jest|są)\s+(?:zabronion\w+|zakazan\w+)|powin\w+\s+być\s+(?:zabronion\w+|"
    r"zakazan\w+)",
    condition=r"jeśli|jeżeli|gdy|kiedy|dopóki|chyba\s+że|bez|przed|podczas|w\s+przypadku|o\s+ile|"
    r"z\s+wyjątkiem",
    restricts=r"tylko\s+(?:jeśli|gdy)|chyba\s+że|dopóki|o\s+ile|bez\s+(?:zgody|pozwolenia)",
    or_else=r"w\s+przeciwnym\s+razie|inaczej|pod\s+rygorem|pod\s+karą",
    opening=r"(?:myślę|uważam|sądzę|moim\s+zdaniem|tak|i|ale|że|więc|a|też)",
    breaks=r"ale|bo|ponieważ|więc|dlatego|jednak|uważam,?\s+że|myślę,?\s+że",
    relative=r"któr\w+|co|jak|czy|gdzie",
    first_person=r"ja|mnie|mi",
    wish=r"\bmam\s+nadzieję\b|\bchciał[ao]?bym\b|\boby\b",
    doubt=r"\bnie\s+(?:sądzę|uważam|myślę)\b",
    nobody=r"(?:nikt|żaden|żadna|żadne)\b",
    no_actor=r"to|tu|tam|(?:w|we|na|z|ze|do|dla|przy|od|o)\s.*",
    finite=r"ja|jest|są|ma|mają|był\w*",
    passive=r"być\s+(?:\w+\s+)?\w+(?:ny|na|ne|ni|ty|ta|te|ci)\b",
    agent=r"przez\s+",
    imperative=r"nie\s+(?=\w+ć\b)",
    impersonal=r"należy|trzeba|wolno|zabrania.*|zakazuje.*|nie\s+(?:należy|wolno)",
    indirect=r"czy|jak|gdzie|kiedy",
    runs_on=r"to|on[aio]?|my",
)
