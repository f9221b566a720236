"""Any OpenAI-compatible endpoint. The only module that imports openai.

A part of an answer is at most two calls: one, and one repair for a reply that was cut off, not in shape or in another language. Everything
else is retried by the flow, later. All calls of an answer share one deadline, and each is counted in what it cost.
"""

import json
import math
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from hashlib import sha256
from typing import Any, TypeVar

import openai
from pydantic import ValidationError

from elicitation.extraction import budget, tongues
from elicitation.extraction.copies import windows
from elicitation.extraction.engines import asking
from elicitation.extraction.engines.base import Ask, EngineFailure, Options, Reply, Usage
from elicitation.extraction.engines.schemas import CardsReply, Shape, VerdictsReply, schema_of
from elicitation.extraction.instructions import prompt, version_of
from elicitation.extraction.quotes import Span

FIRST_CAP, SECOND_CAP = 1500, 4000  # tokens out
MODES = ("json_schema", "json_object", "text")  # the best an endpoint can do, then the next
NARROWEST = 900  # code points; a model that cannot take in so few is of no use here
LONGEST_PAUSE = 3600.0  # seconds; an endpoint that asks for more is asked again after an hour
AGAIN = frozenset({"truncated", "invalid_schema", "wrong_language"})
CONTEXT = re.compile(r"context.?(?:length|window|size)|too (?:long|many tokens)", re.IGNORECASE)
Reply_ = TypeVar("Reply_", bound=Shape)
Said = TypeVar("Said")


class Endpoint:
    """Asks a model for cards in a JSON schema, and trusts nothing of what comes back."""

    name = "openai"

    def __init__(self, options: Options) -> None:
        self.options, self.model = options, options.model
        self.lane = f"{options.base_url}|{options.model}"
        self.window, self.mode = options.window, 0
        self.parameters: Mapping[str, object] = {
            "temperature": 0,
            "deadline": options.deadline,
            "critique": options.critique,
        }
        tongues.load()
        api_key = options.api_key or "none"
        self.client = openai.OpenAI(
            base_url=options.base_url or None, api_key=api_key, max_retries=0
        )
        self.by_relay = options.relay and openai.OpenAI(
            base_url=options.relay, api_key=api_key, max_retries=0
        )

    def prompt_version(self, ask: Ask) -> str:
        """Names the prompts in use: both where a second look is on."""
        return version_of(ask.instructions, self.options.critique)

    def at_most(self, ask: Ask) -> int:
        """Every call at its cap, every byte a token."""
        return self.price(self._bound(ask))

    def cost(self, ask: Ask, usage: Usage) -> int:
        """What the endpoint counted, and for calls that never came back a call at its most."""
        most = self.at_most(ask)
        return most if usage.unanswered else min(self.price(usage), most)

    def propose(self, ask: Ask) -> Reply:
        """The proposals for one answer. Raises EngineFailure."""
        return self.converse(ask, Conversation.reply)

    def converse(self, ask: Ask, talk: "Callable[[Conversation], Said]") -> Said:
        """What `talk` makes of a conversation about `ask`. Raises EngineFailure, with what was spent until then."""
        conversation = Conversation(self, ask)
        try:
            return talk(conversation)
        except EngineFailure as failure:
            raise conversation.ended(failure) from failure
        except Exception as broken:
            strange = EngineFailure(
                "endpoint_down", f"a reply of no known kind: {type(broken).__name__}"
            )
            raise conversation.ended(strange) from broken

    def price(self, usage: Usage) -> int:
        """What tokens cost here, in millionths of the currency unit."""
        prices = self.options.price_in, self.options.price_out
        return budget.price((usage.tokens_in, usage.tokens_out), prices)

    def _bound(self, ask: Ask) -> Usage:
        spans = windows(ask.text, ask.window or self.window)
        sent = budget.most_tokens(m["content"] for span in spans for m in _about(ask, span))
        sent = 2 * (sent + len(spans) * shape_tokens(CardsReply))
        out = len(spans) * (FIRST_CAP + SECOND_CAP)
        if self.options.critique:
            told = asking.checking_messages(prompt("check_cards"), ask, ())
            sent += 2 * (budget.most_tokens(m["content"] for m in told) + 4 * out)
            sent, out = sent + 2 * shape_tokens(VerdictsReply), out + FIRST_CAP + SECOND_CAP
        return Usage(sent, out)


