"""The registry of behaviours: why the fake does what it does, and how far that can be trusted.

Each behaviour is *observed* (a recording shows it), *documented* (a public document says so) or
*assumed* (nobody says; we chose). Nothing here was checked against the live service. Every route,
every error code and every value of a variant has an entry: a test holds the tables against this one.
`docs/fidelity.md` is this registry in print (`python -m nemovideo_fakeserver.provenance`).

Sources are public names, listed in `docs/sources.md`: a commit is one of the vendor's skill
repository, a long number is a public skill page, a name is one of the four skills this project serves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from nemovideo_fakeserver.core.presets import PRESETS

Basis: TypeAlias = Literal["observed", "documented", "assumed"]


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One thing the fake does; `source` is where it is documented, or for an assumption what it rests on."""

    name: str
    basis: Basis
    source: str
    says: str


REF = "7fe0b89 api-reference (52127510908)"
V19 = "7d8899f SKILL 1.9"
ALL4 = "all four skills"
SILENT = "topmediai-ai-music-generator; best-ai-music-generator; ai-music-generator-free-ab-old"
EXPORT_FREE = "topmediai-ai-music-generator; best-ai-music-generator; 7d8899f"
SIZE_500 = "topmediai-ai-music; ai-music-generator-free-ab-old"

# The tables are read as rows, whatever their length.
# fmt: off
_ROUTES: tuple[tuple[str, Basis, str, str], ...] = (
    ("POST /api/auth/anonymous-token", "documented", f"{REF}; {V19}", "token, user_id, expires_at, credits"),
    ("POST /api/auth/claim-token", "documented", V19, "claim_token and expires_in 604800; opens no API"),
    ("POST /api/tasks/{user}/with-session/nemo_agent", "documented", f"{REF}; 51912643291", "task_id, session_id, user_id"),
    ("POST /run_sse", "documented", f"{REF}; {V19}", "one data line per event, end is the end of the connection"),
    ("POST /api/upload-video/nemo_agent/{user}/{session}", "documented", REF, "field `files`, repeatable, or urls"),
    ("GET /api/credits/balance/simple", "documented", REF, "available, frozen, total = available + frozen"),
    ("GET /api/state/nemo_agent/{user}/{session}/latest", "documented", "51912643291; 51965008902", "data.state and its five keys"),
    ("POST /api/render/proxy/lambda", "documented", f"{REF}; {V19}", "id, sessionId, draft, output; 20-90 seconds; free"),
    ("GET /api/render/proxy/lambda/{render}", "documented", "51965008902; 51912643291", "top-level status, output.url"),
    ("POST /api/render/proxy/lambda/{render}/cancel", "documented", REF, "path only; the reply's shape is assumed"),
    ("GET /api/render/proxy/{render}/download", "documented", f"{V19}; {REF}", "the bytes, with a token"),
    ("HEAD /api/render/proxy/{render}/download", "assumed", "what HTTP asks of a server that has GET", "headers alone"),
    ("POST /api/render/proxy/draft", "documented", "51880699555; 51965008902", "the first version's submit path"),
    ("GET /api/render/proxy/{render}", "documented", "51880699555; 51965008902", "the first version's poll path"),
    ("POST /api/tokens", "documented", "51880699555", "request only; the reply's shape is assumed"),
    ("GET /api/tokens", "documented", "51880699555", "path only; the reply's shape is assumed"),
    ("POST /api/tokens/{token}/revoke", "documented", "51880699555", "path only; the reply's shape is assumed"),
    ("GET /cdn/uploads/{key}/{name}", "assumed", "cdn_url points to another host in every document", "the uploaded bytes"),
    ("HEAD /cdn/uploads/{key}/{name}", "assumed", "as GET", "headers alone"),
    ("GET /cdn/generated/{name}", "assumed", "as for uploads", "generated media, made when first wanted"),
    ("HEAD /cdn/generated/{name}", "assumed", "as GET", "headers alone"),
    ("GET /cdn/uploads/{key}/{name}/thumbnail.jpg", "assumed", "no document shows a thumbnail; editors show one of each clip", "a JPEG of at most 320 pixels a side: a frame of a film, a picture made small, the waveform of a sound"),
    ("HEAD /cdn/uploads/{key}/{name}/thumbnail.jpg", "assumed", "as GET", "headers alone"),
    ("GET /cdn/generated/{name}/thumbnail.jpg", "assumed", "as for uploads", "of generated media"),
    ("HEAD /cdn/generated/{name}/thumbnail.jpg", "assumed", "as GET", "headers alone"),
    ("GET /cdn/render-result/{key}/{name}", "assumed", f"the path follows outputUrl in {REF}", "the rendered file, without a token"),
    ("HEAD /cdn/render-result/{key}/{name}", "assumed", "as GET", "headers alone"),
    ("GET /workspace/claim", "documented", V19, "?ct=; the older ?token= works, too; the page is ours"),
    ("GET /register", "documented", "51912643291", "?bind=<user id>; the page is ours"),
)

