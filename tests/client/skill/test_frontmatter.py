"""The front matter of a SKILL.md, in every form it is found in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.errors import SkillUnreadable
from nemovideo_client.skill.frontmatter import LIMIT, read

HEAD = "---\nname: a-skill\nversion: 1.0.0\n"
FIVE = ("NEMO_TOKEN", "NEMO_API_URL", "NEMO_WEB_URL", "NEMO_CLIENT_ID", "SKILL_SOURCE")


def wants(env: Any) -> str:
    """Return `metadata` that asks for `env`, as JSON."""
    return json.dumps({"openclaw": {"requires": {"env": env}}})


@pytest.mark.parametrize(
    ("written", "version"),
    [
        ("1.0.0", "1.0.0"),
        ("'1.0.0'", "1.0.0"),
        ('"1.9"', "1.9"),
        ("1.0", "1.0"),
        ("1.10", "1.10"),
        ("2", "2"),
        ("1.0.0 # assumed", "1.0.0"),
        ("!!float 1.0", "1.0"),
    ],
)
def test_a_version_is_kept_as_written(written: str, version: str) -> None:
    """A number in YAML is no number here: 1.0 stays 1.0, and 1.10 does not become 1.1."""
    front = read(f"---\nname: a-skill\nversion: {written}\n---\n")

    assert front.version == version


@pytest.mark.parametrize(
    ("metadata", "env"),
    [
        ("", ()),
        ("metadata:", ()),
        ("metadata: {}", ()),
        ("metadata: {clawdbot: {emoji: x}}", ()),
        (f"metadata: {wants([])}", ()),
        (f"metadata: {wants(['NEMO_TOKEN'])}", ("NEMO_TOKEN",)),
        (f"metadata: {wants(list(FIVE))}", FIVE),
        (f"metadata: {wants('NEMO_TOKEN')}", ("NEMO_TOKEN",)),
        (f"metadata: '{wants(['NEMO_TOKEN'])}'", ("NEMO_TOKEN",)),
        ("metadata: |\n  " + wants(list(FIVE)), FIVE),
        ("metadata:\n  openclaw:\n    requires:\n      env: []", ()),
        ("metadata:\n  openclaw:\n    requires:\n      env:\n        - NEMO_TOKEN", ("NEMO_TOKEN",)),
        ("metadata: {openclaw: {requires: {env: [NEMO_TOKEN]}}}", ("NEMO_TOKEN",)),
        ("metadata: 'null'", ()),
        ("metadata: {openclaw: {requires: }}", ()),
    ],
)  # fmt: skip
def test_the_environment_is_found_in_every_form(metadata: str, env: tuple[str, ...]) -> None:
    """`metadata` may be YAML, JSON, or JSON in a string; without names there is none to set."""
    assert read(f"{HEAD}{metadata}\n---\n").env == env


@pytest.mark.parametrize(
    "text",
    [
        "---\nname: a-skill\nversion: 1.0.0\n---\n# Title\ntext\n",
        "\ufeff---\nname: a-skill\nversion: 1.0.0\n---\n# Title\ntext\n",
        "---\r\nname: a-skill\r\nversion: 1.0.0\r\n---\r\n# Title\r\ntext\r\n",
        "---\rname: a-skill\rversion: 1.0.0\r---\r# Title\rtext\r",
        "---  \nname: a-skill\nversion: 1.0.0\n... \n# Title\ntext\n",
        "\n \n---\nname: a-skill\nversion: 1.0.0\n---\n# Title\ntext\n",
        "---\n# who\nname:   a-skill  \n\nversion: 1.0.0\n---\n# Title\ntext\n",
    ],
)
def test_fences_and_line_ends_may_differ(text: str) -> None:
    """A byte order mark, CRLF, blank lines and `...` for an end change nothing."""
    front = read(text)

    assert (front.name, front.version, front.body) == ("a-skill", "1.0.0", "# Title\ntext\n")


def test_a_document_may_end_with_its_front_matter() -> None:
    """Nothing below the fence is an empty body."""
    assert read(HEAD + "---").body == ""


def test_description_and_variant_are_read() -> None:
    """A description may be folded; a variant is None where there is none."""
    front = read(HEAD + "description: >-\n  Music\n  for films.\nvariant: greeting_v2\n---\n")

    assert (front.description, front.variant) == ("Music for films.", "greeting_v2")
    assert read(HEAD + "---\n").variant is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "SKILL.md:1: there is no front matter. Begin the file with a line `---`"),
        ("# A skill\n---\nname: x\n---\n", "SKILL.md:1: there is no front matter"),
        ("---\nname: x\n", "SKILL.md:1: the front matter is never closed. End it with"),
        ("---\n---\n", "SKILL.md:2: the front matter is not a list of `key: value` lines"),
        ("---\njust words\n---\n", "SKILL.md:2: the front matter is not a list of"),
        ("---\nname: x\nversion: [\n---\n", "SKILL.md:4: the front matter is not YAML: "),
        ("---\na: b: c\n---\n", "SKILL.md:2: the front matter is not YAML: mapping values"),
        ("---\nname: *x\n---\n", "SKILL.md:2: the front matter is not YAML: found undefined alias"),
        ("---\na: &a [*a]\n---\n", "SKILL.md:2: the front matter is not YAML: found unconstr"),
        ('---\na: "\\UFFFFFFFF"\n---\n', "SKILL.md:2: the front matter is not YAML."),
        ("---\na: \x00\n---\n", "SKILL.md:2: the front matter is not YAML."),
        (f"---\na: {'[' * 5000}\n---\n", "SKILL.md:2: the front matter is not YAML."),
        ("---\nversion: 1.0\n---\n", "SKILL.md:2: the front matter has no `name`. Begin with"),
        ("\n---\nversion: 1.0\nname:\n---\n", "SKILL.md:4: the front matter has no `name`"),
        ("---\nname: x\n---\n", "SKILL.md:2: the front matter has no `version`"),
        ("---\nname: [x]\nversion: 1\n---\n", "SKILL.md:2: the front matter has a `name` that is not"),
        ("---\nname: x\nversion: 版本\n---\n", "SKILL.md:3: the front matter has a `version` that no"),
        ('---\nname: "x\\ny"\nversion: 1\n---\n', "SKILL.md:2: the front matter has a `name` that no"),
        (HEAD + "metadata: '{'\n---\n", "SKILL.md:4: the front matter has `metadata` that is neither"),
        (HEAD + f"metadata: '{'[' * 100_000}'\n---\n", "SKILL.md:4: the front matter has `metadata`"),
        (HEAD + "metadata: [a]\n---\n", "SKILL.md:4: the front matter has `metadata` in which"),
        (HEAD + "metadata: {openclaw: a}\n---\n", "SKILL.md:4: the front matter has `metadata` in"),
        (HEAD + f"metadata: {wants([['a']])}\n---\n", "SKILL.md:4: the front matter has `metadata` whose"),
        (HEAD + f"metadata: '{wants(1)}'\n---\n", "SKILL.md:4: the front matter has `metadata` whose"),
        ("x" * (LIMIT + 1), "SKILL.md:1: the document has more than 262,144 characters"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_line(text: str, says: str) -> None:
    """An error is one line: the file, the line, what is wrong with it, and what to do."""
    with pytest.raises(SkillUnreadable) as refused:
        read(text)

    assert str(refused.value).startswith(says)
    assert refused.value.next_step
    assert "\n" not in str(refused.value)


def test_a_tag_makes_no_object() -> None:
    """YAML that would run code elsewhere is text here."""
    front = read(HEAD + 'description: !!python/object/apply:os.getcwd ""\n---\n')

    assert front.description == ""


visible = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=40
).filter(lambda text: text == text.strip())


@given(
    name=visible, version=visible, env=st.lists(visible), crlf=st.booleans(), as_text=st.booleans()
)
def test_what_is_written_is_read(
    name: str, version: str, env: list[str], crlf: bool, as_text: bool
) -> None:
    """Names, versions and environments of all kinds come back as they went in."""
    metadata = json.dumps(wants(env)) if as_text else wants(env)
    lines = ("---", f"name: {json.dumps(name)}", f"version: {json.dumps(version)}", f"metadata: {metadata}", "---", "body")  # fmt: skip
    front = read(("\r\n" if crlf else "\n").join(lines))

    assert (front.name, front.version, front.env) == (name, version, tuple(env))
    assert front.body == "body"
