"""How far the decisions reach that were taken before touches were kept."""

from django.db import migrations

TOUCHES = """
    INSERT INTO moderation_touch (decision_id, thing, aspect, wrote)
    SELECT d.id, d.candidate_id, 'place', wrote FROM moderation_decision d, (VALUES (true), (false)) w (wrote)
    WHERE d.undone_at IS NULL AND d.candidate_id IS NOT NULL AND (d.kind IN ('accept', 'merge', 'reject') OR NOT wrote)
    UNION ALL
    SELECT d.id, d.value_id, 'being', d.kind = 'accept' FROM moderation_decision d
    WHERE d.undone_at IS NULL AND d.value_id IS NOT NULL AND d.kind IN ('accept', 'merge')
"""


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0002_decisions_in_full'),
    ]

    operations = [
        migrations.RunSQL(TOUCHES, 'DELETE FROM moderation_touch'),
    ]
