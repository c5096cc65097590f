"""Links out of replies, to the web pages of the service: of this server, or of the vendor's site.

Documented: `https://nemovideo.com/register?bind=<user id>` (51912643291, 52199775828), and the same at
nemovideo.ai (54183061932). Unless the variant `web_base` says so, a link does not leave the fake.
"""

from __future__ import annotations

from nemovideo_fakeserver.api.call import Call


def register(call: Call) -> str:
    """Return where the caller would register and keep what the account has."""
    web = call.world.setting.variants.web_base
    base = call.head.base if web == "here" else f"https://{web}"
    return f"{base}/register?bind={call.account.user_id}"
