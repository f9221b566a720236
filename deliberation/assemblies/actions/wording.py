"""Change what people read before they answer, in one language at a time: the welcome, what they agree to, the question, the prompts."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from deliberation.assemblies.actions.text_keeping import begin_text, ensure_fit, with_text
from deliberation.assemblies.errors import LastPrompt, PromptAnswered, QuestionAnswered
from deliberation.assemblies.models import Assembly
from elicitation.interview.actions import reword_prompt
from elicitation.interview.drafts import PromptDraft
from elicitation.interview.models import Inquiry, Prompt, Response
from elicitation.record.actions import append, recorded


@dataclass(frozen=True, slots=True)
class Front:
    """What an assembly says of itself, in one language; "" for nothing."""

    title: str
    welcome: str
    consent: str
    question: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What one prompt says, in one language; "" for nothing."""

    wording: str
    help: str = ""
    example: str = ""


@recorded
def reword_front(assembly: Assembly, language: str, words: Front) -> Assembly:
    """Put words in one language in place of those there are. Who agreed to other words is asked anew; every version is kept.

    Raises WordsUnfit where a language of the assembly would be left without title or question, or a text cannot be kept; QuestionAnswered where
    the question is another though people have answered it.
    """
    held = Assembly.objects.select_for_update(no_key=True).get(pk=assembly.pk)
    ensure_fit(held, language, [words.title, words.question], [words.welcome, words.consent])
    before = held.consent.get(language, "")
    held.title = with_text(held.title, language, words.title)
    held.welcome = with_text(held.welcome, language, words.welcome)
    held.consent = with_text(held.consent, language, words.consent)
    if before and before != held.consent.get(language, ""):
        held.consent_version += 1
    held.save(update_fields=["title", "welcome", "consent", "consent_version"])
    begin_text(held)
    _reword_question(held, language, words.question.strip())
    append("assembly.reworded", assembly=held.slug, language=language)
    return held


@recorded
def reword_asked(assembly: Assembly, prompt: Prompt, language: str, words: Asked) -> Prompt:
    """Put a prompt in other words, in one language. Answers already given keep the wording they answered; the same words change nothing. Raises WordsUnfit."""
    ensure_fit(assembly, language, [words.wording], [words.help, words.example])
    draft = PromptDraft(
        wording=with_text(prompt.wording, language, words.wording),
        kind=prompt.kind,
        help=with_text(prompt.help, language, words.help),
        example=with_text(prompt.example, language, words.example),
    )
    same = (draft.wording, draft.help, draft.example) == (prompt.wording, prompt.help, prompt.example)  # fmt: skip
    if same:
        append("prompt.unchanged", assembly=assembly.slug, prompt=str(prompt.pk))
        return prompt
    return reword_prompt(prompt, draft)


@recorded
def add_prompt(assembly: Assembly, inquiry: Inquiry, language: str, words: Asked) -> Prompt:
    """Ask one thing more, after all others. Raises WordsUnfit."""
    ensure_fit(assembly, language, [words.wording], [words.help, words.example])
    Inquiry.objects.select_for_update(no_key=True).get(pk=inquiry.pk)
    last = inquiry.prompts.aggregate(last=Max("position"))["last"]
    texts = {"wording": words.wording, "help": words.help, "example": words.example}
    told: dict[str, Any] = {name: with_text({}, language, text) for name, text in texts.items()}
    made = Prompt.objects.create(inquiry=inquiry, position=0 if last is None else last + 1, **told)
    append("prompt.added", assembly=assembly.slug, prompt=str(made.pk))
    return made


@recorded
def drop_prompt(assembly: Assembly, prompt: Prompt) -> None:
    """Ask it no more. Raises PromptAnswered once somebody has answered it in any wording, LastPrompt."""
    Inquiry.objects.select_for_update(no_key=True).get(pk=prompt.inquiry_id)
    here = Prompt.objects.filter(inquiry=prompt.inquiry_id)
    versions = here.filter(position=prompt.position)
    if Response.objects.filter(prompt__in=versions).exists():
        raise PromptAnswered
    if not here.exclude(position=prompt.position).exists():
        raise LastPrompt
    for version in versions.order_by("version"):  # each refers to the next
        version.delete()
    append("prompt.dropped", assembly=assembly.slug, prompt=str(prompt.pk))


def _reword_question(assembly: Assembly, language: str, question: str) -> None:
    inquiry = assembly.inquiries.order_by("agenda_item__position").first()
    if inquiry is None or inquiry.question.get(language) == question:
        return
    had = inquiry.question.get(language)
    if had and Response.objects.filter(prompt__inquiry=inquiry).exists():
        raise QuestionAnswered
    told = with_text(inquiry.question, language, question)
    Inquiry.objects.filter(pk=inquiry.pk).update(question=told)
