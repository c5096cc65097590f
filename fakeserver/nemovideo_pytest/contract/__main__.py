"""`python -m nemovideo_pytest.contract` prints the chapters of the contract as a table."""

from __future__ import annotations

from nemovideo_pytest.contract.chapters import as_markdown

if __name__ == "__main__":
    print(as_markdown(), end="")
