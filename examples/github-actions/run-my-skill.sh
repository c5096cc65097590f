#!/usr/bin/env bash
# What an agent does that follows a skill: one message, a look at the state, an export. Nothing but curl,
# and a line of Python to read JSON. PAUSE is how long it waits between two looks, in seconds.
set -euo pipefail

H=(-H "Authorization: Bearer $NEMO_TOKEN" -H "X-Skill-Source: my-skill"
   -H "X-Skill-Version: 1.0.0" -H "X-Skill-Platform: unknown")
JSON="Content-Type: application/json"
PAUSE="${PAUSE:-30}"

pick() { python3 -c "import json, sys; print(json.dumps(json.load(sys.stdin)$1))" | sed 's/^"\(.*\)"$/\1/'; }

render() {
    local id="render_$(date +%s)_$RANDOM"
    curl -sS "${H[@]}" -H "$JSON" "$NEMO_API_URL/api/render/proxy/lambda" \
        -d "{\"id\":\"$id\",\"sessionId\":\"$SID\",\"draft\":$DRAFT}" > /dev/null
    for _ in {1..10}; do
        sleep "$PAUSE"
        RENDER=$(curl -sS "${H[@]}" "$NEMO_API_URL/api/render/proxy/lambda/$id")
        case $(pick '["status"]' <<< "$RENDER") in
            completed) return 0 ;;
            failed) return 1 ;;
        esac
    done
    return 1
}

SID=$(curl -sS "${H[@]}" -H "$JSON" "$NEMO_API_URL/api/tasks/me/with-session/nemo_agent" \
    -d '{"task_name":"project","language":"en"}' | pick '["data"]["session_id"]')

# A stream may break; the work goes on all the same, and the state tells what became of it. Never send it again.
curl -sSN --max-time 900 "${H[@]}" -H "$JSON" -H "Accept: text/event-stream" "$NEMO_API_URL/run_sse" \
    -d "{\"app_name\":\"nemo_agent\",\"user_id\":\"me\",\"session_id\":\"$SID\",
         \"new_message\":{\"parts\":[{\"text\":\"Generate an 8 second video of a lighthouse at dawn\"}]}}" ||
    echo "the stream broke: looking at the state"

for _ in {1..10}; do
    sleep "$PAUSE"
    DRAFT=$(curl -sS "${H[@]}" "$NEMO_API_URL/api/state/nemo_agent/me/$SID/latest" |
        pick '["data"]["state"]["draft"]')
    [ "$(pick '.get("t", [])' <<< "$DRAFT")" = "[]" ] || break
done

render || render # a render that failed is ordered once more, under a new id
curl -sS -o film.mp4 "$(pick '["output"]["url"]' <<< "$RENDER")"
ls -l film.mp4