_CODES: tuple[tuple[str, Basis, str, str], ...] = (
    ("code 0", "documented", ALL4, "success, in the envelope {code, data}; renders have none"),
    ("code 1001", "documented", ALL4, "token bad or expired; the texts are those the vendor's client looks for (61387515119)"),
    ("code 1002", "documented", ALL4, "session not found; also for somebody else's session or user id (assumed)"),
    ("code 2001", "documented", ALL4, "insufficient credits; the link with ?bind= stands in the message (assumed)"),
    ("code 4001", "documented", ALL4, "unsupported file; recognised by content (assumed)"),
    ("code 4002", "documented", ALL4, "file too large"),
    ("code 400", "documented", "51912643291; all four skills", "X-Client-Id missing"),
    ("code 402", "documented", ALL4, "export without attribution headers, or on a plan that does not export"),
    ("code 403", "assumed", "52632701138 (an embellished document)", "the token lacks the scope"),
    ("code 404", "assumed", "no document gives a code", "no such render or media"),
    ("code 405", "assumed", "what HTTP says", "wrong method, with Allow"),
    ("code 409", "assumed", f"{REF} calls a second use an error, without a number", "a render id used twice, or a download too early"),
    ("code 422", "assumed", "ADK's server answers 422", "malformed input, naming the field"),
    ("code 429", "documented", ALL4, "too many tokens"),
    ("http status of business codes", "assumed", "never stated", "200 with {code, message, data: null}"),
)

