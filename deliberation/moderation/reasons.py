"""The reasons an assembly begins with, in plain words. Its facilitators may change them before it opens. Free of Django."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CARD = ("accept", "merge", "reject", "send_back")
VALUE = ("fold", "split", "rename", "edit", "move")
SHOWN = ("hide", "restore")
UNDO = ("undo",)


@dataclass(frozen=True, slots=True)
class Draft:
    """A reason: `kinds` are kinds of decision, and "undo"."""

    code: str
    kinds: Sequence[str]
    wording: Mapping[str, str]


DEFAULTS: Sequence[Draft] = (
    Draft(
        "fits",
        ("accept", "merge"),
        {
            "en": "It says what its author attends to, and fits here.",
            "fr": "Elle dit à quoi son auteur prête attention, et a sa place ici.",
            "es": "Dice a qué presta atención quien la escribió, y encaja aquí.",
            "ar": "تقول ما ينتبه إليه كاتبها، ومكانها هنا.",
            "de": "Sie sagt, worauf die Person achtet, die sie schrieb, und passt hierher.",
        },
    ),
    Draft(
        "same_value",
        ("merge", "fold"),
        {
            "en": "Both attend to the same things.",
            "fr": "Les deux prêtent attention aux mêmes choses.",
            "es": "Ambas prestan atención a lo mismo.",
            "ar": "كلتاهما تنتبهان إلى الأشياء نفسها.",
            "de": "Beide achten auf dasselbe.",
        },
    ),
    Draft(
        "two_values",
        ("split",),
        {
            "en": "Its cards speak of two different things.",
            "fr": "Ses cartes parlent de deux choses différentes.",
            "es": "Sus tarjetas hablan de dos cosas distintas.",
            "ar": "بطاقاتها تتحدث عن شيئين مختلفين.",
            "de": "Seine Karten sprechen von zwei verschiedenen Dingen.",
        },
    ),
    Draft(
        "clearer_words",
        ("rename", "edit"),
        {
            "en": "Other words say better what all its authors mean.",
            "fr": "D'autres mots disent mieux ce que tous ses auteurs veulent dire.",
            "es": "Otras palabras dicen mejor lo que quieren decir todas las personas que la sostienen.",
            "ar": "كلمات أخرى تعبّر أفضل عمّا يقصده جميع كتّابها.",
            "de": "Andere Worte sagen besser, was alle meinen, von denen es stammt.",
        },
    ),
    Draft(
        "author_says",
        (*VALUE, "merge", "hide", "restore", "remove_rule"),
        {
            "en": "Its author said so.",
            "fr": "Son auteur l'a dit.",
            "es": "Lo dijo quien la escribió.",
            "ar": "هذا ما قاله كاتبها.",
            "de": "Die Person, die es schrieb, hat es gesagt.",
        },
    ),
    Draft(
        "other_context",
        ("move",),
        {
            "en": "It speaks of other situations.",
            "fr": "Elle parle d'autres situations.",
            "es": "Habla de otras situaciones.",
            "ar": "تتحدث عن مواقف أخرى.",
            "de": "Es spricht von anderen Situationen.",
        },
    ),
    Draft(
        "not_a_value",
        ("reject", "send_back"),
        {
            "en": "It names a goal, a rule or a feeling, and not yet what is attended to.",
            "fr": "Elle nomme un but, une règle ou un sentiment, pas encore ce à quoi l'on prête attention.",
            "es": "Nombra una meta, una regla o un sentimiento, y todavía no aquello a lo que se presta atención.",
            "ar": "تسمّي هدفًا أو قاعدة أو شعورًا، ولا تقول بعدُ ما الذي يُنتبه إليه.",
            "de": "Es nennt ein Ziel, eine Regel oder ein Gefühl, und noch nicht, worauf geachtet wird.",
        },
    ),
    Draft(
        "unclear",
        ("reject", "send_back", "drop_rule", "remove_rule", "drop_ai"),
        {
            "en": "It cannot be told what is meant.",
            "fr": "On ne peut pas savoir ce qui est voulu dire.",
            "es": "No se entiende qué se quiere decir.",
            "ar": "لا يمكن معرفة المقصود.",
            "de": "Es ist nicht zu erkennen, was gemeint ist.",
        },
    ),
    Draft(
        "not_the_question",
        ("reject", "drop_rule", "remove_rule", "drop_ai"),
        {
            "en": "It does not answer the question.",
            "fr": "Elle ne répond pas à la question.",
            "es": "No responde a la pregunta.",
            "ar": "لا تجيب عن السؤال.",
            "de": "Es beantwortet die Frage nicht.",
        },
    ),
    Draft(
        "about_somebody",
        ("reject", "drop_rule", "remove_rule", "hide", "drop_ai"),
        {
            "en": "It tells something private of somebody who can be recognised.",
            "fr": "Elle dit quelque chose de privé sur une personne reconnaissable.",
            "es": "Cuenta algo privado de alguien reconocible.",
            "ar": "تكشف شيئًا خاصًا عن شخص يمكن التعرّف عليه.",
            "de": "Es verrät Privates über jemanden, der zu erkennen ist.",
        },
    ),
    Draft(
        "insult",
        ("reject", "drop_rule", "remove_rule", "hide", "drop_ai"),
        {
            "en": "It insults or threatens people.",
            "fr": "Elle insulte ou menace des personnes.",
            "es": "Insulta o amenaza a personas.",
            "ar": "تهين أشخاصًا أو تهدّدهم.",
            "de": "Es beleidigt oder bedroht Menschen.",
        },
    ),
    Draft(
        "rule_fits",
        ("accept_rule",),
        {
            "en": "It says plainly who should do what, and it belongs here.",
            "fr": "Elle dit clairement qui doit faire quoi, et a sa place ici.",
            "es": "Dice con claridad quién debe hacer qué, y su lugar es este.",
            "ar": "تقول بوضوح من ينبغي أن يفعل ماذا، ومكانها هنا.",
            "de": "Sie sagt klar, wer was tun soll, und gehört hierher.",
        },
    ),
    Draft(
        "same_rule",
        ("join_rule",),
        {
            "en": "Both ask the same of the same people.",
            "fr": "Les deux demandent la même chose aux mêmes personnes.",
            "es": "Ambas piden lo mismo a las mismas personas.",
            "ar": "كلتاهما تطلبان الشيء نفسه من الأشخاص أنفسهم.",
            "de": "Beide verlangen dasselbe von denselben Menschen.",
        },
    ),
    Draft(
        "no_rule",
        ("drop_rule",),
        {
            "en": "It does not say what anybody must, may or should do.",
            "fr": "Elle ne dit pas ce que quelqu'un doit, peut ou devrait faire.",
            "es": "No dice qué debe, puede o debería hacer alguien.",
            "ar": "لا تقول ما الذي يجب على أحد أو يجوز له أو ينبغي أن يفعله.",
            "de": "Es sagt nicht, was jemand tun muss, darf oder sollte.",
        },
    ),
    Draft(
        "before_people",
        ("show_ai",),
        {
            "en": "People can read it and say in their own words whether it matters to them.",
            "fr": "Chacun peut la lire et dire avec ses propres mots si elle compte pour soi.",
            "es": "Cualquiera puede leerla y decir con sus propias palabras si le importa.",
            "ar": "يستطيع الناس قراءته وأن يقولوا بكلماتهم هل يهمّهم.",
            "de": "Alle können es lesen und in eigenen Worten sagen, ob es ihnen wichtig ist.",
        },
    ),
    Draft(
        "said_by_people",
        ("drop_ai",),
        {
            "en": "People here have said it themselves already.",
            "fr": "Des personnes l'ont déjà dit elles-mêmes ici.",
            "es": "Aquí ya lo han dicho personas.",
            "ar": "لقد قاله الناس هنا بأنفسهم من قبل.",
            "de": "Menschen haben es hier schon selbst gesagt.",
        },
    ),
    Draft(
        "second_look",
        (*SHOWN, *UNDO, "remove_rule"),
        {
            "en": "A second look led to another view.",
            "fr": "Un second regard a mené à un autre avis.",
            "es": "Una segunda mirada llevó a otra opinión.",
            "ar": "نظرة ثانية أدّت إلى رأي آخر.",
            "de": "Ein zweiter Blick führte zu einer anderen Sicht.",
        },
    ),
    Draft(
        "by_mistake",
        UNDO,
        {
            "en": "It was a slip of the hand.",
            "fr": "C'était une erreur de manipulation.",
            "es": "Fue un descuido.",
            "ar": "كان ذلك سهوًا.",
            "de": "Es war ein Versehen.",
        },
    ),
    Draft(
        "after_appeal",
        UNDO,
        {
            "en": "An appeal was right.",
            "fr": "Un recours était fondé.",
            "es": "Una apelación tenía razón.",
            "ar": "كان الاعتراض في محلّه.",
            "de": "Ein Widerspruch war berechtigt.",
        },
    ),
)
