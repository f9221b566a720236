"""Of several stories one person told of one move, keep one: the released one, else the newest."""

from django.db import migrations

OTHERS = """
    SELECT id FROM (
        SELECT id, row_number() OVER (
            PARTITION BY transition_id, towards_id, written_by_id
            ORDER BY released_at IS NULL, id DESC
        ) AS place
        FROM graph_story WHERE written_by_id IS NOT NULL
    ) ranked WHERE place > 1
"""


class Migration(migrations.Migration):
    dependencies = [("graph", "0006_matching")]
    operations = [
        migrations.RunSQL(
            [
                f"UPDATE graph_showing SET story_id = NULL WHERE story_id IN ({OTHERS})",  # noqa: S608  a constant of this file  # nosec B608
                f"DELETE FROM graph_story WHERE id IN ({OTHERS})",  # noqa: S608  a constant of this file  # nosec B608
            ],
            migrations.RunSQL.noop,
        )
    ]
