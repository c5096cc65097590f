"""Request bodies in HAR: text, parameters, and what HAR has no word for under names with an underscore."""

from __future__ import annotations

import base64
import hashlib
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl

from nemovideo_proxy.convert.recording import Recording
from nemovideo_proxy.convert.text import bytes_of, text_of
from nemovideo_proxy.model import Blob, Body, Multipart, Part, Request, first

NO_TEXT = "binary: the bytes are in _base64"


def post_data(request: Request, recording: Recording) -> dict[str, Any]:
    """Return the `postData` of a request that has a body."""
    content_type = request.header("content-type") or ""
    data: dict[str, Any] = {"mimeType": content_type}
    if isinstance(request.body, Multipart):
        params = [_param(part, recording) for part in request.body.parts]
        data |= {"params": params, "_boundary": request.body.boundary}
    elif "x-www-form-urlencoded" in content_type and isinstance(request.body, bytes):
        data["params"] = _pairs(request.body)
    return data | _raw(request.body, content_type, recording)


def _raw(body: Body, content_type: str, recording: Recording) -> dict[str, Any]:
    whole = recording.bytes_of(body)
    if (text := text_of(whole, content_type)) is not None and not isinstance(body, Blob):
        return {"text": text}
    # what reads HAR expects the key, and HAR has no encoding for what is sent
    said: dict[str, Any] = {"text": "", "comment": NO_TEXT}
    if isinstance(body, Multipart):
        return said
    said["_base64"] = base64.b64encode(whole).decode("ascii")
    return said | ({"_suffix": body.suffix} if isinstance(body, Blob) else {})


def _pairs(body: bytes) -> list[dict[str, str]]:
    pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    return [{"name": name, "value": value} for name, value in pairs]


def _param(part: Part, recording: Recording) -> dict[str, Any]:
    content = recording.bytes_of(part.body)
    disposition = first(part.headers, "content-disposition") or ""
    content_type = first(part.headers, "content-type")
    told: dict[str, Any] = {"name": _of(disposition, "name") or ""}
    if (filename := _of(disposition, "filename")) is not None:
        told["fileName"] = filename
    if content_type is not None:
        told["contentType"] = content_type
    text = text_of(content, content_type or "")
    if text is not None and not isinstance(part.body, Blob):
        told["value"] = text
    else:
        told["_base64"] = base64.b64encode(content).decode("ascii")
    if isinstance(part.body, Blob):
        told["_suffix"] = part.body.suffix
    return told | {"_headers": [{"name": name, "value": value} for name, value in part.headers]}


def _of(disposition: str, name: str) -> str | None:
    message = Message()
    message["content-disposition"] = disposition.replace("\r", " ").replace("\n", " ")
    found = message.get_param(name, header="content-disposition")
    return found if isinstance(found, str) else None


def body_of(data: dict[str, Any], blobs: dict[Blob, bytes]) -> Body:
    """Return the body that a `postData` tells; what was a file becomes one of `blobs` again."""
    content_type = data.get("mimeType") or ""
    if "_base64" in data:
        return _content(data, base64.b64decode(data["_base64"]), blobs)
    boundary = data.get("_boundary")
    if boundary is not None:
        return Multipart(boundary=boundary, parts=tuple(_part(p, blobs) for p in data["params"]))
    if (text := data.get("text")) or not data.get("params"):
        return bytes_of(text or "", content_type)
    return _from_params(data["params"], content_type, blobs)


def _content(data: dict[str, Any], content: bytes, blobs: dict[Blob, bytes]) -> bytes | Blob:
    if "_suffix" not in data:
        return content
    digest = hashlib.sha256(content).hexdigest()
    blob = Blob(sha256=digest, size=len(content), suffix=data["_suffix"])
    blobs[blob] = content
    return blob


def _part(param: dict[str, Any], blobs: dict[Blob, bytes]) -> Part:
    content_type = param.get("contentType") or ""
    content = (
        base64.b64decode(param["_base64"])
        if "_base64" in param
        else bytes_of(param.get("value") or "", content_type)
    )
    named = param["_headers"] if "_headers" in param else _headers(param)
    headers = tuple((header["name"], header["value"]) for header in named)
    return Part(headers=headers, body=_content(param, content, blobs))


def _headers(param: dict[str, Any]) -> list[dict[str, str]]:
    disposition = f'form-data; name="{param["name"]}"'
    if param.get("fileName"):
        disposition += f'; filename="{param["fileName"]}"'
    headers = [{"name": "Content-Disposition", "value": disposition}]
    if param.get("contentType"):
        headers.append({"name": "Content-Type", "value": param["contentType"]})
    return headers


def _from_params(params: list[dict[str, Any]], content_type: str, blobs: dict[Blob, bytes]) -> Body:
    message = Message()
    message["content-type"] = content_type
    boundary = message.get_param("boundary")
    if isinstance(boundary, str):
        return Multipart(boundary=boundary, parts=tuple(_part(param, blobs) for param in params))
    # browsers give the values of a form as they were sent
    return "&".join(f"{p['name']}={p.get('value') or ''}" for p in params).encode()
