"""What can be wrong with a protected page, each with a word in the line that is at fault, for seeing that no message repeats it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

# `{word}` is planted, `{near}` a word of the page `plain` with a letter missing, which a hint would put right.
_BODIES: Mapping[str, str] = {
    "broken-link": "[a]({word}.md)",
    "broken-anchor": "[a](#{word})",
    "missing-image": "![a]({word}.png)",
    "duplicate-id": "## A {{#{word}}}\n\n## B {{#{word}}}",
    "include": '--8<-- "parts/{word}.md"',
    "bad-directive": '::video[{word}]{{source="{word}.mp4"}}',
    "embed-host": '::embed[A]{{src="https://{word}.example/a"}}',
    "math": "```math\n\\{word}\n```",
    "diagram": "```plot\nfault {word}\n```",
    "html-removed": "<script>{word}</script>",
    "near": "[a]({near}.md)",
}
_KEYS: Mapping[str, str] = {
    "front-matter": "title: {word}: more\nother: [",
    "bad-date": "date: 2026-13-45 {word}",
    "bad-value": "weight: {word}",
    "bad-alias": "aliases: ['https://{word}.example/']",
    "bad-path": "slug: '{word}/../../x'",
    "collision": "slug: {word}",
    "secret": "password: {word}",
    "missing-image": "image: {word}.png",
    "bad-encoding": "title: {word}",
}
# With bytes in their place that are no UTF-8.
_NO_TEXT = b"\xff\xfe\xfd"


def faults(word: Callable[[], str], name: str) -> Iterator[tuple[str, str, bytes]]:
    """The rule that finds the fault, the word in it, and the page, for each.

    `word` gives new words, `name` is the file name of a protected page in the same folder, without its suffix.
    """
    near = name[:8] + name[9:]
    for rule, pattern in _BODIES.items():
        secret = word()
        text = f"---\ntitle: A fault\n---\n\n{pattern.format(word=secret, near=near)}\n"
        yield "broken-link" if rule == "near" else rule, secret, text.encode()
    for rule, pattern in _KEYS.items():
        secret = word()
        data = f"---\n{pattern.format(word=secret)}\n---\n\nText and {secret}.\n".encode()
        yield rule, secret, data + _NO_TEXT if rule == "bad-encoding" else data
