"""Folds, which form a forest by what the database itself holds; and roots, kept beside each value."""

import django.db.models.deletion
from django.db import migrations, models

# A fold joins two roots of one inquiry. Both rows are locked first, in one order, so of two folds that share a value the second sees
# what the first did; and as every fold joins two roots, no circle can ever close.
FOREST = """
    CREATE FUNCTION graph_fold_joins_two_roots() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.undone_at IS NOT NULL THEN
            RETURN NEW;
        END IF;
        IF TG_OP = 'UPDATE' AND OLD.undone_at IS NOT NULL THEN
            RAISE EXCEPTION 'a fold that was undone stays undone' USING ERRCODE = 'check_violation';
        END IF;
        PERFORM FROM graph_value WHERE id IN (NEW.child_id, NEW.parent_id) ORDER BY id FOR UPDATE;
        IF EXISTS (
            SELECT FROM graph_fold WHERE undone_at IS NULL AND id <> NEW.id
                AND child_id IN (NEW.child_id, NEW.parent_id)
        ) THEN
            RAISE EXCEPTION 'a fold joins two roots' USING ERRCODE = 'check_violation';
        END IF;
        IF (SELECT count(DISTINCT inquiry_id) FROM graph_value WHERE id IN (NEW.child_id, NEW.parent_id)) <> 1 THEN
            RAISE EXCEPTION 'a fold joins two values of one inquiry' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER graph_fold_joins_two_roots BEFORE INSERT OR UPDATE OF child_id, parent_id, undone_at
        ON graph_fold FOR EACH ROW EXECUTE FUNCTION graph_fold_joins_two_roots();
"""
NO_FOREST = """
    DROP TRIGGER graph_fold_joins_two_roots ON graph_fold;
    DROP FUNCTION graph_fold_joins_two_roots();
"""
OWN_ROOT = """
    UPDATE graph_value SET root_id = id;
    SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('extraction', '0006_quote_hidden'),
        ('graph', '0011_transition_changes'),
    ]

    operations = [
        migrations.AddField(
            model_name='endorsement',
            name='covered',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='value',
            name='root',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='tree', to='graph.value'),
        ),
        migrations.RunSQL(OWN_ROOT, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='value',
            name='root',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='tree', to='graph.value'),
        ),
        migrations.CreateModel(
            name='Fold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='folds', to='graph.value')),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='folded_in', to='graph.value')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('child',), name='one_living_fold_a_value'), models.CheckConstraint(condition=models.Q(('child', models.F('parent')), _negated=True), name='no_value_is_folded_into_itself')],
            },
        ),
        migrations.RunSQL(FOREST, NO_FOREST),
    ]
