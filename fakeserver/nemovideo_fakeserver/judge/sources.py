"""Where rules come from, by the names that `docs/sources.md` lists."""

from __future__ import annotations

ALL4 = "all four skills"
V19 = "7d8899f SKILL 1.9"
V44 = "52245429854 (vendor skill 4.4)"
REF = "7fe0b89 api-reference (52127510908)"
SILENT = "topmediai-ai-music-generator; best-ai-music-generator; ai-music-generator-free-ab-old"