class Conversation:
    """All calls about one answer: their deadline, what they cost, what came back."""

    def __init__(self, engine: Endpoint, ask: Ask) -> None:
        self.engine, self.ask = engine, ask
        self.until = time.monotonic() + engine.options.deadline
        self.window = ask.window or engine.window
        self.usage, self.raws = Usage(), list[str]()
        self.noted: dict[str, object] = {}
        self.words = sha256(repr(ask).encode(errors="surrogatepass")).hexdigest()[:16]

    def reply(self) -> Reply:
        """Read every part of the answer, then look a second time where that is asked for."""
        spans = windows(self.ask.text, self.window)
        parts = [self.asked(_about(self.ask, span), CardsReply) for span in spans]
        self.noted["covered"] = [[span.start, span.end] for span in spans]
        found = asking.together(parts)
        if found.values and self.engine.options.critique:
            found = replace(found, values=self._checked(found))
        return replace(found, usage=self.usage, raw="\n\n".join(self.raws), noted=self.noted)

    def ended(self, failure: EngineFailure) -> EngineFailure:
        """`failure` with what was spent and said until then."""
        failure.usage, failure.raw = self.usage, "\n\n".join(self.raws)
        failure.noted = self.noted
        return failure

    def _checked(self, found: Reply) -> Any:
        messages = asking.checking_messages(prompt("check_cards"), self.ask, found.values)
        try:
            verdicts = self.asked(messages, VerdictsReply)
        except EngineFailure as failure:  # a second look may strike; one that fails strikes nothing
            self.noted["critique"] = failure.code
            return found.values
        self.noted["critique"] = "done"
        return verdicts.over(found.values)

    def asked(self, messages: asking.Messages, shape: type[Reply_]) -> Reply_:
        """A reply in `shape`, after one repair where that may help. Raises EngineFailure."""
        try:
            return self._understood(self._sent(messages, shape, FIRST_CAP), shape)
        except EngineFailure as failure:
            if failure.code not in AGAIN:
                raise
        # The cut or broken reply is never sent back: it would only make the next one longer.
        return self._understood(self._sent(messages, shape, SECOND_CAP), shape)

    def _understood(self, completion: Any, shape: type[Reply_]) -> Reply_:
        """The reply in shape. Raises EngineFailure: refused, truncated, invalid_schema, wrong_language."""
        if not completion.choices:
            raise EngineFailure("invalid_schema", "a reply without choices")
        choice = completion.choices[0]
        raw = choice.message.content or ""
        self.raws.append(raw)
        if choice.message.refusal or choice.finish_reason == "content_filter":
            raise EngineFailure("refused", (choice.message.refusal or "content filter")[:200])
        if choice.finish_reason == "length":
            raise EngineFailure("truncated", "the reply was cut off")
        try:
            told = shape.model_validate_json(asking.only_object(raw))
        except ValidationError as broken:
            raise EngineFailure("invalid_schema", _where(broken)) from broken
        if asking.in_other_language(told, self.ask):
            raise EngineFailure("wrong_language", "the reply is not in the language asked for")
        return told

    def _sent(self, messages: asking.Messages, shape: type[Shape], cap: int) -> Any:
        """One reply, in the best mode the endpoint has. What it lacks is found out once a process, and recorded."""
        for mode in range(self.engine.mode, len(MODES)):
            try:
                completion = self._call(messages, shape, cap, MODES[mode])
            except openai.BadRequestError as refused:
                if mode + 1 < len(MODES) and _lacks_mode(refused):
                    continue
                raise self._failure(refused) from refused
            except openai.OpenAIError as error:
                raise self._failure(error) from error
            self.engine.mode, self.noted["mode"] = mode, MODES[mode]
            return completion
        raise AssertionError("the last mode either answers or raises")

    def _call(self, messages: asking.Messages, shape: type[Shape], cap: int, mode: str) -> Any:
        left = self.until - time.monotonic()
        if left <= 0:
            raise EngineFailure("timeout", f"no reply within {self.engine.options.deadline:g} s")
        self.usage += Usage(calls=1, unanswered=1)
        told: Any = messages if mode == "json_schema" else _with_schema(messages, shape)
        completion = self._completed(
            model=self.engine.model,
            messages=told,
            temperature=0,
            max_completion_tokens=cap,
            timeout=left,
            response_format=_format(shape, mode),
        )
        used = completion.usage
        sent = budget.most_tokens(m["content"] for m in messages)
        counted = (used.prompt_tokens, used.completion_tokens) if used else (None, None)
        self.usage += Usage(
            sent if counted[0] is None else counted[0],
            cap if counted[1] is None else counted[1],
            unanswered=-1,
        )
        return completion

    def _completed(self, **asked: Any) -> Any:
        """What the endpoint replies, by way of the relay where there is one that can be reached."""
        if self.engine.by_relay and self.ask.key:
            key = f"{self.ask.key}:{self.words}:{self.usage.calls}"
            try:
                return self.engine.by_relay.chat.completions.create(
                    **asked, extra_headers={"Idempotency-Key": key}
                )
            except openai.APIConnectionError as away:
                if _sent_anything(away):
                    raise
        return self.engine.client.chat.completions.create(**asked)

    def _failure(self, error: openai.OpenAIError) -> EngineFailure:
        """What an error of the client means for the answer."""
        if isinstance(error, openai.APIStatusError):  # answered with an error: nothing was made
            self.usage += Usage(unanswered=-1)
        if isinstance(error, openai.APITimeoutError):
            return EngineFailure("timeout", "no reply in time")
        if isinstance(error, openai.RateLimitError):
            return EngineFailure("rate_limited", "", _pause(error.response.headers))
        if isinstance(error, openai.BadRequestError) and CONTEXT.search(str(error)):
            return self._too_long()
        if isinstance(error, openai.APIStatusError):
            return EngineFailure("endpoint_down", f"status {error.status_code}")
        if isinstance(error, openai.APIConnectionError) and not _sent_anything(error):
            self.usage += Usage(unanswered=-1)
        return EngineFailure("endpoint_down", type(error).__name__)

    def _too_long(self) -> EngineFailure:
        """Longer than the model's context: asked again at once in shorter parts, down to NARROWEST."""
        if self.window <= NARROWEST:
            return EngineFailure("too_long", "longer than the model can read at once")
        self.engine.window = min(self.engine.window, max(self.window // 4, NARROWEST))
        detail = f"asked again in parts of {self.engine.window} code points"
        return EngineFailure("too_long", detail, retry_after=0.0)


def _about(ask: Ask, span: Span) -> asking.Messages:
    told = ask.instructions or prompt("read_answer")
    return asking.reading_messages(told, ask, ask.text[span.start : span.end])


@cache
def _schema(shape: type[Shape]) -> dict[str, Any]:
    return schema_of(shape)


@cache
def shape_tokens(shape: type[Shape]) -> int:
    """As many tokens as the schema of `shape` can be at most."""
    return len(str(_schema(shape)))


def _format(shape: type[Shape], mode: str) -> Any:
    if mode == "json_schema":
        return {"type": mode, "json_schema": _schema(shape)}
    return {"type": mode} if mode == "json_object" else openai.omit


def _with_schema(messages: asking.Messages, shape: type[Shape]) -> asking.Messages:
    told, *rest = messages
    schema = json.dumps(_schema(shape)["schema"])
    text = f"{told['content']}\n\nReply with one JSON object of this schema and nothing else:\n{schema}"
    return [{**told, "content": text}, *rest]


def _lacks_mode(error: openai.BadRequestError) -> bool:
    said = str(error).lower()
    return any(word in said for word in ("response_format", "json_schema", "json_object", "schema"))


def _where(broken: ValidationError) -> str:
    """Where a reply is out of shape; never what stands there, which may be a person's words."""
    first = broken.errors(include_input=False, include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"[:200]


def _sent_anything(error: openai.APIConnectionError) -> bool:
    return "refused" not in str(error.__cause__).lower()


def _pause(headers: Mapping[str, str]) -> float | None:
    try:
        seconds = float(headers["retry-after"])
    except (KeyError, ValueError):
        return None
    return min(max(seconds, 0.0), LONGEST_PAUSE) if math.isfinite(seconds) else None
