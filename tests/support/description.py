"""An OpenAPI document, and whether what comes over the wire is what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it has no types of its own


@dataclass(frozen=True, slots=True)
class Description:
    """The description of one world, as plain data."""

    document: dict[str, Any]

    @classmethod
    def of(cls, http: httpx.Client, world: str = "") -> Description:
        """Return the description that a world gives of itself."""
        return cls(http.get(f"{world}/__fake__/openapi.json").raise_for_status().json())

    @property
    def operations(self) -> dict[str, dict[str, Any]]:
        """Every operation by the name of its route."""
        return {
            f"{method.upper()} {path}": operation
            for path, methods in self.document["paths"].items()
            for method, operation in methods.items()
        }

    def validator(self, schema: dict[str, Any]) -> Any:
        """Return a validator of that schema, which may refer to the components."""
        root = {"components": self.document["components"], "allOf": [schema]}
        return Draft202012Validator(root, format_checker=Draft202012Validator.FORMAT_CHECKER)

    def problems(self, line: str, response: httpx.Response) -> list[str]:
        """Return what in a reply is not as the operation says."""
        replies = self.operations[line]["responses"]
        reply = replies.get(str(response.status_code))
        if reply is None:
            return [f"{line} answers {response.status_code}, and says {', '.join(replies)}"]
        return [*self._of_headers(reply, response), *self._of_body(reply, response)]

    def _of_headers(self, reply: dict[str, Any], response: httpx.Response) -> Iterator[str]:
        for name, header in reply.get("headers", {}).items():
            told = self.resolved(header)
            value = response.headers.get(name)
            if value is None:
                if told.get("required"):
                    yield f"{name} is missing"
            elif told["schema"].get("type") != "integer":
                yield from (e.message for e in self.validator(told["schema"]).iter_errors(value))

    def _of_body(self, reply: dict[str, Any], response: httpx.Response) -> Iterator[str]:
        kind = response.headers.get("content-type", "").partition(";")[0]
        content = reply.get("content", {})
        if kind not in content:
            if response.content:
                yield f"{kind} is none of {', '.join(content)}"
        elif kind == "application/json":
            checker = self.validator(content[kind]["schema"])
            yield from (error.message for error in checker.iter_errors(response.json()))

    def resolved(self, told: dict[str, Any]) -> dict[str, Any]:
        """Return what a reference means, or what is no reference."""
        found: Any = told
        if "$ref" in told:
            found = self.document
            for part in told["$ref"].removeprefix("#/").split("/"):
                found = found[part]
        assert isinstance(found, dict)
        return found


def references(value: Any) -> Iterator[str]:
    """Yield every reference inside a value."""
    if isinstance(value, list):
        for inner in value:
            yield from references(inner)
    elif isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
