"""Scripts are read as a shell reads them, as far as they are read."""

from __future__ import annotations

import shlex
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemovideo_client.skill.check.marks import marked
from nemovideo_client.skill.check.stated import Stated
from nemovideo_client.skill.shell.commands import parse
from nemovideo_client.skill.shell.expansion import expand
from nemovideo_client.skill.shell.expansion import text as expansion_text
from nemovideo_client.skill.shell.quoting import Broken
from nemovideo_client.skill.shell.walking import inner
from nemovideo_client.skill.shell.words import Sum

LINES = (
    r"""echo a 'b c' "d e" f\ g""",
    r"""echo "a\"b" 'a"b' "it's" \$X "\$X" '$X'""",
    r"""X=1; echo $X "$X" '$X' ${X} "${X}y" ${Y:-none} "${Y:-a b}" "${X:-other}" ${Y-none}""",
    r"""X='a  b'; echo $X "$X" x$X"y" """,
    r"""A=(one "two three" four); echo "${A[@]}" ${A[0]}""",
    r"""A=(-H "a: b"
   -H 'c: d'); echo "${A[@]}" end""",
    r"""echo a \
  b \
  c""",
    r"""echo "a
b" c # a comment
echo d#e""",
    r"""X=1 ; Y="$X-$X"; echo "$Y" "{\"id\":\"$Y\"}" '{"a":1}'"$X"'{}'""",
    r"""echo "" '' a"" $'it\'s'""",
    r"""echo $'don\'t' $'a\tb\x41\101\u4e2d\n' $'\q\\' $'"' $'\xe4\xb8\xad'""",
    r"""if [ 1 ]; then echo yes; fi; for x in a; do echo "$x"; done""",
    r"""{ echo a; echo b; }; (echo c)""",
    r"""echo one && echo two || true; echo three""",
    r"""E=; echo [$E] $E "$E" end""",
    r"""echo "${X:-"$(printf hi)"}" | cat""",
)  # fmt: skip


def echoed(script: str) -> list[list[str]]:
    """Return the arguments of each `echo` as they are read here."""
    stated, found = Stated(), list[list[str]]()
    for command in parse(script):
        for assignment in command.assignments:
            stated.assign(assignment)
        if command.name == "echo":
            found.append([piece for word in command.words[1:] for piece in expand(word, stated)])
    return found


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is what it is compared with")
@pytest.mark.parametrize("script", [line for line in LINES if "$(" not in line])
def test_bash_reads_it_alike(script: str) -> None:
    """What bash passes to `echo` is what is read here."""
    shell = "echo() { printf '%s\\0' \"$@\"; printf '\\1'; }\n"
    ran = subprocess.run(
        ["bash", "--norc", "-c", shell + script],
        capture_output=True,
        text=True,
        check=True,
        env={"LC_ALL": "C.UTF-8"},
    )

    bash = [call.split("\0")[:-1] for call in ran.stdout.split("\1")[:-1]]
    assert echoed(script) == bash


@given(
    st.lists(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
)
def test_what_python_quotes_is_read_back(arguments: list[str]) -> None:
    """Whatever `shlex.join` makes of arguments, they come out as they were."""
    assert echoed("echo " + shlex.join(arguments)) == [arguments]


@given(st.text(alphabet="abc $\"'`(){}[]<>|&;#\\\n=-@:/._A1\t…“\u00a0"))
def test_any_text_is_read_or_refused(script: str) -> None:
    """Nothing but Broken is raised, with a line of the script."""
    lines = range(5, 6 + script.count("\n"))
    try:
        commands = parse(script, 5)
    except Broken as broken:
        commands = ()
        where = broken.line
    else:
        where = 5
    assert where in lines
    for command in commands:
        assert command.line in lines
        for word in command.words:
            expand(word, Stated())


@pytest.mark.parametrize(
    ("script", "line", "what"),
    [
        ("curl 'a", 1, "a single quote is never closed"),
        ('x\ncurl "a\nb', 2, "a double quote is never closed"),
        ("curl `a", 1, "a backtick is never closed"),
        ("curl $(a", 1, "`$(` is never closed"),
        ("curl ${a", 1, "`${` is never closed"),
    ],
)
def test_what_is_open_is_named(script: str, line: int, what: str) -> None:
    """An error says where the quote begins."""
    with pytest.raises(Broken) as refused:
        parse(script)

    assert (refused.value.line, refused.value.what) == (line, what)


def test_commands_know_what_is_around_them() -> None:
    """Pipes, loops, here-documents and lines are seen."""
    found = parse(
        'curl a | jq .x\nwhile true; do\n  curl b\ndone\ncurl -d @- c <<EOF\n{"a": "$X"}\nEOF\n'
    )

    curl, jq, true, inner, last = found
    assert (curl.after, jq.joined) == ("|", "|")
    assert (true.within, inner.within, last.within) == ("while", "while", "")
    assert [command.line for command in found] == [1, 1, 2, 3, 5]
    assert last.given is not None
    assert last.given.parts[1:2] != ()


def test_a_pattern_of_a_case_is_no_command() -> None:
    """What stands between `in`, `;;` and a bracket is compared, and the rest is commands."""
    found = parse('case "$line" in\n  data:*) echo "$line" ;;\n  (a|b) x; y ;;\nesac\nlast')

    assert [command.words[0].plain for command in found] == ["echo", "x", "y", "last"]
    assert [command.within for command in found] == ["case", "case", "case", ""]


def test_a_sum_is_no_command() -> None:
    """`$((1+1))` has no commands; `$((one); (two))` does."""
    found = parse('echo "$((1+(2*3)))" $((one); (two))')

    sums = [part for word in found[0].words for part in word.parts if isinstance(part, Sum)]
    assert [part.text for part in sums] == ["1+(2*3)"]
    assert [command.name for command in inner(found[0])] == ["one", "two"]


def test_a_here_document_keeps_its_backslashes() -> None:
    """Only before a dollar, a backtick and another backslash they mean something there."""
    (command,) = parse('cat <<E\n\\"a\\" \\$x \\\\ "$Y"\nE\n')

    assert command.given is not None
    assert expansion_text(command.given, Stated()) == f'\\"a\\" $x \\ "{marked("$Y")}"'


def test_where_output_goes_is_known() -> None:
    """The file behind `>`; what is added to, or is for errors, is none."""
    found = parse("cat > a.json <<E\nx\nE\necho b >> c 2> d\n")

    assert [command.written.plain if command.written else None for command in found] == [
        "a.json",
        None,
    ]


def test_a_placeholder_is_no_redirection() -> None:
    """`<name>` without quotes is text here, as its author meant it."""
    (command,) = parse("curl $API/<session_id>/x > out.json 2>&1 < in")

    assert len(command.words) == 2
    assert command.redirected == [">", "2>&1", "<"]
