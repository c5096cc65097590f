"""Opens an answer: out comes the call's result, or the error that the answer is.

Three ways to say yes are documented: `{"code":0,"data":...}` for most, `{"success":true,"data":...}` for
renders in one version, and the bare object for renders in the others. All are taken everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from nemovideo_client.errors import APIResponseError
from nemovideo_client.models import Json, Result
from nemovideo_client.wire.messages import Answer, Call
from nemovideo_client.wire.refusals import refusal, said_no

T = TypeVar("T")

_WRAPPING = frozenset({"code", "success", "message", "data"})


def unwrap(answer: Answer, call: Call[T], *, secrets: Iterable[str] = ()) -> T:
    """Return what a whole answer says.

    `secrets` are blotted out of any message. Raises a leaf of `APIRefusal` where the service said no,
    APIResponseError where the answer is nothing that a document describes.
    """
    body = _parsed(answer.body)
    said = body if isinstance(body, dict) else {}
    if said_no(answer, said):
        raise refusal(answer, said, call, secrets)
    if not isinstance(body, dict):
        raise _unreadable("The answer is not a JSON object", answer, call)
    try:
        result = call.read(_data(body))
    except KeyError as error:
        missing = " ".join(map(str, error.args)).replace("_", " ")
        raise _unreadable(f"The answer has no usable {missing}", answer, call) from None
    except (TypeError, ValueError):
        raise _unreadable("The answer is not what the documents show", answer, call) from None
    return _identified(result, answer)


def check_stream(answer: Answer) -> bool:
    """Say whether an opened answer is an event stream; if not, its body is to be read and unwrapped."""
    return answer.status == 200 and _content_type(answer) == "text/event-stream"


def check_film(answer: Answer) -> bool:
    """Say whether an opened answer is a film; if not, its body is to be read and unwrapped."""
    kind = _content_type(answer)
    words = kind.startswith("text/") or kind.endswith(("/json", "+json"))
    return answer.status == 200 and not words


def _content_type(answer: Answer) -> str:
    return (answer.header("content-type") or "").partition(";")[0].strip().lower()


def _parsed(body: bytes) -> Any:
    """Return the JSON value; no body is an object without fields, no JSON is None."""
    try:
        return json.loads(body) if body.strip() else {}
    except (ValueError, RecursionError):
        return None


def _data(body: Json) -> Any:
    """Return what is in `data`, with what stands beside it: in one variant a render is in both."""
    data = body.get("data")
    beside = {name: value for name, value in body.items() if name not in _WRAPPING}
    return beside | (data or {}) if isinstance(data, dict | None) else data


def _unreadable(message: str, answer: Answer, call: Call[Any]) -> APIResponseError:
    return APIResponseError(message, endpoint=call.endpoint, request_id=answer.request_id)


def _identified(result: T, answer: Answer) -> T:
    if isinstance(result, Result) and answer.request_id:
        return replace(result, request_id=answer.request_id)
    return result
