"""The passwords of readers: how they are written, what they are worth, and that no message shows one."""

from __future__ import annotations

import io
import math
import os
import pty
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import cli
from sitegen.encryption.errors import EncryptionError, WeakPasswordError
from sitegen.encryption.passwords import Reader, Strength, check, examined, new, parsed, strength
from sitegen.encryption.strength import GUESSES, duration, eff_words
from sitegen.errors import ProblemsFound, SitegenError, UsageError
from sitegen.report import as_text

PROJECT = Path(__file__).parents[1]
GOOD, OTHER = "frying-unthread-wharf-awkward-disk-undead", "unhidden-monotype-zipfile-edging-deflate-boxlike"


def pairs(text: str) -> list[tuple[str, str]]:
    return [(reader.name, reader.password) for reader in parsed(text)]


def told(text: str) -> list[str]:
    """What `parsed` says is wrong with `text`."""
    with pytest.raises(ProblemsFound) as caught:
        parsed(text, path="../clients.txt")
    return [as_text(problem).split("\n")[0] for problem in caught.value.problems]


# As they are written.


def test_readers_are_named_one_a_line():
    assert pairs("anna: one password\nbert: another: one\n") == [("anna", "one password"), ("bert", "another: one")]


def test_comments_blank_lines_and_the_end_of_lines_do_not_count():
    assert pairs("\ufeff# since May\r\n\r\n  anna:   one password \r\n   # bert: gone\rcleo: x") == [
        ("anna", "one password"),
        ("cleo", "x"),
    ]


def test_a_single_line_is_a_password_without_a_name():
    assert pairs("\n# the one\ncorrect horse:battery#staple\n") == [("", "correct horse:battery#staple")]


def test_a_password_is_had_as_it_counts():
    assert pairs("a: z\u030c\u00a0\n") == [("a", "ž")]


def test_a_reader_knows_its_line():
    assert [reader.line for reader in parsed("\nanna: x\n\nbert: y")] == [2, 4]


@pytest.mark.parametrize("text", ["", "\n", "# anna: x\n"])
def test_no_password_is_an_error(text: str):
    assert told(text) == ["../clients.txt: error[password]: there is no password"]


def test_all_that_is_wrong_is_told_with_its_line_and_without_a_password():
    text = "anna: hush one\nhush two\nbert: hush three\nbert: hush four\ncleo:  hush one \ndora: \ndora\nemil: hush\0five\n"
    assert told(text) == [
        "../clients.txt:2: error[password]: a line names no reader",
        "../clients.txt:4: error[password]: a second password of `bert`",
        "../clients.txt:5: error[password]: the password of `cleo` is that of line 1 too",
        "../clients.txt:6: error[password]: a line names no reader",
        "../clients.txt:7: error[password]: a line names no reader",
        "../clients.txt:8: error[password]: the password of `emil` has a character that no keyboard writes",
    ]


def test_a_name_without_a_password_is_told():
    assert told("anna: \u00a0x\nbert: \u2003\u00a0") == ["../clients.txt:2: error[password]: a line names no reader"]
    assert told("anna: \ufeff") == ["../clients.txt:1: error[password]: the password of `anna` is empty"]


@given(st.text(), st.text(min_size=1))
def test_no_error_shows_a_password(before: str, secret: str):
    secret = f"<{secret}>"
    assert not [line for line in told(f"{before}: {secret}\n{secret}\nx:  {secret}") if secret in line]


def test_a_reader_shows_no_password():
    for shown in (repr(Reader("anna", GOOD)), str(Reader("anna", GOOD)), f"{parsed(GOOD)}"):
        assert GOOD not in shown


# What they are worth.


@pytest.mark.parametrize("password", ["", "a", "Tr0ub4dour&3", "hunter2hunter2", "  fourteen signs  ", "\u0301" * 14])
def test_a_short_password_is_refused(password: str):
    with pytest.raises(WeakPasswordError, match="is too short: 15 characters are the least"):
        check(password)


@pytest.mark.parametrize(
    "password",
    ["qwertyuiopasdfgh", "passwordpassword", "a" * 40, "Sommerurlaub2024!", "MyDogRex2019!!!", "abacus-abdomen-zoom", "1" * 5000],
)
def test_a_password_that_can_be_guessed_is_refused_with_the_estimate(password: str):
    with pytest.raises(WeakPasswordError, match=r"^can be guessed: about \d+ bits: 1,000 graphics cards guess it in ") as caught:
        check(password)
    assert password not in str(caught.value)
    assert caught.value.problem.hint == "`sitegen password new` makes a strong one"


