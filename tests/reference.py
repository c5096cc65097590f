"""Builds the API reference from docstrings into build/reference/, with pdoc; any warning is an error."""

from __future__ import annotations

import warnings
from importlib import import_module
from pathlib import Path

from support.public_names import MODULES, filled

OUT = Path(__file__).parents[1] / "build" / "reference"

CLIENTS = ("nemovideo_client.client", "nemovideo_client.async_client")
FLOWS = tuple(f"nemovideo_client.flows.{name}" for name in ("connecting", "turn", "endpoints"))

SHADOWED = "nemovideo_fakeserver.verify.exchanges"
"""A module that is no public name: the function of that name is."""


def main() -> None:
    """Build it, and say where it begins."""
    pdoc = import_module(
        "pdoc"
    )  # in the tox environment `reference` alone, unknown to mypy elsewhere
    warnings.simplefilter("error")
    for module in MODULES:
        filled(module)
    for client in CLIENTS:
        _lend(client)
    pdoc.render.configure(docformat="markdown")
    pdoc.pdoc(*MODULES, f"!{SHADOWED}", output_directory=OUT)
    print(OUT / "index.html")


def _lend(client: str) -> None:
    """Let pdoc find what annotations name: it looks in the module of a method, they were written in its flow's."""
    names = vars(import_module(client))
    for flow in FLOWS:
        for name, value in vars(import_module(flow)).items():
            names.setdefault(name, value)


if __name__ == "__main__":
    main()
