"""What the judge of the fake says of whoever has played an act."""

from __future__ import annotations

from examples.demo.console import step, told
from examples.demo.curl_act import CURL, Shell


def verdicts(url: str) -> None:
    """Ask for the verdicts so far and show them; a broken rule ends the demo."""
    step("What the judge says: were the rules of the documents kept?")
    report = Shell(url).json(f'{CURL} "$NEMO_API_URL/__fake__/verdicts"')
    for verdict in report["verdicts"]:
        told(f"{verdict['severity']}: {verdict['rule']}: {verdict['did']}")
    totals = report["totals"]
    told(f"{totals['rules_broken']} rules broken, {totals['rules_kept']} kept")
    if totals["rules_broken"]:
        raise SystemExit("the demo breaks rules of the documents")
