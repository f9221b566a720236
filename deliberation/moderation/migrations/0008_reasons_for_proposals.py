"""Assemblies that have a list of reasons get those for what AI systems propose; the reasons people were shown stay as they are."""

from django.db import migrations

ALSO_FOR_PROPOSALS = ("unclear", "not_the_question", "about_somebody", "insult")
NEW = {
    "before_people": (
        "show_ai",
        {
            "en": "People can read it and say in their own words whether it matters to them.",
            "fr": "Chacun peut la lire et dire avec ses propres mots si elle compte pour soi.",
            "es": "Cualquiera puede leerla y decir con sus propias palabras si le importa.",
            "ar": "يستطيع الناس قراءته وأن يقولوا بكلماتهم هل يهمّهم.",
            "de": "Alle können es lesen und in eigenen Worten sagen, ob es ihnen wichtig ist.",
        },
    ),
    "said_by_people": (
        "drop_ai",
        {
            "en": "People here have said it themselves already.",
            "fr": "Des personnes l'ont déjà dit elles-mêmes ici.",
            "es": "Aquí ya lo han dicho personas.",
            "ar": "لقد قاله الناس هنا بأنفسهم من قبل.",
            "de": "Menschen haben es hier schon selbst gesagt.",
        },
    ),
}


def add(apps, schema_editor):
    reason = apps.get_model("moderation", "Reason")
    for one in reason.objects.filter(code__in=ALSO_FOR_PROPOSALS):
        one.kinds = [*one.kinds, "drop_ai"]
        one.save(update_fields=["kinds"])
    for assembly in reason.objects.order_by().values_list("assembly", flat=True).distinct():
        last = reason.objects.filter(assembly=assembly).order_by("-position").first().position
        for n, (code, (kind, wording)) in enumerate(NEW.items(), last + 1):
            told = {"wording": wording, "kinds": [kind], "position": n}
            reason.objects.get_or_create(assembly_id=assembly, code=code, defaults=told)


class Migration(migrations.Migration):
    dependencies = [("moderation", "0007_machine_proposals")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
