"""Rules in nine languages, and the rules of a text with their parts as words: what the tests of the grammar share."""

from elicitation.extraction.grammar import Statement, statements
from elicitation.extraction.quotes import Span

RULES = [
    ("en", "must", "Landlords must repair a broken heater within two days.", "Landlords"),
    ("en", "must not", "A shop must never sell knives to children.", "A shop"),
    ("en", "should", "The council should listen to tenants.", "The council"),
    ("en", "may", "Visitors may use the hall until ten.", "Visitors"),
    ("en", "may", "Pupils are allowed to leave early.", "Pupils"),
    ("en", "must not", "Cameras should not watch the playground.", "Cameras"),
    ("es", "must not", "Los coches no deben entrar en la plaza.", "Los coches"),
    ("es", "should", "La escuela debería abrir los sábados.", "La escuela"),
    ("fr", "must", "Les commerçants doivent rendre la monnaie.", "Les commerçants"),
    ("fr", "must not", "La mairie ne devrait jamais vendre ce jardin.", "La mairie"),
    ("pt", "must", "As empresas devem avisar os vizinhos.", "As empresas"),
    ("pt", "must not", "O clube não deve fechar à tarde.", "O clube"),
    ("de", "must not", "Hunde dürfen nicht auf den Spielplatz laufen.", "Hunde"),
    ("de", "should", "Die Stadt sollte mehr Bäume pflanzen.", "Die Stadt"),
    ("pl", "must not", "Rowery nie powinny jeździć po trawniku.", "Rowery"),
    ("ru", "must", "Врач должен объяснить риск.", "Врач"),
    ("ru", "must not", "Школа не должна делиться снимками детей.", "Школа"),
    ("ar", "must", "يجب على المدرسة أن تسمع الأطفال", "المدرسة"),
    ("ar", "must not", "المصنع لا يجب أن يلوث النهر", "المصنع"),
    ("zh", "must", "工厂必须处理废水。", "工厂"),
    ("zh", "must not", "学校不应该公开学生的成绩。", "学校"),
]


def parts(text, language="", **how):
    """Each rule of `text` with its parts as words."""
    return [
        {
            name: text[part.start : part.end] if isinstance(part, Span) else part
            for name in Statement.__slots__
            for part in [getattr(rule, name)]
        }
        for rule in statements(text, language, **how)
    ]