_VARIANTS: tuple[tuple[str, Basis, str, str], ...] = (
    ("sse_dialect=typed", "documented", REF, "events with a type; the default"),
    ("sse_dialect=adk", "assumed", "path and body equal Google ADK's server", "events as google-adk 2.13 writes them"),
    ("sse_dialect=flat", "assumed", "55942617650 reads {text} and nothing else", "words alone, each utterance on a line of its own; tools unsaid, heartbeats empty"),
    ("heartbeat_kind=alternate", "assumed", f"{REF}; {ALL4}: two forms", "that they alternate is our choice; the default"),
    ("heartbeat_kind=typed", "assumed", f"{REF}: one of two forms", "only the typed form"),
    ("heartbeat_kind=empty", "assumed", f"{ALL4}: one of two forms", "only empty data lines"),
    ("heartbeat_interval=15s", "assumed", "never stated", "from acceptance to the end; the default"),
    ("sse_max=15m", "documented", f"{V19}; {ALL4}: 900 seconds; {REF}: 600", "the documents give it as a client's timeout; that the service ends the stream then is assumed; the default"),
    ("render_shape=top", "documented", f"51965008902; 51912643291; {V19}", "status and output.url at the top; the default"),
    ("render_shape=data", "documented", f"{REF}; 52245429854; 61393477238", "success and data.outputUrl; the times are set when it is completed (assumed)"),
    ("render_shape=both", "assumed", "one or the other is documented; 54183061932 expects a code", "top and data at once, with code 0"),
    ("legacy_render=accept", "assumed", "51880699555 and 51965008902 print the paths, no document withdraws them", "the first version's paths work beside the newer; the default"),
    ("legacy_render=refuse", "assumed", "762a39f prints the newer path in their place", "they are unmatched"),
    ("duplicate_render=error", "documented", f"{REF}: an error, make a new id", "409 (assumed); the default"),
    ("duplicate_render=existing", "documented", "54183061932: returns the existing job", "how it stands, whatever the second order asks for (assumed)"),
    ("free_plan_export=allow", "documented", f"{EXPORT_FREE}: export is free", "the free plan exports; the default"),
    ("free_plan_export=block", "documented", f"{ALL4}: 402, free plan export blocked", "the free plan gets 402"),
    ("attribution_mode=always", "documented", f"{ALL4}; 7ab544f: missing headers, export 402", "whoever exports without them; the default"),
    ("attribution_mode=exhausted", "documented", "CHANGELOG of 98c825c (1.5)", "only an anonymous account with nothing available"),
    ("attribution_mode=auth", "documented", f"{V19}: auth failures or export 402", "any request with a token gets 1001 (the code is assumed), an export 402"),
    ("attribution_mode=off", "documented", "cdbcf03 (4.6) brings the headers", "nobody is asked for them"),
    ("require_client_id=on", "documented", f"ff57a62; 51912643291; {ALL4}", "400 without; the default"),
    ("require_client_id=off", "documented", f"51965008902; {REF}: no header", "who names none is somebody else each time (assumed)"),
    ("client_limit=1", "documented", f"ff57a62; {ALL4}; 27ce8fe has no such limit", "tokens for a client in 7 days; the default"),
    ("ip_limit=10", "documented", f"8dad8df; {V19}; 51880699555, 51965008902, {REF}: 5", "tokens for an address in ip_window; the default"),
    ("ip_window=7d", "documented", f"8dad8df; {V19}; 51880699555, 51965008902, {REF}: an hour", "the default"),
    ("rate_limit_transient=off", "documented", f"{ALL4}: 1 token in 7 days", "429 again when asked again; the default"),
    ("rate_limit_transient=on", "documented", f"{ALL4}: retry in 30 s once", "Retry-After is 30, and who has waited passes once"),
    ("token_ttl=7d", "documented", f"4058666 (1.8); {ALL4}; c27cf3e: does not expire", "of anonymous tokens; the default. Never is null in expires_at (assumed)"),
    ("anon_scopes=read,write,upload", "documented", "4058666 (1.8); 52370889394: *", "the default"),
    ("max_upload=500MB", "documented", f"{SIZE_500}; 52135819323: 200 MB; 52290797023, 52168102221: 2 GB; 53644533678: 4 GB", "of a file, in units of 1024; the default"),
    ("legacy_min_bodies=off", "documented", f"{REF}; 51912643291", "a new session tells the user id; the default"),
    ("legacy_min_bodies=on", "documented", f"c74ec3b; {V19}", "it does not, the state does"),
    ("claim_link=ct", "documented", V19, "claim tokens, and the page opens ?ct=; that it opens older links too is assumed (1.9: only ct); the default"),
    ("claim_link=token", "documented", "0f53a2e (1.4), 98c825c (1.5); topmediai-ai-music-generator", "no claim tokens; the page opens ?token=&task=&session="),
    ("claim_link=bare", "documented", "52125688124; 52632701138; 53423849632; 52370889394", "no claim tokens; the page opens ?task=&session="),
    ("claim_link=none", "documented", "27ce8fe; sixteen public skills name no link", "neither claim tokens nor page"),
    ("web_base=here", "assumed", "a fake's links should not leave it", "this server's own pages; the default"),
    ("web_base=nemovideo.com", "documented", "51912643291; 52199775828; 7d8899f", "https://nemovideo.com/register"),
    ("web_base=nemovideo.ai", "documented", "54183061932; 9e7f2a5", "https://nemovideo.ai/register"),
    ("costs=100/50/0", "documented", f"{REF}; {V19}; 53446002734, 53605015804: 1-5 an operation", "a generation, a session's editing, talk; the default. With 1-5 each edit and generation costs, drawn (assumed)"),
    ("error_http=200", "assumed", "never stated", "business codes come with 200; the default"),
    ("error_http=mapped", "assumed", "never stated", "1001 with 401, 1002 with 404, 2001 with 402, 4001 with 415, 4002 with 413"),
    *(
        (f"preset={version}", "documented", "; ".join(dict.fromkeys(d.source for d in deviations)), ", ".join(f"{d.key}={d.text}" for d in deviations))
        for version, deviations in PRESETS.items()
    ),
)

