"""Documents of any shape are read, and every part knows its line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemovideo_client.errors import SkillUnreadable, UsageError
from nemovideo_client.skill.check.checking import check
from nemovideo_client.skill.document import backticks, markdown, source
from support.checking import read
from support.skills import GOOD

FRONT = "---\nname: a\nversion: 1\n---\n"


def test_parts_know_their_lines() -> None:
    """Blocks in lists and quotes, code in the middle of a paragraph, rows of a table."""
    document = read(
        FRONT
        + "para\nwith `code` and ``more\ncode`` end `x`\n\n- item\n\n  ```sh\n  curl a\n  ```\n\n"
        + "> ~~~\n> quoted\n> ~~~\n\n| A | B |\n|---|---|\n| 1 | `2` |\n\n    indented\n"
    )

    assert [(block.line, block.language, block.text) for block in document.blocks] == [
        (12, "sh", "curl a\n"),
        (16, "", "quoted\n"),
        (23, "", "indented\n"),
    ]
    assert [(span.line, span.text) for span in document.spans] == [
        (6, "code"),
        (6, "more\ncode"),
        (7, "x"),
        (21, "2"),
    ]
    assert [(row.line, row.heads, row.cells) for row in document.rows][1:] == [
        (21, ("A", "B"), ("1", "`2`"))
    ]


@pytest.mark.parametrize(
    "text",
    [GOOD.replace("\n", "\r\n"), GOOD.replace("\n", "\r"), "\ufeff" + GOOD],
    ids=["CRLF", "CR", "BOM"],
)
def test_line_ends_and_byte_order_marks_make_no_difference(text: str) -> None:
    """The parts are the same."""
    assert read(text).blocks == read(GOOD).blocks
    assert check(read(text)) == ()


def test_no_front_matter_is_a_trouble_of_its_own() -> None:
    """The rest is read all the same."""
    document = read("```sh\ncurl a\n```\n")

    assert document.front is None
    assert document.trouble is not None
    assert document.trouble.what.startswith("there is no front matter.")
    assert document.blocks[0].line == 2


def test_what_is_not_utf_8_is_known_by_its_line() -> None:
    """It is replaced, and remembered."""
    found = source.decoded(b"a\nb\xff\nc\xc3\xa9\n")

    assert found == source.Source("a\nb\ufffd\ncé\n", (2,))


def test_too_large_a_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """It says how much is too much."""
    path = tmp_path / "SKILL.md"
    path.write_bytes(b"a" * (source.LIMIT + 1))

    with pytest.raises(SkillUnreadable, match=r"SKILL.md:1: the document has more than 10 MB"):
        source.load(path)


@pytest.mark.parametrize("name", ["nowhere.md", "a\0b"])
def test_no_file_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    """It names the file."""
    with pytest.raises(SkillUnreadable, match="cannot be read"):
        source.load(tmp_path / name)


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """And what to install."""
    monkeypatch.setitem(sys.modules, "markdown_it", None)

    with pytest.raises(UsageError) as refused:
        markdown.read(source.Source(GOOD))

    assert refused.value.sentence == (
        "Checking a skill needs markdown_it, which is not installed. "
        "Run pip install 'nemovideo-harness[cli]'."
    )


@given(st.text())
def test_any_text_can_be_checked(text: str) -> None:
    """Nothing is raised, and each finding has a line of the document."""
    for finding in check(read(text)):
        assert 1 <= finding.line <= text.count("\n") + text.count("\r") + 1


@given(st.binary(max_size=300))
def test_any_bytes_can_be_checked(content: bytes) -> None:
    """Nothing is raised."""
    check(markdown.read(source.decoded(content)))


PIECES = st.sampled_from(
    [
        "```bash\n", "```\n", "~~~\n", "curl ", '"$API/run_sse" ', "-d '{\"a\":", "$(", "`", "``", "<sid>",
        "| a | b |\n|---|---|\n", "| export | ✅ |\n", "> ", "- ", "\n", "\0", "\r\n", "\t", "    ", "[a](b", "&amp;",
        "https://mega-api-prod.nemovideo.ai", "/api/state/nemo_agent/me/", "X=(", "<<EOF\n", "EOF\n", "\\", "“", "\ufeff",
        "${A[@]}", "A=$A$A\n", "---\n", "name: x\n", "-H ", "{" * 50, "[" * 50, "导出", "poll every 3s render ", "://[",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=200)
def test_pieces_of_skills_in_any_order_can_be_checked(text: str) -> None:
    """Unclosed fences, tables and quotes are only findings."""
    check(read(text))


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A good skill with something cut out, put in twice, or put in the way."""
    begin = draw(st.integers(0, len(GOOD)))
    end = min(len(GOOD), begin + draw(st.integers(0, 80)))
    between = draw(st.one_of(PIECES, st.text(max_size=5), st.just(GOOD[begin:end] * 2)))
    return GOOD[:begin] + between + GOOD[end:]


