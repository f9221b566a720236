"""The words by which nine languages say what one wants, what one feels and why. Free of Django. Own lists, from grammars."""

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Yearning:
    """One language: openings of a goal, a feeling said in full, and what shows that reasons are given."""

    wants: str
    feels: str
    feelings: str
    reasons: str
    dense: bool = False

    @cached_property
    def goal(self) -> re.Pattern[str]:
        return re.compile(rf"\s*(?:{self.wants}){self._edge}", re.IGNORECASE)

    @cached_property
    def feeling(self) -> re.Pattern[str]:
        """The whole answer: someone feels, how, and at most a few words about what."""
        few = r".{0,24}" if self.dense else r"(?:[\s,]+[^\s.!?]+){0,6}"
        between = r".{0,6}" if self.dense else r"(?:\s+[^\s.!?]+){0,2}\s+"
        return re.compile(
            rf"\s*(?:{self.feels}){between}(?:{self.feelings}){self._edge}{few}", re.IGNORECASE
        )

    @cached_property
    def reason(self) -> re.Pattern[str]:
        front = "" if self.dense else r"(?<!\w)"
        return re.compile(rf"{front}(?:{self.reasons}){self._edge}", re.IGNORECASE)

    @property
    def _edge(self) -> str:
        return "" if self.dense else r"(?!\w)"


