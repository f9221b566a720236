"""Organisations hold assemblies and staff. What is there goes into a first one, named after the site; a sample into one of its own.

Nobody sees or may do more than before: steward becomes who runs every assembly (whoever has an account, where there is none yet); all others are members.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Django has no keys of more than one column; with these no role crosses between organisations, whatever the code does.
KEYS = """
    ALTER TABLE assemblies_role ADD CONSTRAINT role_in_an_assembly_of_the_organisation
        FOREIGN KEY (assembly_id, organisation_id) REFERENCES assemblies_assembly (id, organisation_id) DEFERRABLE INITIALLY DEFERRED;
    ALTER TABLE assemblies_role ADD CONSTRAINT role_of_a_colleague
        FOREIGN KEY (organisation_id, user_id) REFERENCES assemblies_colleague (organisation_id, user_id) DEFERRABLE INITIALLY DEFERRED;
    ALTER TABLE assemblies_staffinvitation ADD CONSTRAINT staff_invitation_to_an_assembly_of_the_organisation
        FOREIGN KEY (assembly_id, organisation_id) REFERENCES assemblies_assembly (id, organisation_id) DEFERRABLE INITIALLY DEFERRED;
"""
NO_KEYS = """
    ALTER TABLE assemblies_role DROP CONSTRAINT role_in_an_assembly_of_the_organisation;
    ALTER TABLE assemblies_role DROP CONSTRAINT role_of_a_colleague;
    ALTER TABLE assemblies_staffinvitation DROP CONSTRAINT staff_invitation_to_an_assembly_of_the_organisation;
"""
SETTLED = "SET CONSTRAINTS ALL IMMEDIATE"  # PostgreSQL changes no table rows of which wait to be checked


def gather(apps, schema_editor):
    """Put what is there into organisations; on a site with nothing on it there is none yet."""
    Assembly, User = apps.get_model("assemblies", "Assembly"), apps.get_model("auth", "User")
    samples, own = Assembly.objects.filter(is_sample=True), Assembly.objects.filter(is_sample=False)
    if samples.exists():
        put(apps, ("sample", "Sample"), samples, User.objects.filter(roles__assembly__in=samples))
    only_sample = User.objects.filter(roles__assembly__in=samples).exclude(roles__assembly__in=own)
    people = User.objects.exclude(pk__in=only_sample.values("pk"))
    if own.exists() or people.exists():
        put(apps, called(), own, people)


def put(apps, named, assemblies, people):
    """An organisation with these assemblies and people, with their roles and invitations."""
    Organisation, Colleague = (apps.get_model("assemblies", one) for one in ("Organisation", "Colleague"))
    slug, name = named
    here = Organisation.objects.create(slug=slug, name=name)
    run = apps.get_model("assemblies", "Role").objects.filter(assembly__in=assemblies, kind="facilitator")
    numbers = set(assemblies.values_list("pk", flat=True))
    for user in set(people.values_list("pk", flat=True)):
        all_of_them = numbers <= set(run.filter(user=user).values_list("assembly", flat=True))
        Colleague.objects.create(organisation=here, user_id=user, kind="steward" if all_of_them else "member")
    for one in ("Role", "StaffInvitation"):
        apps.get_model("assemblies", one).objects.filter(assembly__in=numbers).update(organisation=here)
    assemblies.update(organisation=here)


def called():
    """(short name, name) after the host of the site, where it has one with letters."""
    host = next(iter(settings.ALLOWED_HOSTS), "").strip(".*").lower()
    letters = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in host).strip("-")
    return (letters[:60], host[:120]) if any(c.isalpha() for c in letters) and letters != "sample" else ("first", "First organisation")


def forget_places(apps, schema_editor):
    """Back: what links only gave a place goes with the places."""
    apps.get_model("assemblies", "StaffInvitation").objects.filter(assembly=None).delete()


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('assemblies', '0012_by_helper'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['made_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Colleague',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('steward', 'Steward'), ('member', 'Member')], max_length=12)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='colleagues', to='assemblies.organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'user'), name='one_place_a_colleague'), models.CheckConstraint(condition=models.Q(('kind__in', ['steward', 'member'])), name='colleague_kind_known')],
            },
        ),
        migrations.AddField(
            model_name='assembly',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assemblies', to='assemblies.organisation'),
        ),
        migrations.AddField(
            model_name='role',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='assemblies.organisation'),
        ),
        migrations.AddField(
            model_name='staffinvitation',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='staff_invitations', to='assemblies.organisation'),
        ),
        migrations.RemoveConstraint(
            model_name='staffinvitation',
            name='staff_invitation_role_known',
        ),
        migrations.AlterField(
            model_name='staffinvitation',
            name='assembly',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='staff_invitations', to='assemblies.assembly'),
        ),
        migrations.AlterField(
            model_name='staffinvitation',
            name='kind',
            field=models.CharField(choices=[('facilitator', 'Facilitator'), ('researcher', 'Researcher'), ('steward', 'Steward'), ('member', 'Member')], max_length=12),
        ),
        migrations.RunPython(gather, forget_places),
        migrations.RunSQL(SETTLED, SETTLED),
        migrations.AlterField(
            model_name='assembly',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assemblies', to='assemblies.organisation'),
        ),
        migrations.AlterField(
            model_name='role',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='assemblies.organisation'),
        ),
        migrations.AlterField(
            model_name='staffinvitation',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='staff_invitations', to='assemblies.organisation'),
        ),
        migrations.AddConstraint(
            model_name='assembly',
            constraint=models.UniqueConstraint(fields=('id', 'organisation'), name='assembly_of_organisation'),
        ),
        migrations.AddConstraint(
            model_name='staffinvitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assembly__isnull', False), ('kind__in', ['facilitator', 'researcher'])), models.Q(('assembly__isnull', True), ('kind__in', ['steward', 'member'])), _connector='OR'), name='staff_invitation_to_a_role_or_a_place'),
        ),
        migrations.RunSQL(KEYS, NO_KEYS),
    ]
