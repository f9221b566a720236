"""Whether an answer seems to speak to a machine instead of to people. Free of Django.

Only a flag: such text is read like any other and a person is asked to look at it too. What an engine may do is not a matter of what
a text says (see keeping), so a text that is missed here can do nothing either.
"""

import base64
import binascii
import re
from urllib.parse import unquote

from elicitation.extraction.copies import visible

# "ignore (all) (the) previous/above instructions", and its like, in the languages most people here write.
ORDERS = re.compile(
    r"(?:ignor\w*|disregard\w*|forget|override|bypass)\s+(?:\w+\s+){0,4}?(?:instructions?|prompts?|rules?|guidelines?|orders?)\b|"
    r"(?:ignor\w+|oubli\w+|oblid\w+|olvid\w+|esque[çc]\w+|descon\w+|dimentic\w+|vergiss|missachte\w*)\s+(?:\S+\s+){0,5}?"
    r"(?:instruc\w+|instruç\w+|consignes?|istruzioni|anweisungen|regeln|regles|règles|reglas|regras|órdenes|ordres|prompts?)\b|"
    r"(?:игнорируй\w*|забудь\w*|проигнорируй\w*)\s+(?:\S+\s+){0,4}?(?:инструкци\w+|указани\w+|правила)|"
    r"(?:تجاهل\w*|انس|انسى)\s+(?:\S+\s+){0,4}?(?:التعليمات|الأوامر|تعليمات\w*|أوامر\w*)|"
    r"(?:忽略|无视|無視|忘记|忘記)[^。！？\n]{0,12}(?:指令|指示|提示|规则|規則)|"
    r"(?:पिछले|सभी)\s+(?:\S+\s+){0,3}?(?:निर्देश\S*)",
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
ROT13 = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "NOPQRSTUVWXYZABCDEFGHIJKLMnopqrstuvwxyzabcdefghijklm",
)


def addresses_a_machine(text: str) -> bool:
    """Whether `text`, or what is coded in it, gives orders to a model or plays at being one."""
    plain = visible(text)
    tags = "".join(chr(ord(c) - 0xE0000) for c in text if 0xE0020 <= ord(c) <= 0xE007E)
    ways = (plain, tags, unquote(plain), plain.translate(ROT13), *_decoded(plain))
    return any(ORDERS.search(way) or NAMES.search(way) for way in ways if way)


def _decoded(text: str) -> list[str]:
    return [_plain(found.group()) for found in CODED.finditer(text)]


def _plain(coded: str) -> str:
    try:
        return base64.b64decode(coded + "=" * (-len(coded) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