YEARNINGS = {
    "en": Yearning(
        wants=r"(?:(?:i|we)\s+(?:just\s+|only\s+|really\s+|all\s+)?(?:want|need|wish\s+for|"
        r"demand|would\s+like|hope\s+for)|what\s+(?:i|we)\s+(?:want|need)\s+is|my\s+(?:goal|"
        r"aim|wish)\s+is|"
        r"(?:more|less|fewer|better|shorter|lower|higher|cheaper|faster|safer|"
        r"cleaner)\s+\w+(?:\s+\w+){0,2}$)",
        feels=r"(?:i|we)\s+(?:feel|am|are|felt|get)|i['’]?m|we['’]?re|it\s+makes\s+(?:me|us)|"
        r"this\s+makes\s+(?:me|us)",
        feelings=r"angry|afraid|scared|sad|happy|tired|anxious|worried|frustrated|ashamed|lonely|"
        r"hopeless|helpless|furious|uneasy|uncomfortable|"
        r"disappointed|frightened|upset|proud|nervous|fed\s+up|bad|good|sick",
        reasons=r"because|since|so\s+that|when|i\s+(?:look|notice|watch|care|pay\s+attention|"
        r"listen)|means|in\s+order|as\s+it|as\s+they|it\s+is\s+about|which",
    ),
    "es": Yearning(
        wants=r"(?:yo\s+)?(?:solo\s+|sólo\s+)?(?:quiero|queremos|necesito|necesitamos|deseo|"
        r"deseamos|pido|pedimos|me\s+gustaría)|mi\s+(?:meta|objetivo|deseo)\s+es|(?:más|"
        r"menos|mejores|mejor)\s+\w+(?:\s+\w+){0,2}$",
        feels=r"(?:yo\s+)?(?:me\s+siento|nos\s+sentimos|estoy|estamos|tengo|tenemos|siento|"
        r"me\s+da)",
        feelings=r"miedo|rabia|enfadad[oa]s?|enojad[oa]s?|triste[s]?|tristeza|cansad[oa]s?|feliz|"
        r"felices|preocupad[oa]s?|ansios[oa]s?|vergüenza|sol[oa]s?|frustrad[oa]s?|hart[oa]s?|"
        r"impotencia|mal|bien",
        reasons=r"porque|ya\s+que|para\s+que|cuando|me\s+fijo|presto\s+atención|significa|"
        r"puesto\s+que|pues",
    ),
    "fr": Yearning(
        wants=r"(?:je|nous|on)\s+(?:veux|voulons|veut|souhaite|souhaitons|demande|demandons|"
        r"voudrais|voudrions)|j['’]aimerais|(?:j['’]ai|nous\s+avons|on\s+a)\s+besoin|"
        r"mon\s+(?:but|souhait)\s+est|"
        r"(?:(?:plus|moins)\s+(?:de|d['’])\s*\w+|(?:de\s+)?meilleure?s?\s+\w+)(?:\s+\w+){0,2}$",
        feels=r"je\s+(?:me\s+sens|suis|ressens)|nous\s+sommes|j['’]ai|cela\s+me\s+(?:rend|fait)",
        feelings=r"peur|colère|en\s+colère|triste|fatiguée?|heureu(?:x|se)|inqui(?:et|ète)s?|"
        r"angoissée?|honte|seule?|frustrée?|déçue?|mal|bien|impuissante?|furieu(?:x|se)",
        reasons=r"parce\s+qu|car|puisqu|pour\s+qu|quand|lorsqu|je\s+(?:regarde|remarque|"
        r"fais\s+attention)|c['’]est-à-dire|afin",
    ),
    "pt": Yearning(
        wants=r"(?:eu\s+)?(?:só\s+)?(?:quero|queremos|preciso|precisamos|desejo|desejamos|"
        r"gostaria)|(?:meu|o\s+meu)\s+(?:objetivo|desejo)\s+é|(?:mais|menos|melhores|"
        r"melhor)\s+\w+(?:\s+\w+){0,2}$",
        feels=r"(?:eu\s+)?(?:me\s+sinto|sinto(?:-me)?|estou|estamos|tenho|fico)",
        feelings=r"medo|raiva|triste|tristeza|cansad[oa]s?|feliz|preocupad[oa]s?|ansios[oa]s?|"
        r"vergonha|sozinh[oa]s?|frustrad[oa]s?|mal|bem|impotente",
        reasons=r"porque|pois|já\s+que|para\s+que|quando|presto\s+atenção|reparo|significa",
    ),
    "de": Yearning(
        wants=r"(?:ich|wir)\s+(?:will|wollen|möchte|möchten|brauche|brauchen|wünsche|wünschen|"
        r"fordere|fordern)|mein\s+(?:ziel|wunsch)\s+ist|(?:mehr|weniger|bessere[rs]?|kürzere|"
        r"günstigere|schnellere|sichere)\s+\w+(?:\s+\w+){0,2}$",
        feels=r"(?:ich|wir)\s+(?:fühle|fühlen|bin|sind|habe|haben)|(?:das|es)\s+macht\s+mich",
        feelings=r"angst|wütend|wut|traurig|müde|glücklich|besorgt|sorgen|ängstlich|einsam|"
        r"hilflos|frustriert|enttäuscht|verärgert|ärgerlich|unwohl|schlecht|gut",
        reasons=r"weil|denn|damit|da\s+ich|wenn|als|ich\s+achte|bedeutet|um\s+\w+\s+zu",
    ),
    "pl": Yearning(
        wants=r"(?:chcę|chcemy|potrzebuję|potrzebujemy|chciał[ao]?bym|żądamy)|mój\s+cel\s+to|"
        r"(?:więcej|mniej|lepsze|krótsze|tańsze)\s+\w+(?:\s+\w+){0,2}$",
        feels=r"(?:czuję|czujemy|jestem|jesteśmy|boję|mam|to\s+mnie)(?:\s+się)?",
        feelings=r"smutn\w+|zł[ya]|zmęczon\w+|szczęśliw\w+|samotn\w+|bezradn\w+|strach|lęk|wstyd|"
        r"źle|dobrze|martwi\w*",
        reasons=r"bo|ponieważ|gdyż|żeby|aby|kiedy|gdy|zwracam\s+uwagę|oznacza",
    ),
    "ru": Yearning(
        wants=r"(?:я\s+|мы\s+)?(?:хочу|хотим|желаю|желаем|требую|требуем|хотел[а]?\s+бы)|(?:мне|"
        r"нам)\s+(?:нуж\w+|хочется)|моя\s+цель|(?:больше|меньше|лучше)\s+\w+(?:\s+\w+){0,2}$",
        feels=r"(?:я|мне|мы|нам|меня)(?:\s+чувству\w+)?",
        feelings=r"страшно|боюсь|боимся|злюсь|злость|грустно|грусть|устал[аи]?|счастлив[аы]?|"
        r"тревожно|тревогу|стыдно|одиноко|обидно|страх|бесит|плохо|хорошо|беспокоюсь",
        reasons=r"потому|так\s+как|чтобы|когда|ведь|поскольку|обращаю\s+внимание|значит",
    ),
    "ar": Yearning(
        wants=r"(?:أنا\s+)?(?:أريد|اريد|نريد|أحتاج|احتاج|نحتاج|أتمنى|نطالب|أرغب)|هدفي|"
        r"(?:المزيد\s+من|مزيد\s+من)\s+\w+",
        feels=r"(?:أنا\s+)?(?:أشعر|اشعر|نشعر|أحس|أنا)",
        feelings=r"(?:ب?ال)?(?:خوف|غضب|حزن|قلق|وحدة|إحباط|تعب|سعادة|خجل)|خائف[ة]?|غاضب[ة]?|"
        r"حزين[ة]?|قلق[ة]?|سعيد[ة]?|متعب[ة]?|وحيد[ة]?",
        reasons=r"لأن\w*|لان\w*|لكي|كي|عندما|حتى|أنتبه|ألاحظ|يعني|بسبب",
    ),
    "zh": Yearning(
        wants=r"我们?(?:只)?(?:想要|希望有|需要|要求)|我們(?:想要|需要)|(?:更多|更少|更好)的",
        feels=r"我们?(?:感到|觉得|覺得|很|感觉|感覺|非常|害怕)|我",
        feelings=r"害怕|生气|生氣|愤怒|憤怒|难过|難過|伤心|傷心|累|开心|開心|高兴|焦虑|焦慮|担心|擔心|孤独|孤獨|失望|羞愧|无助|無助|不安",
        reasons=r"因为|因為|由于|由於|为了|為了|当|當|注意|关注|意味着|所以|这样",
        dense=True,
    ),
}
FUNCTION = re.compile(
    r"(?<!\w)(?:the|a|an|el|la|los|las|le|les|l['’]|der|die|das|o|a|os|as|un|una|une|um|uma|"
    r"de\s+la|du|des)(?!\w)\s*|[!¡.“”\"«»…]+",
    re.IGNORECASE,
)
EMPTY = re.compile(
    r"(?:(?:no|none|nothing|nil|n/?a|yes|ok(?:ay)?|maybe|idk|tbh|unsure|unknown|test|same|agree|"
    r"agreed|sure|hello|hi|thanks?|good|bad|fine|whatever|any(?:thing)?|everything|"
    r"not\s+sure|no\s+idea|no\s+comment|no\s+opinion|not\s+really|see\s+above|nada|ninguna?|"
    r"ninguno|sí|no\s+sé|rien|aucune?|oui|non|nichts|keine?|ja|nein|weiß\s+nicht|"
    r"sim|não|não\s+sei|нет|да|ничего|не\s+знаю|tak|nie|nic|nie\s+wiem|لا|نعم|لا\s+شيء|لا\s+أعرف|"
    r"无|没有|不知道|是|否|同上|沒有)[\s.!,]*)+",
    re.IGNORECASE,
)
