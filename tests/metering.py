"""Figures for Prometheus, asked for as who holds the token does."""

from prometheus_client.parser import text_string_to_metric_families

TOKEN = "a-token-of-thirty-two-characters-and-more"  # noqa: S105


def figures(text):
    """{(name, labels): value} of an answer."""
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def asked(client):
    page = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert page.status_code == 200
    return figures(page.text)
