"""The judge: did the client do what the documents ask of it? Verdicts over the facts of a journal.

    from nemovideo_fakeserver.judge import judge

    report = judge(journal.facts(), dropped=journal.dropped)

A rule is a row of `table.RULES`: a name, a severity, a source and a small pure function over the
`Evidence`, which is the facts arranged by what they are about. Imports point downwards:

    judging    from facts to a report
    report     verdicts, tallies, totals; `terminal` draws them
    table      the rules; one module for each noun
    rule       what a rule is, and what it finds
    gathering  from facts to evidence
    evidence   requests (`asks`), turns and streams (`turns`), who knew what (`told`)
"""

from nemovideo_fakeserver.judge.judging import judge
from nemovideo_fakeserver.judge.report import Report
from nemovideo_fakeserver.judge.rule import Rule
from nemovideo_fakeserver.judge.table import RULES
from nemovideo_fakeserver.judge.verdict import Tally, Verdict

__all__ = ["RULES", "Report", "Rule", "Tally", "Verdict", "judge"]