@given(mutated())
def test_a_mutated_skill_can_be_checked(text: str) -> None:
    """Whatever is missing or too much."""
    check(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "|a|b|\n|-|-|\n" + "|`GET /api/x`|<sid>|\n" * 5000,
        "`" * 20_000 + " a",
        " ".join("`" * length for length in range(1, 300)),
        ">" * 20_000 + "a",
        "[" * 20_000,
        "```sh\n" + "A=$A$A\n" * 200 + "```\n",
        "```sh\n" + "curl $(" * 500 + "\n```\n",
        "```sh\n" + "curl " + "$(curl " * 100 + ")" * 100 + "\n```\n",
        "```sh\ncurl " + "{" * 20_000 + "\n```\n",
        "```sh\n" + "curl -d '" + "[" * 20_000 + '\' "$API/run_sse"\n```\n',
        "".join(f"https://a{n}.nemovideo.ai/api/x <p{n}>\n" for n in range(2000)),
        "poll " * 20_000,
        "timeout " * 20_000,
        "/api/" + "a/" * 10_000,
        "```sh\ncurl -d '" + "a" * 50_000 + '\' "$API/run_sse"\n```\n',
        "```sh\ncurl -d '" + "task_-" * 20_000 + '\' "$API/run_sse"\n```\n',
        "```sh\ncurl a``\\\nb\n```\n",
        "/api/" * 20_000,
        "/claim/" * 20_000,
        "nmv_usr_" * 10_000,
        "`[" + "_" * 50_000 + "`",
        "```sh\n" + "X-" * 30_000 + "\n```\n",
        "resend the message no text " * 4000,
        "".join(f"`GET /api/state/nemo_agent/<p{n}>/x/latest`\n" for n in range(2000)),
        "```sh\n" + "".join(f'curl "$API/$V{n}"\n' for n in range(2000)) + "```\n",
        "```sh\ncurl " + '"$(curl ' * 300 + "\n```\n",
        "```sh\ncurl " + '"$(curl ' * 100 + ')"' * 100 + "\n```\n",
        "```sh\ncurl " + "${A:-" * 500 + "}" * 500 + "\n```\n",
    ],
    ids=lambda text: text[:12].replace("\n", " "),
)
def test_large_and_deep_documents_can_be_checked(text: str) -> None:
    """Their length and depth are no danger."""
    check(read(FRONT + text))


@given(st.text(alphabet="`ab \n"))
def test_code_spans_are_found_as_markdown_has_them(text: str) -> None:
    """markdown-it-py, which is asked for blocks only elsewhere, finds the same in a paragraph."""
    from markdown_it import MarkdownIt

    paragraph = "x" + text.replace("\n", " ") + "x"
    (inline,) = MarkdownIt("commonmark").parseInline(paragraph)
    theirs = [token.content for token in inline.children or () if token.type == "code_inline"]
    ours = [span.text for span in backticks.spans(paragraph, 1)]

    assert [text.strip(" ") for text in theirs] == ours
