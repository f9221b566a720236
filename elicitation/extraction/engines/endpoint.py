"""Any OpenAI-compatible endpoint. The only module that imports openai.

One answer is at most two calls: one, and one repair for a reply that was cut off or not in shape. Everything else is retried by the
flow, later. All calls of an answer share one deadline.
"""

import time
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import openai
from pydantic import ValidationError

from elicitation.extraction.engines.base import Ask, EngineFailure, Reply, Usage
from elicitation.extraction.engines.schemas import CardsReply

PROMPT = Path(__file__).parents[1] / "prompts" / "read_values.md"
FIRST_CAP, SECOND_CAP = 1500, 4000  # tokens out
LONGEST_ANSWER = 20_000  # code points: what the border lets in


class Endpoint:
    """Asks a model for cards in a JSON schema, and trusts nothing of what comes back."""

    name = "openai"

    def __init__(self, *, base_url: str, api_key: str, model: str, deadline: float) -> None:
        self.model, self.deadline = model, deadline
        self.parameters: Mapping[str, object] = {"temperature": 0, "deadline": deadline}
        self._prompt = PROMPT.read_text(encoding="utf-8")
        self.prompt_version = sha256(self._prompt.encode()).hexdigest()[:12]
        self._client = openai.OpenAI(
            base_url=base_url or None, api_key=api_key or "none", max_retries=0
        )

    def propose(self, ask: Ask) -> Reply:
        """The cards of one answer. Raises EngineFailure."""
        until = time.monotonic() + self.deadline
        messages = self._messages(ask)
        first = self._call(messages, FIRST_CAP, until)
        try:
            return _understood(first)
        except (EngineFailure, ValidationError) as broken:
            if isinstance(broken, EngineFailure) and broken.code != "truncated":
                raise
        # The cut or broken reply is never sent back: it would only make the next one longer.
        second = self._call(messages, SECOND_CAP, until)
        try:
            return _understood(second)
        except ValidationError as broken:
            raise EngineFailure("invalid_schema", str(broken)[:200]) from broken

    def _messages(self, ask: Ask) -> Any:
        situations = "\n".join(f"- when {c}" for c in ask.contexts) or "- none given"
        told = (
            f"Question that was asked: {ask.question}\nSituations:\n{situations}\n\n"
            f"ANSWER BEGINS\n{ask.text}\nANSWER ENDS"
        )
        return [{"role": "system", "content": self._prompt}, {"role": "user", "content": told}]

    def _call(self, messages: Any, cap: int, until: float) -> Any:
        left = until - time.monotonic()
        if left <= 0:
            raise EngineFailure("timeout", f"no reply within {self.deadline:g} s")
        try:
            return self._client.chat.completions.create(
                model=self.model,
                messages=messages,
                temperature=0,
                max_completion_tokens=cap,
                timeout=left,
                response_format={
                    "type": "json_schema",
                    "json_schema": {
                        "name": "cards",
                        "strict": True,
                        "schema": CardsReply.model_json_schema(),
                    },
                },
            )
        except openai.OpenAIError as error:
            raise _failure(error) from error


def _understood(completion: Any) -> Reply:
    """The reply as cards. Raises EngineFailure (truncated, refused), ValidationError where it is out of shape."""
    choice = completion.choices[0]
    if choice.message.refusal or choice.finish_reason == "content_filter":
        raise EngineFailure("refused", (choice.message.refusal or "content filter")[:200])
    if choice.finish_reason == "length":
        raise EngineFailure("truncated", "the reply was cut off")
    raw = choice.message.content or ""
    cards = CardsReply.model_validate_json(raw)
    used = completion.usage
    usage = Usage(used.prompt_tokens, used.completion_tokens) if used else Usage()
    return Reply(tuple(value.proposal() for value in cards.values), usage, raw)


def _failure(error: openai.OpenAIError) -> EngineFailure:
    """What an error of the client means for the answer."""
    if isinstance(error, openai.APITimeoutError):
        return EngineFailure("timeout", "no reply in time")
    if isinstance(error, openai.RateLimitError):
        return EngineFailure(
            "rate_limited", "", _seconds(error.response.headers.get("retry-after"))
        )
    if isinstance(error, openai.BadRequestError) and "context_length" in str(error):
        return EngineFailure("too_long", "longer than the model can read at once")
    if isinstance(error, openai.APIStatusError):
        return EngineFailure("endpoint_down", f"status {error.status_code}")
    return EngineFailure("endpoint_down", type(error).__name__)


def _seconds(header: str | None) -> float | None:
    try:
        return float(header) if header else None
    except ValueError:
        return None
