"""manage.py load_sample: the sample assembly, written for this project and marked as a sample."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.management.base import BaseCommand
from django.utils import timezone

from deliberation.assemblies.actions import organising, setting_up, taking_in
from deliberation.assemblies.drafts import AssemblyDraft
from deliberation.assemblies.models import Assembly, Organisation, Phase
from elicitation.interview.drafts import InquiryDraft, PromptDraft, Words

SAMPLE = Path(__file__).parents[2] / "sample" / "riverside.json"
OPEN_FOR = timedelta(days=365)


class Command(BaseCommand):
    help = "Found the sample assembly and take in its answers; doing it again adds nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        sample = json.loads(SAMPLE.read_text(encoding="utf-8"))
        assembly = Assembly.objects.filter(slug=sample["slug"]).first()
        if assembly is None:
            assembly = setting_up.found(self._draft(sample), None, self._organisation())
            setting_up.invite(assembly, "sample")
        if not assembly.phases.filter(
            kind=Phase.Kind.WEIGHING
        ).exists():  # founded by an older version
            now = timezone.now()
            setting_up.set_phase(assembly, Phase.Kind.WEIGHING, now, now + OPEN_FOR)
        prompts = list(assembly.inquiries.get().prompts.order_by("position"))
        for place, prompt in enumerate(prompts):
            rows = [
                (uuid5(NAMESPACE_URL, f"sample:{n}"), self._words(n, answer))
                for n, answer in enumerate(sample["answers"])
                if answer["prompt"] == place
            ]
            taking_in.take_in_sample(prompt, rows)
        self.stdout.write(f"Sample assembly {assembly.slug}: {len(sample['answers'])} answers.")

    def _organisation(self) -> Organisation:
        """One of the sample's own, so that whoever tries it out sees nothing else."""
        there = Organisation.objects.filter(slug="sample").first()
        return there or organising.found_organisation("sample", "Sample")

    def _draft(self, sample: dict[str, Any]) -> AssemblyDraft:
        now, languages = timezone.now(), ("en", "fr", "es", "ar")
        prompts = tuple(
            PromptDraft(p["wording"], p["kind"], p.get("help", {}), p.get("example", {}))
            for p in sample["prompts"]
        )
        inquiry = InquiryDraft(sample["question"], languages, prompts, tuple(sample["contexts"]))
        return AssemblyDraft(
            slug=sample["slug"],
            title=sample["title"],
            welcome=sample["welcome"],
            consent=sample["consent"],
            languages=languages,
            zone="Europe/Paris",
            inquiries=(inquiry,),
            phases=dict.fromkeys(Phase.Kind.values, (now, now + OPEN_FOR)),
            is_sample=True,
        )

    def _words(self, number: int, answer: dict[str, Any]) -> Words:
        return Words(
            answer["text"], answer["language"], f"sample-{number}", "sample", quotes_public=True
        )