_DOMAIN: tuple[tuple[str, Basis, str, str], ...] = (
    ("token form", "documented", "61891902917", "nmv_usr_ and 43 base64url characters"),
    ("user id form", "documented", "51912643291", "anon_ and hexadecimal digits"),
    ("session id form", "documented", f"{REF}; 51912643291", "a 19-digit decimal string"),
    ("token life", "documented", f"4058666 (1.8); {ALL4}", "7 days; ask again with the same X-Client-Id"),
    ("same client again", "assumed", "not documented", "gets its account back, filled up to 100 credits once in 7 days"),
    ("account plans", "assumed", "the documents speak of a free plan; 51912643291: registering keeps data", "anonymous accounts are on the free plan, registered ones on a paid one unless told otherwise; tokens may do no less"),
    ("registering", "documented", "51912643291", "an anonymous account keeps its sessions, credits and tokens"),
    ("user id of a registered account", "assumed", "51912643291: clients tell an anonymous one by anon_", "begins with user_; the id it had before still means it"),
    ("tokens per client", "documented", ALL4, "one in 7 days"),
    ("tokens per address", "documented", V19, "ten in 7 days; older documents say 5 in an hour, the four skills nothing"),
    ("Retry-After", "assumed", "not documented", "whole seconds until the next token, however many; 30 where the limit is transient"),
    ("client id", "documented", "51912643291", "at most 64 characters; a longer one is 422 (assumed)"),
    ("anonymous scopes", "documented", "4058666 (1.8)", "read, write, upload; older versions: *"),
    ("rendering without the scope", "assumed", "otherwise no anonymous export", "an anonymous token with write may render"),
    ("managed tokens", "assumed", "51880699555 shows requests only", "90 days unless asked, no more scopes than the caller's, unknown id 422"),
    ("claim tokens", "documented", V19, "clm_, 7 days, may be used again"),
    ("free credits", "documented", ALL4, "100"),
    ("prices", "documented", f"{REF}; {V19}", "generation 100, editing 50 a session, text and export 0; 53446002734 says 1-5"),
    ("music is an edit", "assumed", "documents price only video generation and editing", "a music brief costs what an edit costs"),
    ("a generation with edits", "assumed", "not documented", "costs what the generation costs"),
    ("frozen credits", "documented", REF, "reserved for running operations"),
    ("freeze and settle", "assumed", "not documented", "frozen at acceptance, spent at the end, released on failure"),
    ("second edit while the first runs", "assumed", "not documented", "freezes 50 again: the first has not settled"),
    ("messages in one session", "assumed", "not documented", "are worked on one after the other"),
    ("the reader leaves", "documented", f"{V19}: never send again", "the work goes on and is paid for"),
    ("a stream that breaks", "documented", f"{V19}; {ALL4}: recovery", "the work goes on, and the state shows it; here nothing breaks unless a scenario or a fault says so"),
    ("work that fails", "assumed", "never stated; a render of a sibling has an error (61881227493)", "says why in its last event and ends there; what was done stays, the credits come back; one that waits its turn in a session may fail before that"),
    ("error events", "assumed", "no document shows one", 'typed: {"type":"error","content"}; flat: {"error"}; adk: error and error_details, as google-adk 2.13'),
    ("faults", "assumed", "what networks and services do; no document says how often", "only those that are armed; their answers have the shape of the API's errors, a code alone the status that the service gives it"),
    ("heartbeat interval", "assumed", "never stated", "15 seconds from acceptance"),
    ("durations", "documented", f"{REF}; {V19}", "text 5-15 s, edits 10-30 s, generation 100-300 s"),
    ("silent edits", "documented", f"{REF}; {V19}; {SILENT}", "about 30 % end without text"),
    ("two stages", "documented", "52245429854; 7d8899f", "a generated video gets music and a title unasked"),
    ("no second stage when told so", "assumed", "52125688124 says it cannot be disabled", "`without music` is obeyed"),
    ("trailing noise", "documented", "52245429854; 7d8899f", "a last 'temporary issue' after normal answers; how often is assumed"),
    ("gui talk", "documented", ALL4, "the prose speaks of buttons, panels and dragging; its words are ours"),
    ("aspect ratio", "documented", "7d8899f; 52254560439", "cannot be edited, must be generated again"),
    ("ducking", "assumed", "no document; 7d8899f: adjusting volume is an edit", "m.duck of the music: per cent by which it steps back while clips are heard; 60 unless said, and new music like what it replaces"),
    ("draft keys", "documented", REF, "t, tt, sg, d, m; what is inside a segment is assumed (docs/draft.md)"),
    ("empty draft", "assumed", "61393477238 tests for a missing draft or t", "{}"),
    ("media descriptions", "assumed", "inner shape not documented", "video_infos and generated_media repeat the upload reply, each with a thumbnail_url"),
    ("canvas and analyses", "assumed", "inner shape not documented", "canvas_config: width, height, aspect_ratio"),
    ("upload formats", "documented", ALL4, "thirteen; recognised by content, not by name (assumed)"),
    ("upload size", "documented", SIZE_500, "500 MB a file; eight public pages say 200 MB, 52290797023 2 GB"),
    ("picture size", "assumed", "not documented", "at most 8192 pixels a side; anything beyond is 4001"),
    ("upload counts", "assumed", "not documented", "64 parts and four times max_upload a form, 20 URLs"),
    ("url uploads", "assumed", "the service fetches; a fake must not", "a seeded clip of the kind the URL's name says"),
    ("one bad file", "assumed", "not documented", "refuses the whole upload"),
    ("render duration", "documented", "topmediai-ai-music", "30-90 seconds; vendor and others say 20-40, so 20-90"),
    ("output format", "assumed", f"{REF}; {ALL4}: mp4", "mp4 unless said, also mov, webm, gif, mp3 and wav, whatever the case; of any other 422 with the list. The film's address, name and type follow it; a gif has at most 480 pixels a side and 10 frames a second"),
    ("output quality", "assumed", f"{REF}; {ALL4}: high", "high unless said, also medium and low; any other word is taken for high"),
    ("output resolution", "assumed", "52245429854: such as 1080p", "360p, 480p, 540p, 720p or 1080p of the short side, or as 1280x720; the shape stays the draft's. Of any other 422"),
    ("output fps", "assumed", "52245429854; 52127510908: if supported", "1 to 60, 30 unless said"),
    ("film size", "documented", "topmediai-ai-music; 51840727527: H.264, up to 1080x1920", "whichever way it stands; a resolution, width or height beyond in output is 422, a draft of any size is brought within it and to 16 pixels at least, in its shape (assumed)"),
    ("what a film shows", "assumed", "documents speak of generated scenes and music; a fake has neither model nor library", "uploads as they are; generated scenes as designed cards, generated music synthesised from its brief, titles and subtitles as text"),
    ("render progress", "assumed", "5 at the start and 100 at the end are documented", "pending for 2 seconds, then linear up to 95. Where time runs by itself, it is processing until its film is there"),
    ("render failure", "assumed", "61881227493 (a sibling) has error: invalid draft", "status failed with the field error, after 5 seconds"),
    ("render ids", "assumed", "documents show render_<ts>", "letters, digits, '.', '_', '-', at most 128; each account has its own"),
    ("cancelling what is over", "assumed", "not documented", "changes nothing. Where time runs by itself, a render is not over before its film is there"),
    ("byte ranges", "assumed", "not documented", "one range is served, with ETag and If-Range"),
    ("length limits", "assumed", "not documented", "names 200 characters, language 35, JSON 8 MB and 64 levels"),
    ("X-Request-Id", "assumed", "not documented", "req_ and 16 hexadecimal digits, on every reply"),
    ("session expiry", "assumed", "not documented", "none"),
)
# fmt: on

REGISTRY: dict[str, Behaviour] = {
    row[0]: Behaviour(*row) for row in (*_ROUTES, *_CODES, *_VARIANTS, *_DOMAIN)
}

_CHAPTERS = (
    ("Routes", _ROUTES),
    ("Codes", _CODES),
    ("Variants", _VARIANTS),
    ("Behaviour behind them", _DOMAIN),
)

_HEAD = """# What the fake does, and why we believe it

Generated from the registry in `nemovideo_fakeserver.provenance`; do not edit by hand.

*Documented* means that a public document says so, not that the live service does so: nothing here has
been checked against it. *Assumed* means that no document says, and that we chose. *Observed* would mean
that a recorded session shows it; no entry can claim that yet. Sources: [sources.md](sources.md).
"""


def as_markdown() -> str:
    """Return the registry as the text of `docs/fidelity.md`."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD
    for title, rows in _CHAPTERS:
        yield f"## {title}\n"
        yield "| behaviour | basis | source | what it is |"
        yield "|---|---|---|---|"
        for name, basis, source, says in rows:
            yield f"| `{name}` | {basis} | {source} | {says} |"
        yield ""


if __name__ == "__main__":
    print(as_markdown(), end="")