def test_what_an_attacker_knows_is_worth_little():
    password = "nordwind-kunden-berlin-tor"
    assert strength(password, ["nordwind", "kunden", "berlin"]).bits < strength(password).bits - 10


def test_words_of_the_list_are_worth_what_drawing_them_is():
    some = random.Random(1)
    for count in (4, 5, 6, 7):
        for separator in (" ", "-", "", " - "):
            words = [some.choice(eff_words()) for _ in range(count)]
            assert strength(separator.join(words)).bits <= count * math.log2(7776) + 0.01
            assert strength(separator.join(words).title()).bits <= count * math.log2(7776) + 0.01


def test_signs_alone_are_no_words():
    assert strength("!$%&/()=?{[]}^~<>").bits > 50


def test_words_with_something_else_among_them_are_worth_what_zxcvbn_says():
    assert strength("abacus abdomen abdominal žluťoučký").bits > strength("abacus abdomen abdominal").bits + 10


def test_a_password_is_worth_the_same_however_it_is_written():
    assert strength(" z\u030clut\u030couc\u030cky\u0301 ku\u030an\u030c ") == strength("žluťoučký kůň")


def test_a_password_of_any_length_and_script_has_a_worth():
    for password in ("x" * 10_000, "!§$%&/()=?!§$%&", "-" * 20, "пароль" * 30, "密码" * 20, "\U0001f600" * 30, "\ud800" * 20, "\0" * 20):
        assert 0 < strength(password).bits < 1000


def test_one_password_is_good_another_weak():
    assert not check(GOOD).is_weak
    assert check("abacus-abdomen-abdominal-abiding").is_weak


@pytest.mark.parametrize(
    ("bits", "cards", "expected"), [(41.36, 1000, "4.7 days"), (51.7, 1000, "17 years"), (64.6, 1000, "130,000 years")]
)
def test_the_sums_are_those_of_the_write_up(bits: float, cards: int, expected: str):
    assert duration(Strength(bits).seconds(cards)) == expected


def test_a_graphics_card_guesses_3500_a_second():
    assert GUESSES == 3500
    assert Strength(1).seconds(1) == 1 / 3500


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0.2, "less than a second"),
        (1, "1 second"),
        (9.94, "9.9 seconds"),
        (59.4, "59 seconds"),
        (59.6, "60 seconds"),
        (60, "1 minute"),
        (3600, "1 hour"),
        (86_400 * 1.5, "1.5 days"),
        (365.25 * 86_400, "1 year"),
        (365.25 * 86_400 * 994_000, "990,000 years"),
        (365.25 * 86_400 * 1e6, "1 million years"),
        (365.25 * 86_400 * 2.34e9, "2.3 billion years"),
        (365.25 * 86_400 * 1e12, "1 trillion years"),
        (365.25 * 86_400 * 1e15, "more than 1,000 trillion years"),
        (1e200, "more than 1,000 trillion years"),
    ],
)
def test_a_time_is_told_with_two_digits_that_count(seconds: float, expected: str):
    assert duration(seconds) == expected


def test_readers_are_examined_together():
    readers = parsed(f"anna: {GOOD}\nbert: too short\ncleo: qwertyuiopasdfgh\ndora: abacus-abdomen-abdominal-abiding")
    with pytest.raises(ProblemsFound) as caught:
        examined(readers, path="../clients.txt")
    assert [as_text(problem).split("\n")[0] for problem in caught.value.problems] == [
        "../clients.txt:2: error[password]: the password of `bert` is too short: 15 characters are the least",
        "../clients.txt:3: error[password]: the password of `cleo` can be guessed: about 14 bits: "
        "1,000 graphics cards guess it in less than a second on average",
    ]
    assert [problem.line for problem in caught.value.warnings] == [4]


def test_a_weak_password_is_a_warning_and_a_good_one_is_none():
    warnings = examined(parsed(f"anna: {GOOD}\ndora: abacus-abdomen-abdominal-abiding"))
    assert [(problem.rule, problem.line) for problem in warnings] == [("weak-password", 2)]
    assert warnings[0].message == "the password of `dora` is worth about 52 bits: 1,000 graphics cards guess it in 17 years on average"


# New ones.


def test_a_new_password_is_six_words_of_the_list():
    words = new().split("-")
    assert len(words) == 6
    assert set(words) <= set(eff_words())


def test_new_passwords_are_other_ones_each_time_and_good():
    made = {new() for _ in range(20)}
    assert len(made) == 20
    assert not [password for password in made if check(password).is_weak]
    assert not check(new(5)).is_weak


