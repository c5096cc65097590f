"""Reading a draft: tracks and segments, a summary, what changed, subtitles."""
