"""What people call the values of the API, and what they mean by it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "token": "token nemo_token access_token auth_token bearer api_key api_token jwt",
        "claim_token": "claim_token ct claim",
        "session_id": "session_id sessionid sid session sess session_key",
        "task_id": "task_id taskid tid task project_id",
        "user_id": "user_id userid uid user bind bind_id anon_id me",
        "render_id": "render_id renderid rid render job job_id jobid render_job export_id",
        "draft": "draft draft_json draft_object draft_data json",
        "client_id": "client_id clientid cid uuid client device_id",
        "base": "nemo_api_url api base base_url api_url api_base host api_host server",
        "web": "nemo_web_url web web_url web_base site",
        "message": "message msg text prompt query input user_message user_input instruction brief edit "
        "user_text request user_request content description",
        "file": "file filename file_path filepath path video video_path video_file clip audio image picture "
        "photo song music input_file local_file media file_name",
        "url": "url video_url source_url media_url file_url link audio_url image_url",
        "language": "language lang locale tag detected detected_language lang_code",
        "time": "ts timestamp time epoch now ms unix unix_ts millis date",
        "name": "skill_name skill_source source name slug",
        "version": "skill_version version ver",
        "platform": "platform skill_platform",
        "any_id": "id unique new_id",
    }
)

MEANINGS: Mapping[str, str] = MappingProxyType(
    {name: meaning for meaning, names in _NAMES.items() for name in names.split()}
)
"""A name in lower case with underscores, and what it means."""

GIVEN = frozenset({"message", "file", "url", "language", "time", "platform"})
"""What the user or the moment gives, so that no skill has to say where it comes from."""

_AROUND = re.compile(
    r"^(?:your|the|nemo|my|current|this|actual|insert|new|unique|real)_|_(?:here|value|goes_here|from_\w+)$"
)


def meaning(name: str) -> str:
    """Return what a name means: `SID`, `your-session-id`, `sessionId`; empty where nobody knows."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip())
    plain = re.sub(r"[\W_]+", "_", split).strip("_").lower()
    while plain not in MEANINGS and (bare := _AROUND.sub("", plain)) != plain:
        plain = bare
    return MEANINGS.get(plain, "")
