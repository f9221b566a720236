"""What would tell who somebody is, is found, what only looks like it is not."""

import pytest

from deliberation.assemblies import codes
from deliberation.exports.leaks import Leak, Scan, found_in
from deliberation.exports.tables import TABLES


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("mail me: ada.l+hall@example.co.uk.", "email"),
        ("اكتب إلى ada@example.org", "email"),
        ("call +49 30 1234567 after six", "telephone"),
        ("call +1 (555) 123-4567", "telephone"),
        ("01 23 45 67 89 is mine", "telephone"),
        ("030/1234567", "telephone"),
        ("(020) 7946 0958", "telephone"),
        ("555-123-4567", "telephone"),
        ("٠٣٠ ١٢٣٤٥٦٧", "telephone"),
        ("my code is 7Q2M-0XKD-R4TB-9HCE", "code"),
        ("7q2m-0xkd-r4tb-9hce", "code"),
        ("it was 7Q2M 0XKD R4TB 9HCE, I think", "code"),
        ("7q2m0xkdr4tb9hce", "code"),
        ("7Q2M0XKD-R4TB9HCE", "code"),
        ("212 555 0100", "telephone"),
        ("2125550100, evenings", "telephone"),
        ("612 34 56 78", "telephone"),
    ],
)
def test_it_finds(text, what):
    assert found_in(text) == what


@pytest.mark.parametrize(
    "text",
    [
        "Meet @ the bridge, 18:00-20:30, 3 @ 4 each.",
        "On 01.02.2026, or 2026-02-01, or 01/02/2026, or 01 04 2019.",
        "1,000,000 people and 12 000 000 euro; 0.1234567 of it",
        "between 2019 and 2024 in 75001 Paris, 10 000 trees",
        "0 1 2 3 4, a 50-50 chance; paragraph 12.3.4",
        "this-that-here-once and 1234-5678-9012-3456",
        "from 2019 till 2024, that once took 1000 days over 2000 feet",
        "1000000000 people, pages 120-125 of 1,234,567",
        "rooms 100 20 30 40; in 75011 or SW1A 2AA",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    ],
)
def test_it_leaves_alone(text):
    assert found_in(text) is None


def test_every_code_that_lets_in_is_found_but_one_in_hundreds():
    made = [codes.derive("key", "receipt", str(n)) for n in range(1000)]
    assert sum(found_in(f"use {code} here") == "code" for code in made) > 990


def scanned(**tables):
    """What a look at these rows finds, each with what is said of it and nothing else."""
    scan = Scan()
    for table, rows in tables.items():
        for row in rows:
            scan.watch(table)({**dict.fromkeys(TABLES[table].columns), **row})
    return scan.first()


def test_what_its_author_released_in_a_quote_is_theirs_to_show():
    one, other = "Write to ada@hall.example.", "Write to bo@hall.example."
    said = [{"response": f"r{n}", "text": text} for n, text in enumerate((one, other))]
    quote = {"quote": "q", "text": one, "public": True}
    assert scanned(responses=said, quotes=[quote]) == Leak("email", "responses", "r1")
    private = {**quote, "public": False}
    assert scanned(responses=said, quotes=[private]) == Leak("email", "responses", "r0")
    assert scanned(responses=said[:1], rules=[{"quotes": [quote]}]) is None


def test_it_looks_into_lists_and_not_into_tables_without_words():
    policies = [{"position": 0, "text": "who has 030/1234567", "by_author": False}]
    found = scanned(candidates=[{"candidate": "c", "policies": policies}])
    assert found == Leak("telephone", "candidates", "c")
    assert Scan().watch("endorsements") is None
