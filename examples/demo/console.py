"""What the demo prints."""

from textwrap import indent


def act(title: str) -> None:
    """Announce an act."""
    print(f"\n{'=' * 20} {title}", flush=True)


def step(what: str) -> None:
    """Announce what comes next."""
    print(f"\n# {what}", flush=True)


def told(what: str) -> None:
    """Show something that came back."""
    print(indent(what, "  "), flush=True)
