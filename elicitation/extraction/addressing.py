"""Whether an answer seems to speak to a machine instead of to people. Free of Django.

Only a flag: such text is read like any other and a person is asked to look at it too. What an engine may do is not a matter of what
a text says (see keeping), so a text that is missed here can do nothing either.
"""

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from elicitation.extraction.copies import visible

# An order to pass over what one was told: a verb that commands, something that says it was told to the reader ("previous", "your"), and a
# name for it, in one sentence. Who speaks of rules that others break is not meant.
COMMANDS = {
    "en": (
        "ignore|disregard|forget|override|bypass",
        "all|any|every|everything|previous|prior|above|earlier|preceding|your|these|system",
        "instructions?|prompts?|rules?|guidelines?|orders?",
    ),
    "es": (
        "ignora|ignore|olvida|olvide|omite|caso omiso",
        "todas|todos|tus|anteriores|previas|arriba|te",
        "instrucciones|reglas|órdenes|prompts?",
    ),
    "fr": (
        "ignorez?|oubliez?|pas compte",
        "toutes|tous|tes|vos|ces|précédente?s|dessus|t",
        "instructions|consignes|règles|ordres|prompts?",
    ),
    "de": (
        "ignorieren?|ignoriert|vergiss|vergesst|missachte|missachtet",
        "alle|deine|eure|bisherigen|vorherigen|obigen|oben|dir|diese",
        "anweisungen|regeln|befehle|prompts?",
    ),
    "pt": (
        "ignora|ignore|esquece|esqueça|desconsidera|desconsidere",
        "todas|todos|tuas|suas|anteriores|acima|te",
        "instruções|regras|ordens|prompts?",
    ),
    "ca": (
        "ignora|ignoreu|oblida|oblideu",
        "totes|tots|teves|vostres|anteriors|dalt",
        "instruccions|regles|ordres|prompts?",
    ),
    "it": (
        "ignora|ignorate|dimentica|dimenticate",
        "tutte|tutti|tue|vostre|precedenti|sopra",
        "istruzioni|regole|ordini|prompts?",
    ),
    "ru": (
        "игнорируй(?:те)?|проигнорируй(?:те)?|забудь(?:те)?",
        "все|свои|твои|ваши|предыдущие|прежние|выше|тебе|вам",
        "инструкции|указания|правила|промпты?",
    ),
    "ar": (
        "تجاهل|تجاهلي|تجاهلوا|انس|انسى|انسي",
        r"كل|جميع|السابقة|أعلاه|لك|تعليماتك|أوامرك",
        "التعليمات|الأوامر|القواعد|تعليماتك|أوامرك",
    ),
}
WITHIN = r"[^.!?؟\n]{0,60}?"
ORDERS = re.compile(
    "|".join(
        rf"\b(?:{verbs})\b(?={WITHIN}\b(?:{told})\b){WITHIN}\b(?:{names})\b"
        for verbs, told, names in COMMANDS.values()
    )
    + r"|(?:忽略|无视|無視|忘记|忘記)[^。！？\n]{0,4}(?:所有|全部|之前|以前|先前|上面|上述|你的|给你|給你|系统|系統)[^。！？\n]{0,8}(?:指令|指示|提示|规则|規則)"
    + r"|(?:पिछले|सभी)\s+(?:\S+\s+){0,3}?(?:निर्देश\S*)",
    re.IGNORECASE,
)
NAMES = re.compile(
    r"\b(?:system prompt|as an? (?:ai|large) (?:language )?model|you are (?:now )?(?:an? )?(?:ai|assistant|chatgpt|gpt|claude|llm|dan)\b|"
    r"(?:dear|hey|hello|attention),? (?:ai|gpt|chatgpt|model|llm|assistant)\b|jailbreak|developer mode)|"
    r"<\|?(?:im_start|im_end|system|assistant|endoftext)\|?>|\[/?INST\]|^\s*(?:system|assistant)\s*:|"
    r"[\"'](?:values|policies|role|quotes)[\"']\s*:",
    re.IGNORECASE | re.MULTILINE,
)
CODED = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")
HEXADECIMAL = re.compile(r"(?:[0-9A-Fa-f]{2}){20,}")
SPACED = re.compile(r"(?:\S {1,3}){11,}\S")  # letters one by one
ROT13 = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "NOPQRSTUVWXYZABCDEFGHIJKLMnopqrstuvwxyzabcdefghijklm",
)
# Letters that look the same, Cyrillic and Greek beside Latin.
LATIN, ALIKE = "aceopxyisjABCEHIJKMOPSTXY", "асеорхуіѕјАВСЕНІЈКМОРЅТХУ"
TO_LATIN = str.maketrans(ALIKE + "αορνΑΒΕΗΙΚΜΝΟΡΤΧΥΖ", LATIN + "aopvABEHIKMNOPTXYZ")
TO_CYRILLIC = str.maketrans(LATIN, ALIKE)


def addresses_a_machine(text: str) -> bool:
    """Whether `text`, or what is coded in it, gives orders to a model or plays at being one."""
    return any(ORDERS.search(way) or NAMES.search(way) for way in _ways(text) if way)


def _ways(text: str) -> Iterator[str]:
    """What `text` says, in each way it may be disguised."""
    plain = visible(text)
    yield plain
    yield "".join(chr(ord(c) - 0xE0000) for c in text if 0xE0020 <= ord(c) <= 0xE007E)
    yield unicodedata.normalize("NFKC", plain)
    yield unquote(plain)
    yield plain.translate(ROT13)
    yield plain[::-1]
    yield plain.translate(TO_LATIN)
    yield plain.translate(TO_CYRILLIC)
    for spelt in SPACED.finditer(plain):
        yield re.sub(" (?! )", "", spelt.group())
    for coded in CODED.finditer(plain):
        yield _base64(coded.group())
    for coded in HEXADECIMAL.finditer(plain):
        yield bytes.fromhex(coded.group()).decode(errors="replace")


def _base64(coded: str) -> str:
    try:
        return base64.b64decode(coded + "=" * (-len(coded) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
