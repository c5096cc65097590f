"""What this plugin warns of."""

from __future__ import annotations


class NemoJudgeWarning(UserWarning):
    """A client broke a rule of the documents, and nothing else was wrong with the test."""

    __module__ = "nemovideo_pytest"  # where it is public: pytest shows it with every warning
