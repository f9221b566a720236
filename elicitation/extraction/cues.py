"""The words by which nine languages tell what happened, state a figure and propose something. Free of Django.

Experience: the speaker, or one of their own, in the past. Claim: a share or a study. Proposal: the speaker proposes, or says
that something be made. Own lists, written from grammars and not from answers.
"""

import re
from typing import Literal

MarkKind = Literal["experience", "claim", "proposal"]
Cues = dict[MarkKind, str]
SHARE = (
    r"(?<![\d.,])(?!100\b)\d[\d.,]*\s?(?:%|٪|percent|per\s+cent|por\s+ciento|por\s+cento|"
    r"pour\s*cent|prozent|процент\w*|procent)\s+"
    r"(?:of|der|aller|des|de\s+(?:la|los|las|todos)|du|dos|das|из|من|wszystkich)\b|百分之.{1,6}的|"
    r"[٪%]\s+من\s"
)
ENGLISH: Cues = {
    "experience": r"(?<!\bif\s)(?<!\bhow\s)(?<!\bwhat\s)\bI\s+(?:\w+ly\s+|once\s+|also\s+)?"
    r"(?:was|had|went|saw|lost|grew|lived|worked|remember\s+(?:when|the\s+time|"
    r"one)|met|felt|got|"
    r"came|spent|learned|learnt|tried|used\s+to(?!\s+think)|moved|left|heard|experienced|"
    r"witnessed|suffered|struggled|have\s+(?:been|lived|"
    r"worked|seen|had|experienced|lost|met|used|witnessed))\b|\bwhen\s+I\s+was\b|"
    r"(?<!\bcase\s)(?<!\bif\s)\bmy\s+(?:mother|father|mom|mum|dad|son|daughter|sister|brother|"
    r"wife|husband|friend|grand\w+|neighbou?r|boss|teacher|parents|family)\s+(?:was|had|told|"
    r"died|lost|got|went|were|used\s+to|passed|fell|taught)\b",
    "claim": r"\b(?:studies|research(?:ers)?|statistics|surveys|scientists|"
    r"experts)\s+(?:(?!and\b|or\b)\w+\s+)?(?:shows?|suggests?|proves?|found|finds?|"
    r"demonstrates?|indicates?|confirms?)\b|\baccording\s+to\s+(?:\w+\s+){0,2}"
    r"(?:stud(?:y|ies)|reports?|surveys?|data|statistics|research)\b|\b(?:one|two|three|\d+)\s+(?:in|out\s+of)\s+(?:\w+)\s+(?:people|of)\b",
    "proposal": r"\bI\s+(?:would\s+|['’]d\s+)?(?:propose|suggest|recommend)\s+(?:that|a|an|the|"
    r"to|we|\w+ing)\b|\bmy\s+(?:proposal|suggestion)\b|\blet\s+us\s+(?:build|make|create|"
    r"start|set|open|plant|give|put)\b|"
    r"\blet['’]s\s+(?:build|make|create|start|set|open|plant|give|put)\b|\b(?:should|could|must|"
    r"need\s+to|ought\s+to)\s+(?:build|introduce|create|install|set\s+up|"
    r"establish|fund|plant|launch|subsidi[sz]e)\b|\b(?:should|must|could)\s+be\s+(?:built|"
    r"introduced|installed|established|planted)\b",
}
SPANISH: Cues = {
    "experience": r"\b(?:viví|perdí|fui|tuve|estuve|trabajé|crecí|sufrí|vi\s+(?:cómo|a|que)|"
    r"me\s+(?:pasó|dijeron|ocurrió|tocó|robaron|caí)|cuando\s+(?:yo\s+)?era|"
    r"he\s+(?:visto|vivido|sufrido|tenido|estado|trabajado|pasado|perdido)|yo\s+(?:vivía|"
    r"trabajaba|era|iba))\b",
    "claim": r"\b(?:los\s+)?(?:estudios|datos|estadísticas|expertos|"
    r"investigaciones)\s+(?:\w+\s+)?(?:demuestran|muestran|indican|dicen|confirman)\b|"
    r"\bsegún\s+(?:\w+\s+){0,2}(?:informes?|estudios?|datos|encuestas?|estadísticas)\b",
    "proposal": r"\b(?:propongo|propondría|proponemos|sugiero|sugerimos|mi\s+propuesta|"
    r"la\s+propuesta\s+es)\b|\bse\s+deber[ií]an?\s+(?:construir|crear|poner|instalar|abrir|"
    r"ampliar|"
    r"habilitar|prohibir|plantar|hacer)\b|\b(?:pido|pedimos|solicito|solicitamos)\s+(?:que|la|el|"
    r"un)\b|\bque\s+se\s+(?:construya|instale|cree|ponga|habilite|amplíe|prohíba|abra|haga|"
    r"plante)n?\b",
}
FRENCH: Cues = {
    "experience": r"\bj['’]ai\s+(?:\w+\s+)?(?:vu|vécu|perdu|eu|été|grandi|travaillé|connu|subi|"
    r"entendu|passé|habité|rencontré)\b|\bj['’]étais\b|\bquand\s+j['’](?:étais|avais)\b|"
    r"\bje\s+suis\s+(?:né|tombé|allé|arrivé)e?\b",
    "claim": r"\b(?:les\s+)?(?:études|données|statistiques|chercheurs|"
    r"experts)\s+(?:\w+\s+)?(?:montrent|indiquent|prouvent|disent|confirment)\b|"
    r"\bselon\s+(?:une|un|les|l['’])\s*(?:étude|rapport|chiffres|insee|sondage)",
    "proposal": r"\b(?:je|nous)\s+propos(?:e|ons)\b|\bma\s+proposition\b|\b(?:il\s+faudrait|"
    r"il\s+faut|on\s+(?:devrait|pourrait)|(?:devrait|devraient|doit))\s+(?:créer|installer|"
    r"construire|mettre\s+en\s+place|"
    r"interdire|développer|ouvrir|planter|instaurer|supprimer|taxer)\b",
}
PORTUGUESE: Cues = {
    "experience": r"\b(?:vivi|perdi|fui|tive|estive|trabalhei|cresci|sofri|já\s+(?:vi|passei|"
    r"tive|vivi)|quando\s+eu\s+era|me\s+aconteceu|eu\s+(?:vivia|trabalhava|era))\b",
    "claim": r"\b(?:estudos|dados|estatísticas|pesquisas|especialistas)\s+(?:\w+\s+)?(?:mostram|"
    r"indicam|dizem|comprovam|demonstram)\b|\b(?:segundo|de\s+acordo\s+com)\s+(?:\w+\s+){0,2}"
    r"(?:relatórios?|estudos?|dados|pesquisas?)\b",
    "proposal": r"\b(?:proponho|sugiro|propomos|minha\s+proposta)\b|\b(?:deveria|deveriam|deve|"
    r"devem)(?:-se)?\s+(?:construir|criar|instalar|implementar|abrir|proibir|desenvolver)\b",
}
GERMAN: Cues = {
    "experience": r"\bich\s+(?:habe|bin|hatte)\b.{0,90}\b(?:\w*gesehen|\w*gefahren|gestürzt|"
    r"gewohnt|gearbeitet|erlebt|beobachtet|verloren|gehört|getroffen|gebrochen|gewesen|gelernt|"
    r"gekommen|gegangen|bekommen|verletzt|aufgewachsen|umgezogen)\b|\bich\s+(?:war|wurde|musste|"
    r"lebte)\b.{0,40}\b(?:früher|damals|gestern|letzte[sn]?|jahrelang)\b|"
    r"\bals\s+ich\b.{0,60}\bwar\b|\bmir\s+ist\b.{0,60}\b(?:passiert|aufgefallen)\b",
    "claim": r"\b(?:studien|untersuchungen|statistiken|zahlen|experten|"
    r"forscher)\s+(?:\w+\s+)?(?:zeigen|belegen|sagen|beweisen)\b|\blaut\s+(?:einer|der|dem|"
    r"ADAC|Polizei|Statistik)\b",
    "proposal": r"\b(?:ich\s+schlage\b.{0,80}\bvor|mein\s+vorschlag|vorschlag:|"
    r"ich\s+(?:rege\s+an|empfehle|plädiere))\b|\b(?:sollte|sollten|müsste|müssten|könnte|"
    r"könnten|muss|müssen)\b.{0,100}\b(?:gebaut|eingerichtet|"
    r"angelegt|geschaffen|errichtet|eingeführt|ausgebaut|verbreitert|aufgestellt|installiert|"
    r"umgebaut|erneuert|gesperrt|markiert)\b",
}
POLISH: Cues = {
    "experience": r"\b\w{2,}(?:łem|łam|liśmy|łyśmy)\b",
    "claim": r"\b(?:badania|dane|statystyki|eksperci)\s+(?:\w+\s+)?(?:pokazują|wskazują|mówią|"
    r"dowodzą)\b|\bwedług\s+(?:badań|danych|raportu)\b",
    "proposal": r"\b(?:proponuję|proponujemy|sugeruję|mój\s+wniosek)\b|"
    r"\bpowin\w+\s+(?:się\s+)?(?:zbudować|stworzyć|wprowadzić|powstać)\b",
}
RUSSIAN: Cues = {
    "experience": r"\bя\s+(?!бы\b)(?:(?!бы\b|не\b)\w+\s+)?(?!бы\b)\w+(?:ал|ял|ил|ел|ала|яла|ила|"
    r"ела|лся|лась)\b(?!\s+бы)|\bкогда\s+я\s+был[аи]?\b|\bсо\s+мной\s+(?:было|случилось)\b",
    "claim": r"\b(?:исследования|данные|статистика|учёные|ученые)\s+(?:\w+\s+)?(?:показыва\w+|"
    r"говор\w+|доказ\w+|подтвержда\w+)\b|\bсогласно\s+\w+",
    "proposal": r"\b(?:предлагаю|предлагаем|моё\s+предложение|я\s+бы\s+предложил[а]?)\b|"
    r"\b(?:нужно|надо|необходимо|следует)\s+(?:построить|создать|ввести|сделать|открыть|"
    r"запретить|установить|разработать)\b",
}
ARABIC: Cues = {
    "experience": r"(?<!\w)(?:عندما\s+كنت|حدث\s+لي|حصل\s+لي|عشت|فقدت|كنت\s+(?:أعيش|أعمل|في)|"
    r"قبل\s+سنوات)(?!\w)",
    "claim": r"(?:الدراسات|الأبحاث|الإحصائيات|الاحصائيات)\s+(?:تظهر|تشير|تثبت|أظهرت|أثبتت|تؤكد)|"
    r"(?:تشير|أظهرت|أثبتت|تؤكد)\s+(?:الدراسات|الأبحاث|الإحصائيات)|وفقا\s+ل",
    "proposal": r"(?<!\w)(?:أقترح|اقترح|نقترح|اقتراحي)(?!\w)|يجب\s+(?:إنشاء|بناء|وضع|سن)(?!\w)",
}
CHINESE: Cues = {
    "experience": r"我(?:曾经?|小时候|小時候|以前|去年)|我(?:经历|經歷|见|見|遇到|去|听|聽|用|失去)(?:过|過)|我.{0,4}(?:当时|當時|"
    r"那时|那時)",
    "claim": r"(?:研究|数据|數據|调查|調查|统计|統計)(?:表明|显示|顯示|证明|證明|发现|發現)|根据.{0,10}(?:研究|统计|数据|调查)",
    "proposal": r"(?:我|我们|我們)?(?:建议|建議|提议|提議)|(?:应该|應該|应当|应)(?:建立|建设|设立|制定|出台|推出|增加|成立|修建)",
}


def _compiled(cues: Cues) -> dict[MarkKind, re.Pattern[str]]:
    shares: Cues = cues | {"claim": f"{cues['claim']}|{SHARE}"}
    return {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in shares.items()}


CUES = {
    "en": _compiled(ENGLISH), "es": _compiled(SPANISH), "fr": _compiled(FRENCH), "pt": _compiled(PORTUGUESE), "de": _compiled(GERMAN),
    "pl": _compiled(POLISH), "ru": _compiled(RUSSIAN), "ar": _compiled(ARABIC), "zh": _compiled(CHINESE),
}  # fmt: skip
