"""Edits that say nothing, or always something, whatever an agent planned.

Documented: about 30 % of edits end without a text. A client's answer to that cannot be tested by chance.
"""

from __future__ import annotations

import re
from dataclasses import replace

from nemovideo_fakeserver.core.plan import Beat, Plan, Say

CLOSING = {
    "en": "Done. Preview it in the timeline panel, or click Export to save it.",
    "zh": "已完成，可以在时间线面板预览，或者点击导出保存。",
}
_CHINESE = re.compile("[\u4e00-\u9fff]")


def hushed(plan: Plan) -> Plan:
    """Return the plan with nothing said, if it is an edit."""
    if plan.kind != "edit":
        return plan
    return replace(plan, beats=tuple(b for b in plan.beats if not isinstance(b.act, Say)))


def voiced(plan: Plan, message: str) -> Plan:
    """Return the plan with something said, if it is an edit that says nothing."""
    if plan.kind != "edit" or any(isinstance(b.act, Say) for b in plan.beats):
        return plan
    language = "zh" if _CHINESE.search(message) else "en"
    return replace(plan, beats=(*plan.beats, Beat(plan.lasts, Say(CLOSING[language]))))
