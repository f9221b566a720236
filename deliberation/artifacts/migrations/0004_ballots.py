"""The roll is who may vote, a ballot holds its lines, and the vote has a row of its own; a version put to the vote is no draft any more."""

import uuid

from django.db import migrations, models
from django.db.models import CASCADE, Q


class Migration(migrations.Migration):

    dependencies = [
        ("artifacts", "0003_contesting_and_ratifying"),
        ("assemblies", "0003_strata_and_phases"),
    ]

    operations = [
        migrations.DeleteModel("BallotLine"),
        migrations.DeleteModel("Roll"),  # its keys were counted up, in the order of voting
        migrations.CreateModel(
            name="Roll",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("version", models.ForeignKey(on_delete=CASCADE, related_name="roll", to="artifacts.version")),
                ("membership", models.ForeignKey(on_delete=CASCADE, related_name="rolls", to="assemblies.membership")),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.AddConstraint(
            model_name="roll",
            constraint=models.UniqueConstraint(fields=("version", "membership"), name="one_place_on_the_roll"),
        ),
        migrations.CreateModel(
            name="Poll",
            fields=[
                ("version", models.OneToOneField(on_delete=CASCADE, primary_key=True, related_name="poll", serialize=False, to="artifacts.version")),
                ("secret", models.CharField(blank=True, editable=False, max_length=32)),
                ("key_digest", models.CharField(editable=False, max_length=64)),
                ("places", models.JSONField(default=dict, help_text="Respondent -> label of a group")),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
                ("counted_at", models.DateTimeField(blank=True, null=True)),
                ("result", models.JSONField(blank=True, null=True)),
            ],
            options={"ordering": ["opened_at"]},
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=Q(counted_at=None, result__isnull=True)
                | Q(counted_at__isnull=False, result__isnull=False, secret="", places={}),
                name="a_counted_poll_keeps_no_secret",
            ),
        ),
        migrations.AddField(model_name="ballot", name="lines", field=models.JSONField(default=dict)),
        migrations.RemoveConstraint(model_name="version", name="one_draft_an_artifact"),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("artifact",), condition=Q(published_at=None, frozen_at=None), name="one_draft_an_artifact"
            ),
        ),
        migrations.AddConstraint(
            model_name="minoritystatement",
            constraint=models.UniqueConstraint(
                fields=("artifact", "clause", "respondent"),
                condition=Q(withdrawn_at=None, respondent__isnull=False),
                nulls_distinct=False,
                name="one_minority_statement_a_person_and_clause",
            ),
        ),
    ]
