"""A rule in a person's words is taken apart, and what is no rule is left alone."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elicitation.extraction.clauses import sentences
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


@pytest.mark.parametrize(("language", "deontic", "text", "attribute"), RULES)
@pytest.mark.parametrize("told", [True, False])
def test_a_rule_is_read_in_nine_languages_told_or_guessed(language, deontic, text, attribute, told):
    (rule,) = parts(text, language if told else "")
    assert rule["deontic"] == deontic
    assert rule["attribute"] == attribute
    assert rule["aim"]
    assert rule["deontic_at"] not in rule["aim"]


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("Buses must stop when somebody waits.", "when somebody waits"),
        ("When somebody waits, buses must stop.", "When somebody waits"),
        ("Los perros deben ir atados si hay niños.", "si hay niños"),
        ("Si hay niños, los perros deben ir atados.", "Si hay niños"),
        ("Le portail doit rester ouvert quand il pleut.", "quand il pleut"),
        ("Autos müssen halten, wenn Kinder warten.", "wenn Kinder warten"),
        ("As lojas devem fechar quando escurece.", "quando escurece"),
        ("Машина должна стоять, если горит красный свет.", "если горит красный свет"),
        ("Sklepy muszą czekać, jeśli pada.", "jeśli pada"),
        ("如果孩子在场，车辆应该停下。", "如果孩子在场"),
        ("يجب على السائق أن يقف إذا مر طفل", "إذا مر طفل"),
    ],
)
def test_the_condition_is_kept_wherever_it_stands(text, conditions):
    (rule,) = parts(text)
    assert rule["conditions"] == conditions


@pytest.mark.parametrize(
    ("text", "or_else"),
    [
        (
            "Firms must publish their figures, or else they pay a fine.",
            "or else they pay a fine",
        ),
        ("Dogs must be on a lead. Otherwise the owner pays.", "Otherwise the owner pays"),
        ("Bikes must not park here, otherwise they are towed.", "otherwise they are towed"),
        ("Il ne faut pas fumer ici, sinon on paie.", "sinon on paie"),
        ("Todos debemos cuidar el pozo, de lo contrario se seca.", "de lo contrario se seca"),
        ("Autos dürfen hier nicht parken, sonst kommt die Polizei.", "sonst kommt die Polizei"),
        ("公司必须保护井水，否则要罚款。", "否则要罚款"),
        ("Никто не должен шуметь, иначе будет штраф.", "иначе будет штраф"),
    ],
)
def test_what_follows_a_breach_is_the_or_else(text, or_else):
    (rule,) = parts(text)
    assert rule["or_else"] == or_else
    assert or_else not in rule["aim"]


def test_a_passive_names_what_is_acted_on_and_nobody_who_acts():
    (rule,) = parts("The old mill should be kept for the children.")
    assert rule["attribute"] is None
    assert rule["acted_on"] == "The old mill"
    (rule,) = parts("Vacant seats must be filled by the mayor within ten days.")
    assert rule["attribute"] == "the mayor"
    assert rule["acted_on"] == "Vacant seats"


@pytest.mark.parametrize(
    "text",
    [
        "I hope the council should wake up.",
        "I must go to the dentist on Monday.",
        "J'espère que la ville doit changer.",
        "Ich muss morgen arbeiten.",
        "我必须去上班。",
        "Мне нужно домой.",
        "Should dogs be allowed on the bus?",
        "¿Deben pagar los ricos?",
        "Robots may become dangerous.",
        "We will win the cup.",
        "A nurse can sew a wound.",
        "Cats do not have to be on a lead.",
        "He must have been tired.",
        "If I must choose, I stay at home.",
        "Nobody told me how the council should decide.",
        "I don't see why there should be a fee.",
        "La règle qu'ils doivent suivre est vieille.",
        "My street is quiet at night.",
        "There is nothing that should be sold.",
        "There are no people who must be left out.",
        "Il n'y a rien qui devrait être vendu.",
        "",
        "😀😀",
    ],
)
def test_a_wish_a_guess_a_question_and_a_plan_of_ones_own_are_no_rule(text):
    assert statements(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Nobody should be driven out of a home.",
        "I don't think landlords should raise the rent.",
        "Smoking should be banned.",
        "It is forbidden to feed the ducks.",
        "Don’t sell our water!",
        "Rauchen ist hier verboten.",
        "Kein Kind darf allein warten.",
        "Nadie debe dormir en la calle.",
        "Курить запрещено.",
        "禁止吸烟。",
        "没有人应该被赶走。",
        "ممنوع التدخين في المدرسة",
        "Nothing should be forced on children.",
        "In no case should a machine decide alone.",
        "By no means should robots replace nurses.",
        "The machine must neither lie nor cheat.",
        "It shall be unlawful for any person to sell the well.",
        "Nichts darf den Kindern aufgezwungen werden.",
        "Auf keinen Fall sollte die Schule schließen.",
        "Die Maschine darf weder lügen noch betrügen.",
        "Nada debe ser impuesto a los niños.",
        "En ningún caso la máquina debe decidir sola.",
        "Rien ne doit être imposé aux enfants.",
        "Em nenhum caso a máquina deve decidir sozinha.",
    ],
)
def test_every_way_of_saying_no_is_must_not(text):
    (rule,) = parts(text)
    assert rule["deontic"] == "must not"
    assert not re.search(
        r"(?i)\b(?:nobody|nothing|nadie|nada|rien|nichts|kein|no)\b", rule["attribute"] or ""
    )


@pytest.mark.parametrize(
    "text",
    [
        "I like that nobody has to ask permission to be there.",
        "Nobody needs to know my name.",
        "None of us has to pay.",
        "No child has to walk alone.",
        "Nobody is required to answer.",
        "You never have to wait.",
        "Niemand muss fragen.",
        "Hier muss niemand warten.",
        "Nadie tiene que pedir permiso.",
        "Ningún vecino está obligado a pagar.",
        "Personne n’est obligé de répondre.",
        "Ninguém tem que pedir.",
        "没有人必须回答。",
        "Nothing has to be perfect.",
        "Nichts muss perfekt sein.",
    ],
)
def test_that_nobody_is_obliged_is_neither_a_duty_nor_a_ban(text):
    assert statements(text) == []


def test_no_doubt_says_no_to_nothing():
    (rule,) = parts("No doubt people have to act.")
    assert (rule["attribute"], rule["deontic"], rule["aim"]) == ("people", "must", "act")


@pytest.mark.parametrize(
    ("text", "deontic"),
    [
        ("Il faut que les quais soient propres.", "must"),
        ("Pour apaiser la rue, il faudrait planter des arbres.", "should"),
        ("Hay que cuidar la fuente.", "must"),
        ("Hier sollte man langsamer fahren.", "should"),
        ("Außerdem müssen wir die Wege fegen.", "must"),
        ("Należy słuchać dzieci.", "must"),
        ("It is forbidden to feed the ducks.", "must not"),
        ("Il devrait être interdit de fumer ici.", "must not"),
    ],
)
def test_where_nobody_is_named_before_the_mood_the_attribute_is_open(text, deontic):
    (rule,) = parts(text)
    assert rule["deontic"] == deontic
    assert rule["attribute"] is None
    assert rule["aim"]


def test_a_mood_at_the_end_of_its_clause_is_a_rule_where_somebody_holds_it_to_be_one():
    (rule,) = parts("Ich finde, dass alle Kinder schwimmen lernen sollen.")
    assert rule["aim"] == "alle Kinder schwimmen lernen"
    assert statements("Es gibt Schwellen, die den Verkehr bremsen sollen.") == []
    assert statements("Ich finde, dass Kinder nicht allein sein dürfen.") == []  # whose "nicht"?


def test_what_went_before_a_lone_comma_is_not_the_subject():
    (rule,) = parts("Me parece vergonzoso, deberían venderlas.")
    assert rule["attribute"] is None
    (rule,) = parts("A keeper, on request, must open the gate.")
    assert rule["attribute"] == "A keeper"


def test_the_longest_answer_is_read_in_no_time():
    for piece in ("must ", "can ", "if may, ", "we must and ", "darf nicht ", "我们不能"):
        text = (piece * 20_000)[:20_000]
        started = time.perf_counter()
        statements(text)
        assert time.perf_counter() - started < 10  # quadratic takes minutes


def test_not_only_is_no_no():
    (rule,) = parts("We should not only build houses but also parks.")
    assert rule["deontic"] == "should"


def test_two_rules_in_a_sentence_are_two_and_share_a_subject_said_once():
    text = "Teachers must greet the children and should not shout."
    first, second = parts(text)
    assert (first["deontic"], second["deontic"]) == ("must", "must not")
    assert first["aim"] == "greet the children"
    assert second["attribute"] == "Teachers"
    _, second = parts("The well must be covered and must be cleaned.")
    assert second["acted_on"] == "The well"
    assert second["attribute"] is None


def test_will_and_can_bind_in_a_rulebook_alone():
    text = "The board will meet every month. Its chair may vote twice."
    assert [rule["deontic"] for rule in parts(text, rulebook=True)] == ["must", "may"]
    assert statements("The board will meet every month.") == []


def test_the_head_of_a_list_leaves_its_aim_open_only_in_a_rulebook():
    assert statements("The keeper must:") == []
    (rule,) = parts("The keeper must:", rulebook=True)
    assert rule["aim"] is None
    (rule,) = parts("The keeper must:\n(1) close the gate;\n(2) feed the goats.")
    assert rule["aim"] == "close the gate"


PIECES = [text for _, _, text, _ in RULES] + [
    "must", "should not", ",", ";", " if ", " or else ", "\n", "🙂‍↔️", "\u202eabc\u202c", "否则", "وإلا", "I don't think ", ":", "is forbidden",
]  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=8).map("".join)))
@settings(max_examples=400, deadline=None)
def test_parts_of_any_text_are_stretches_of_it_in_order(text):
    for rulebook in (False, True):
        rules = statements(text, rulebook=rulebook)
        for rule in rules:
            for name in Statement.__slots__:
                part = getattr(rule, name)
                if isinstance(part, Span):
                    assert 0 <= part.start < part.end <= len(text)
                    assert text[part.start : part.end].strip()
            assert rulebook or rule.aim
        at = [rule.deontic_at.start for rule in rules]
        assert at == sorted(set(at))


@given(st.text(max_size=200))
@settings(deadline=None)
def test_sentences_keep_their_order_and_every_letter(text):
    spans = [span for span, _ in sentences(text)]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    kept = sum(char.isalpha() for span in spans for char in text[span.start : span.end])
    bullets = re.findall(r"(?i)(?<!\w)[a-z][.)]", text)
    assert sum(char.isalpha() for char in text) - kept <= len(bullets)


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("Drivers should not rush and always look twice.", "rush"),
        ("It should never replace people but rather help them.", "replace people"),
        ("On ne doit pas crier et toujours écouter.", "crier"),
        ("Children must not shout and run in the hall.", "shout and run in the hall"),
    ],
)
def test_what_is_asked_for_instead_is_not_forbidden_along_with_the_rest(text, aim):
    rule = statements(text)[0]
    assert rule.deontic == "must not"
    assert text[rule.aim.start : rule.aim.end] == aim


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("After the fight in May my daughter goes round the long way.", 0),
        ("Guests may stay until May, unless the hall is booked.", 1),
    ],
)
def test_the_month_of_may_permits_nothing(text, rules):
    assert len(statements(text, "en")) == rules