def test_the_list_is_the_long_one_of_the_eff():
    words = eff_words()
    assert (len(words), len(set(words)), words[0], words[-1]) == (7776, 7776, "abacus", "zoom")
    assert {len(word) for word in words} == set(range(3, 10))


@pytest.mark.parametrize("words", [-1, 0, 1, 4])
def test_few_words_are_refused_with_the_reason(words: int):
    with pytest.raises(UsageError, match=rf"so few words can be guessed: a password of {words} is worth about \d+ bits") as caught:
        new(words)
    assert caught.value.problem.hint == "take 6 words, or 5 at least"


WITHOUT = """
import sys
sys.modules["{library}"] = None
from sitegen.encryption import passwords
print(len(passwords.parsed("one: password")))
try:
    passwords.check("a password of some length")
except passwords.WeakPasswordError.__base__ as error:
    print(error, error.problem.hint, sep="\\n")
"""


@pytest.mark.parametrize("library", ["zxcvbn", "xkcdpass"])
def test_without_the_libraries_it_says_how_to_get_them(library: str):
    program = WITHOUT.format(library=library)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert done.stdout == "1\npasswords need the libraries `zxcvbn` and `xkcdpass`\ninstall them: `pip install 'sitegen[protected]'`\n"


def test_the_libraries_are_not_loaded_before_they_are_needed():
    program = "import sys, sitegen.encryption.passwords; print([n for n in ('zxcvbn', 'xkcdpass', 'cryptography') if n in sys.modules])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout == "[]\n"


# The command.


def piped(text: str | bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    data = text if isinstance(text, bytes) else text.encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))
    return cli.run(["password", "check"]), *capsys.readouterr()


def test_a_new_password_stands_alone_on_stdout(capsys: pytest.CaptureFixture[str]):
    assert cli.run(["password", "new"]) == 0
    out, err = capsys.readouterr()
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+){5}\n", out)
    assert err == "about 78 bits: 1,000 graphics cards guess it in 1 billion years on average\n"


def test_a_new_password_has_as_many_words_as_were_asked_for(capsys: pytest.CaptureFixture[str]):
    assert cli.run(["password", "new", "--words", "8"]) == 0
    assert capsys.readouterr().out.count("-") == 7


def test_too_few_words_are_2_with_the_reason(capsys: pytest.CaptureFixture[str]):
    assert cli.run(["password", "new", "--words", "4"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "a password of 4 is worth about 52 bits: 1,000 graphics cards guess it in 17 years on average" in err


def test_a_good_password_is_0(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    assert piped(f"{GOOD}\n", monkeypatch, capsys) == (0, "the password: " + str(strength(GOOD)) + "\n", "")


def test_a_file_of_passwords_is_looked_at_by_name(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    code, out, err = piped(f"žofie: {GOOD}\nbert: {OTHER}\n", monkeypatch, capsys)
    assert (code, err) == (0, "")
    assert [line.partition(": ")[0] for line in out.splitlines()] == ["the password of `žofie`", "the password of `bert`"]


def test_a_password_that_is_refused_is_1(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    code, out, err = piped("qwertyuiopasdfgh", monkeypatch, capsys)
    assert (code, out.count("\n")) == (1, 1)
    assert "error[password]: the password can be guessed: about 14 bits" in err
    assert "qwerty" not in out + err


def test_a_weak_password_is_0_with_a_warning(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    code, _, err = piped("abacus-abdomen-abdominal-abiding", monkeypatch, capsys)
    assert code == 0
    assert "warning[weak-password]" in err


@pytest.mark.parametrize(("data", "code"), [(b"", 1), (b"\xff\xfe", 2), (b"a: b\nc", 1)])
def test_what_is_no_password_is_told(data: bytes, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    found, out, err = piped(data, monkeypatch, capsys)
    assert (found, out) == (code, "")
    assert "error[" in err


def test_a_terminal_is_asked_and_shows_nothing_of_the_answer():
    """On a terminal of its own: what was typed would be in what is read of it, if it were echoed."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir("/")
        environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
        os.execve(sys.executable, [sys.executable, "-P", "-m", "sitegen", "password", "check"], environment)
    shown = b""
    while b"Password: " not in shown:
        shown += os.read(terminal, 1000)
    os.write(terminal, GOOD.encode() + b"\n")
    try:
        while part := os.read(terminal, 1000):
            shown += part
    except OSError:
        pass  # how Linux says that nobody writes any more
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 0
    assert b"the password: about 78 bits" in shown
    assert GOOD.encode() not in shown


def test_every_error_is_one_that_the_author_can_mend():
    assert issubclass(WeakPasswordError, EncryptionError)
    assert issubclass(EncryptionError, SitegenError)
