"""Ready templates for an assembly: a question, contexts and prompts to begin with. Plain data."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from elicitation.interview.drafts import PromptDraft, Wording


@dataclass(frozen=True, slots=True)
class Ready:
    """What a template proposes; everything can be changed before and after founding."""

    name: str | Promise
    question: Wording
    welcome: Wording
    contexts: tuple[Wording, ...]
    prompts: tuple[PromptDraft, ...]


STORY = PromptDraft(
    kind="story",
    wording={
        "en": "Think of a moment when it went well, for you or for somebody you saw. What were you paying attention to?",
        "fr": "Pensez à un moment où cela s'est bien passé, pour vous ou pour quelqu'un d'autre. À quoi faisiez-vous attention ?",
        "es": "Piense en un momento en que salió bien, para usted o para alguien que vio. ¿En qué se fijaba?",
        "ar": "فكّر في لحظة سارت فيها الأمور على ما يرام، لك أو لشخص رأيته. إلى ماذا كنت تنتبه؟",
        "de": "Denken Sie an einen Moment, in dem es gut lief, für Sie oder für jemanden, den Sie sahen. Worauf haben Sie geachtet?",
    },
    help={
        "en": "A small moment is best. Say what you looked at, listened for, or kept in mind, and why that mattered.",
        "fr": "Un petit moment suffit. Dites ce que vous regardiez, écoutiez ou gardiez à l'esprit, et pourquoi cela comptait.",
        "es": "Basta un momento pequeño. Diga qué miraba, escuchaba o tenía presente, y por qué importaba.",
        "ar": "تكفي لحظة صغيرة. قل ما الذي كنت تنظر إليه أو تصغي إليه أو تضعه في بالك، ولماذا كان ذلك مهما.",
        "de": "Am besten ein kleiner Moment. Sagen Sie, was Sie im Blick, im Ohr oder im Sinn hatten, und warum das wichtig war.",
    },
)
CHOICE = PromptDraft(
    wording={
        "en": "When this has to be decided, what should those who decide look at first, and why?",
        "fr": "Quand il faut en décider, que faut-il regarder d'abord, et pourquoi ?",
        "es": "Cuando haya que decidir, ¿qué deberían mirar primero quienes deciden, y por qué?",
        "ar": "عندما يجب اتخاذ القرار، إلى ماذا ينبغي أن ينظر أصحاب القرار أولا، ولماذا؟",
        "de": "Wenn darüber entschieden werden muss: Worauf sollten die, die entscheiden, zuerst sehen, und warum?",
    }
)
WELCOME: Wording = {
    "en": "About ten minutes. You answer in your own words. Later you can say what you think of what others care about.",
    "fr": "Environ dix minutes. Vous répondez avec vos mots. Plus tard, vous pourrez dire ce que vous pensez de ce à quoi tiennent les autres.",
    "es": "Unos diez minutos. Responde con sus palabras. Más adelante podrá decir qué piensa de lo que valoran los demás.",
    "ar": "نحو عشر دقائق. تجيب بكلماتك أنت. ولاحقا يمكنك أن تقول رأيك فيما يهم الآخرين.",
    "de": "Etwa zehn Minuten. Sie antworten in Ihren eigenen Worten. Später können Sie sagen, was Sie von dem halten, was anderen wichtig ist.",
}
CONSENT: Wording = {
    "en": "We ask for your words to find out what people here value. They are used for this assembly and its documents, and studied under a pseudonym.",
    "fr": "Nous vous demandons vos mots pour savoir à quoi tiennent les gens d'ici. Ils servent à cette assemblée et à ses documents, et sont étudiés sous pseudonyme.",
    "es": "Le pedimos sus palabras para saber qué valora la gente aquí. Se usan para esta asamblea y sus documentos, y se estudian con seudónimo.",
    "ar": "نطلب كلماتك لنعرف ما الذي يقدّره الناس هنا. تُستخدم لهذه الجمعية ووثائقها، وتُدرس باسم مستعار.",
    "de": "Wir bitten um Ihre Worte, um zu erfahren, was Menschen hier wichtig ist. Sie werden für diese Versammlung und ihre Dokumente verwendet und unter einem Pseudonym erforscht.",
}
READY: Mapping[str, Ready] = {
    "town": Ready(
        name=_("A question of a town"),
        question={
            "en": "What makes a place here good to live in?",
            "fr": "Qu'est-ce qui rend un lieu d'ici bon à vivre ?",
            "es": "¿Qué hace que un lugar de aquí sea bueno para vivir?",
            "ar": "ما الذي يجعل مكانا هنا صالحا للعيش؟",
            "de": "Was macht einen Ort hier zu einem guten Ort zum Leben?",
        },
        welcome=WELCOME,
        contexts=(
            {"en": "you are on the street", "fr": "vous êtes dans la rue", "es": "está en la calle", "ar": "تكون في الشارع", "de": "Sie auf der Straße sind"},
            {"en": "you meet neighbours", "fr": "vous croisez des voisins", "es": "se encuentra con vecinos", "ar": "تلتقي بالجيران", "de": "Sie Menschen aus der Nachbarschaft treffen"},
            {"en": "something has to be shared", "fr": "il faut partager", "es": "hay que compartir algo", "ar": "يجب تقاسم شيء", "de": "etwas geteilt werden muss"},
        ),
        prompts=(STORY, CHOICE),
    ),
    "charter": Ready(
        name=_("A charter of an organisation"),
        question={
            "en": "What should guide us when we work together?",
            "fr": "Qu'est-ce qui doit nous guider quand nous travaillons ensemble ?",
            "es": "¿Qué debería guiarnos cuando trabajamos juntos?",
            "ar": "ما الذي ينبغي أن يهدينا عندما نعمل معا؟",
            "de": "Was soll uns leiten, wenn wir zusammenarbeiten?",
        },
        welcome=WELCOME,
        contexts=(
            {"en": "we disagree", "fr": "nous ne sommes pas d'accord", "es": "no estamos de acuerdo", "ar": "نختلف", "de": "wir uns nicht einig sind"},
            {"en": "somebody makes a mistake", "fr": "quelqu'un se trompe", "es": "alguien se equivoca", "ar": "يخطئ أحدنا", "de": "jemand einen Fehler macht"},
            {"en": "time is short", "fr": "le temps presse", "es": "hay poco tiempo", "ar": "يضيق الوقت", "de": "die Zeit knapp ist"},
        ),
        prompts=(STORY, CHOICE),
    ),
    "ai": Ready(
        name=_("A constitution for an AI system"),
        question={
            "en": "What should an AI system attend to when somebody comes to it?",
            "fr": "À quoi un système d'IA doit-il faire attention quand quelqu'un s'adresse à lui ?",
            "es": "¿A qué debería atender un sistema de IA cuando alguien acude a él?",
            "ar": "إلى ماذا ينبغي أن ينتبه نظام الذكاء الاصطناعي عندما يلجأ إليه شخص ما؟",
            "de": "Worauf soll ein KI-System achten, wenn sich jemand an es wendet?",
        },
        welcome=WELCOME,
        contexts=(
            {"en": "somebody asks for advice", "fr": "quelqu'un demande conseil", "es": "alguien pide consejo", "ar": "يطلب شخص نصيحة", "de": "jemand um Rat fragt"},
            {"en": "somebody is lonely or afraid", "fr": "quelqu'un est seul ou a peur", "es": "alguien está solo o tiene miedo", "ar": "يكون شخص وحيدا أو خائفا", "de": "jemand einsam ist oder Angst hat"},
            {"en": "people are of different minds", "fr": "les gens ne sont pas du même avis", "es": "la gente piensa distinto", "ar": "يختلف الناس في الرأي", "de": "Menschen verschiedener Meinung sind"},
        ),
        prompts=(STORY, CHOICE),
    ),
}  # fmt: skip
