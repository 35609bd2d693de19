"""Posts made up from a seed, as long, as code-heavy and as tagged as those of two technical blogs were found to be.

There, half of the posts had more than 3,400 characters and a tenth more than 13,000; one had 1.9 blocks of code, 3.7 headings and
9.5 links on average; 181 tags were used, the commonest on half of the posts; one in 24 had a table.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from random import Random

from benchmarks.corpus import Post

_FIRST, _DAYS = date(2014, 1, 1), 4300
_MEDIAN, _SPREAD, _LONGEST = 3400, 1.05, 150_000
_TAGS = 181
_ESSAY = 600
_SYLLABLES = ("ka", "lo", "mi", "ren", "sta", "tu", "ver", "ni", "do", "pra", "sel", "gam", "ho", "bri", "cu", "fen")

_CODE = {
    "python": 'def {a}({b}: int) -> str:\n    """The {c} of {b}."""\n    for {d} in range({b}):\n        yield f"{{{d}:>4}} {c}"  # {n}\n',
    "rust": 'fn {a}({b}: &str) -> Option<u32> {{\n    // {c}\n    let {d} = {b}.len();\n    println!("{{{d}}}");\n    Some({d})\n}}\n',
    "bash": 'for {b} in *.txt; do\n  {a} --{c} "${b}" | grep -v "{d}" > /tmp/{n}.log\ndone\n',
    "sql": "select {a}, count(*) as {b}\nfrom {c}\nwhere {d} > {n} and {a} is not null\ngroup by {a} order by {b} desc;\n",
    "json": '{{\n  "{a}": ["{b}", {n}, true],\n  "{c}": {{"{d}": null}}\n}}\n',
}


def generate(count: int, seed: int) -> tuple[Post, ...]:
    """`count` posts: the same ones for the same seed, and the first ones of a larger count too."""
    return tuple(_post(Random(f"{seed}/{number}"), number) for number in range(count))


def _post(random: Random, number: int) -> Post:
    return Post(
        slug=f"post-{number:05}",
        title=_sentence(random, random.randint(3, 8)).rstrip("."),
        date=_FIRST + timedelta(days=random.randrange(_DAYS)),
        tags=_tags(random),
        body=_body(random),
    )


def essay(random: Random) -> str:
    """A text of about 600 words: a few headings, two blocks of code, a list and a table."""
    parts = [f"## {_sentence(random, 4).rstrip('.')}\n\n{_paragraph(random)}\n\n{extra}" for extra in _extras(random)]
    blocks = [_paragraph(random), *parts]
    while len(" ".join(blocks).split()) < _ESSAY:
        blocks.append(_paragraph(random))
    return "\n\n".join(blocks) + "\n"


def _extras(random: Random) -> tuple[str, ...]:
    listed = "\n".join(f"- {_inline(random, 12)}" for _ in range(4))
    return _fence(random), listed, _fence(random), _table(random)


def _tags(random: Random) -> tuple[str, ...]:
    """One or two tags; as with words, the commonest is used far more than the next."""
    drawn = {int(random.paretovariate(0.6)) for _ in range(random.choice((1, 2, 2)))}
    return tuple(f"tag {rank}" for rank in sorted({rank if rank <= _TAGS else rank % _TAGS + 1 for rank in drawn}))


def _body(random: Random) -> str:
    length = min(random.lognormvariate(math.log(_MEDIAN), _SPREAD), _LONGEST)
    blocks = [_paragraph(random)]
    while sum(map(len, blocks)) < length:
        blocks.append(_block(random))
    return "\n\n".join(blocks) + "\n"


def _block(random: Random) -> str:
    kind = random.choices(("paragraph", "heading", "code", "list", "table"), weights=(600, 280, 140, 80, 4))[0]
    if kind == "heading":
        return f"## {_sentence(random, random.randint(2, 6)).rstrip('.')}\n\n{_paragraph(random)}"
    if kind == "code":
        return _fence(random)
    if kind == "list":
        return "\n".join(f"- {_inline(random, 12)}" for _ in range(random.randint(3, 7)))
    return _table(random) if kind == "table" else _paragraph(random)


def _paragraph(random: Random) -> str:
    return "\n".join(_inline(random, random.randint(8, 14)) for _ in range(random.randint(2, 7)))


def _inline(random: Random, words: int) -> str:
    """A sentence; in some, a part is a link, code or emphasis."""
    sentence, part = _sentence(random, words), _word(random)
    marked = random.choices(("", f" [{part}](https://example.org/{part})", f" `{part}()`", f" **{part}**"), weights=(60, 20, 14, 6))[0]
    return sentence + marked


def _fence(random: Random) -> str:
    language = random.choice(list(_CODE))
    parts = [
        _CODE[language].format(**{name: _word(random) for name in "abcd"}, n=random.randrange(1000)) for _ in range(random.randint(1, 5))
    ]
    return f"```{language}\n{''.join(parts)}```"


def _table(random: Random) -> str:
    rows = [f"| {_word(random)} | {_word(random)} | {random.randrange(1000)} |" for _ in range(random.randint(3, 9))]
    return "\n".join([rows[0], "|---|---|---|", *rows[1:]])


def _sentence(random: Random, words: int) -> str:
    return " ".join(_word(random) for _ in range(words)).capitalize() + "."


def _word(random: Random) -> str:
    return "".join(random.choices(_SYLLABLES, k=random.randint(1, 4)))
