"""Who, what, under which condition and what else: each part of a rule is found where it stands, or left open."""

import pytest

from elicitation.extraction.grammar import statements
from tests.elicitation.extraction._rules import parts


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
