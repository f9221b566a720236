"""Must, must not, may and should, in every way they are said and denied; what says none of them is no rule."""

import re

import pytest

from elicitation.extraction.grammar import statements
from tests.elicitation.extraction._rules import parts


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
    ("language", "text"),
    [
        ("en", "The police do not have the right to read our letters."),
        ("en", "Landlords don't have the right to enter at night."),
        ("en", "Owners never have the right to cut off water."),
        ("en", "Landlords have no right to enter at night."),
        ("en", "The board shall have no power to sell the well."),
        ("en", "Guards are not entitled to open the bags."),
        ("en", "A guard isn't allowed to open the bags."),
        ("es", "Los jefes no tienen derecho a gritar."),
        ("es", "No está permitido fumar en la sala."),
        ("es", "Los guardias no están autorizados a abrir las bolsas."),
        ("es", "Los jefes no tendrían que gritar."),
        ("fr", "Les patrons n'ont pas le droit de crier."),
        ("fr", "Les gardiens n'ont aucun droit de fouiller."),
        ("fr", "Les gardiens ne sont pas autorisés à ouvrir les sacs."),
        ("fr", "Il n'est pas permis de fumer ici."),
        ("pt", "Os chefes não têm o direito de gritar."),
        ("pt", "Os guardas não estão autorizados a abrir as malas."),
        ("de", "Die Chefs haben kein Recht, uns anzuschreien."),
        ("de", "Die Wache hat nicht das Recht, Taschen zu öffnen."),
        ("de", "Die Wache ist nicht befugt, Taschen zu öffnen."),
        ("pl", "Szef nie ma prawa krzyczeć."),
        ("pl", "Strażnik nie jest uprawniony do otwierania toreb."),
        ("ru", "Начальник не вправе кричать."),
        ("ru", "Начальник не имеет права кричать."),
        ("ru", "Здесь не разрешается курить."),
        ("ar", "لا يحق للمدير أن يصرخ"),
        ("ar", "غير مسموح التدخين في المدرسة"),
        ("ar", "ليس من حق المدير أن يصرخ"),
        ("zh", "老板无权骂人。"),
        ("zh", "老板没有权利骂人。"),
        ("zh", "这里不被允许抽烟。"),
    ],
)
def test_a_right_that_is_denied_is_must_not_and_no_right(language, text):
    (rule,) = parts(text, language)
    assert rule["deontic"] == "must not"
    assert rule["aim"]


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


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Tenants have no duty to paint their walls."),
        ("en", "Tenants are under no obligation to paint their walls."),
        ("en", "Tenants won't have to pay."),
        ("en", "Nobody will have to pay."),
        ("en", "People will not need to pay."),
        ("en", "Tenants must not have to beg."),
        ("es", "Los vecinos no están obligados a pagar."),
        ("es", "No es obligatorio pagar la entrada."),
        ("es", "No está prohibido cantar en el patio."),
        ("fr", "Les voisins ne devraient pas avoir à payer."),
        ("pt", "Os vizinhos não são obrigados a pagar."),
        ("pt", "Não é preciso pagar."),
        ("pt", "Não é proibido cantar no pátio."),
        ("de", "Singen ist nicht verboten."),
        ("pl", "Sąsiad nie jest zobowiązany do zapłaty."),
        ("pl", "Śpiew nie jest zabroniony w parku."),
        ("ru", "Платить не необходимо."),
        ("ru", "Петь не запрещено во дворе."),
        ("ar", "لا يتعين على الجيران أن يدفعوا"),
        ("ar", "ليس من الضروري أن يدفع الجيران"),
        ("ar", "الغناء غير ممنوع في الساحة"),
        ("ar", "لا يمنع الغناء في الساحة"),
        ("zh", "邻居没有义务付钱。"),
        ("zh", "邻居并非必须付钱。"),
        ("zh", "这里不禁止唱歌。"),
    ],
)
def test_a_duty_or_a_ban_that_is_denied_is_neither(language, text):
    assert statements(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The board shall have the power to close the road."),
        ("en", "The board shall have authority to close the road."),
        ("en", "Members shall be entitled to see the books."),
        ("en", "Children must be allowed to play in the yard."),
        ("en", "Tenants are at liberty to paint their walls."),
        ("es", "Los guardias están autorizados a abrir la puerta."),
        ("fr", "Le conseil est habilité à fermer la rue."),
        ("fr", "Les voisins sont en droit de refuser."),
        ("pt", "O conselho está autorizado a fechar a rua."),
        ("de", "Der Rat ist befugt, die Straße zu sperren."),
        ("ru", "Каждый житель имеет право петь."),
        ("ar", "من حق المواطن أن يسأل"),
    ],
)
def test_a_power_or_a_right_is_may(language, text):
    (rule,) = parts(text, language)
    assert rule["deontic"] == "may"
    assert rule["aim"]


def test_a_power_outside_a_rulebook_is_a_fact_and_a_claim_to_one_is_a_demand():
    assert statements("Music has the power to heal a town.") == []
    (rule,) = parts("Citizens should have the power to stop a law.")
    assert (rule["deontic"], rule["aim"]) == ("should", "have the power to stop a law")


@pytest.mark.parametrize(
    ("text", "deontic"),
    [
        ("Visitors must, if it is dark, not enter the wood.", "must not"),
        ("Visitors must in no manner harm the birds.", "must not"),
        ("Members must: (1) not vote for themselves.", "must not"),
        ("No fewer than three members must be farmers.", "must"),
        ("The clerk must not only read but also write.", "must"),
    ],
)
def test_a_no_is_heard_over_what_stands_between_and_only_where_it_is_one(text, deontic):
    assert statements(text, "en")[0].deontic == deontic


@pytest.mark.parametrize("text", ["这个孩子没有权威。", "没有权力的人很多。"])
def test_a_word_that_begins_like_a_denied_right_is_none(text):
    assert statements(text, "zh") == []


def test_no_doubt_says_no_to_nothing():
    (rule,) = parts("No doubt people have to act.")
    assert (rule["attribute"], rule["deontic"], rule["aim"]) == ("people", "must", "act")


def test_not_only_is_no_no():
    (rule,) = parts("We should not only build houses but also parks.")
    assert rule["deontic"] == "should"


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("After the fight in May my daughter goes round the long way.", 0),
        ("Guests may stay until May, unless the hall is booked.", 1),
    ],
)
def test_the_month_of_may_permits_nothing(text, rules):
    assert len(statements(text, "en")) == rules
