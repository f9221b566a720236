"""An assembly of 100,000 answers with three cards each, 3,000 values and twenty votes an answer's author, made by SQL alone."""

from django.db import connection

from deliberation.assemblies.models import Assembly
from tests.conftest import found

CARDS, VOTES, VALUES = 3, 20, 3_000
TEXT = "When the river floods I look at who is left without a door to knock on, and I want quiet nights for them, as number "
SOWN = f"""
    INSERT INTO interview_respondent (id, kind, asks_first, read_at, in_research, created_at)
        SELECT md5('person ' || n)::uuid, 'person', false, '', true, now() FROM generate_series(1, %(n)s) n;
    INSERT INTO interview_response (id, prompt_id, respondent_id, key, channel, quotes_public, received_at)
        SELECT md5('answer ' || n)::uuid, %(prompt)s, md5('person ' || n)::uuid, 'k' || n, 'sample', true, now() + n * interval '1 ms' FROM generate_series(1, %(n)s) n;
    INSERT INTO interview_revision (id, response_id, number, text, language, written_at, by_helper)
        SELECT md5('words ' || n)::uuid, md5('answer ' || n)::uuid, 1, '{TEXT}' || n, 'en', now(), false FROM generate_series(1, %(n)s) n;
    INSERT INTO extraction_reading (id, revision_id, engine, model, prompt_version, parameters, state, failure, detail, refusals, tokens_in, tokens_out, calls, cost, started_at, ended_at)
        SELECT md5('reading ' || n)::uuid, md5('words ' || n)::uuid, 'offline', 'usem3', '', '{{}}', 'done', '', '', '{{}}', 0, 0, 0, 0, now(), now() FROM generate_series(1, %(n)s) n;
    INSERT INTO extraction_candidate (id, reading_id, language, state, version, proposed_at, answered_at, title, context)
        SELECT md5('card ' || n)::uuid, md5('reading ' || (n / {CARDS} + 1))::uuid, 'en', 'confirmed', 1, now(), now(), 'Open doors ' || n, 'the river floods' FROM generate_series(0, {CARDS} * %(n)s - 1) n;
    INSERT INTO extraction_policy (candidate_id, position, text, by_author)
        SELECT md5('card ' || n)::uuid, 0, 'who is left without a door to knock on', false FROM generate_series(0, {CARDS} * %(n)s - 1) n;
    INSERT INTO extraction_quote (id, revision_id, start, "end", text, public, policy_id, by_helper)
        SELECT md5('quote ' || p.id)::uuid, r.revision_id, 31, 38, substr('{TEXT}', 32, 7), true, p.id, false
        FROM extraction_policy p JOIN extraction_candidate c ON c.id = p.candidate_id JOIN extraction_reading r ON r.id = c.reading_id;
    INSERT INTO graph_value (id, inquiry_id, root_id, title, policies, context, language, version, admitted_at)
        SELECT md5('value ' || n)::uuid, %(inquiry)s, md5('value ' || n)::uuid, 'Value ' || n, ARRAY['who is left'], '', 'en', 1, now() FROM generate_series(0, {VALUES} - 1) n;
    INSERT INTO graph_evidence (candidate_id, value_id, at)
        SELECT md5('card ' || n)::uuid, md5('value ' || (n %% {VALUES}))::uuid, now() FROM generate_series(0, {CARDS} * %(n)s - 1) n;
    INSERT INTO graph_endorsement (respondent_id, value_id, says, at, covered)
        SELECT md5('person ' || n)::uuid, md5('value ' || ((n * 31 + v * 137) %% {VALUES}))::uuid,
            CASE WHEN (n * 7919 + v) %% 11 = 0 THEN 0 WHEN (n %% 3 = 0) = (((n * 31 + v * 137) %% {VALUES}) %% 2 = 0) THEN 1 ELSE -1 END, now(), false
        FROM generate_series(1, %(n)s) n, generate_series(0, {VOTES} - 1) v;
    INSERT INTO graph_transition (inquiry_id, from_value_id, to_value_id, source, shown, judged, changes, proposed_at)
        SELECT %(inquiry)s, md5('value ' || n)::uuid, md5('value ' || (n + 1))::uuid, 'pairing', 20, 20, 20, now() FROM generate_series(0, 499) n;
    INSERT INTO graph_showing (respondent_id, transition_id, forward, to_left, with_story, own, route, at)
        SELECT md5('person ' || p)::uuid, t.id, p %% 2 = 0, true, false, false, 'few', now() FROM graph_transition t, generate_series(1, 20) p;
    INSERT INTO graph_judgement (showing_id, answer, reason, language, at)
        SELECT id, CASE WHEN id %% 4 = 0 THEN 'from' ELSE 'to' END, '', '', now() FROM graph_showing;
    ANALYZE;
"""  # noqa: S608  numbers of our own


def sown(answers: int) -> Assembly:
    """The assembly, in the database."""
    assembly = found("large")
    inquiry = assembly.inquiries.get()
    asked = {"n": answers, "prompt": inquiry.prompts.first().pk, "inquiry": inquiry.pk}
    with connection.cursor() as cursor:
        for statement in SOWN.split(";\n"):
            if statement.strip():
                cursor.execute(statement, asked)
    return assembly
