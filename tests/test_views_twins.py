"""The Markdown twin of every public page."""

from __future__ import annotations

import pytest

from tests.conftest import post


def test_a_twin_is_the_title_and_the_body_as_written(visited):
    text = visited({"content/x.md": post("One *two*.\n\n- three", title="Hello")}).get("/x/index.md").text
    assert text == "# Hello\n\nOne *two*.\n\n- three\n"


def test_a_title_that_is_a_heading_is_not_repeated(visited):
    assert visited({"content/x.md": "# Hello\n\nOne."}).get("/x/index.md").text == "# Hello\n\nOne.\n"


def test_a_title_that_is_written_twice_is_not_repeated(visited):
    assert visited({"content/x.md": post("# Hello\n\nOne.", title="Hello")}).get("/x/index.md").text == "# Hello\n\nOne.\n"


def test_links_in_a_twin_are_absolute(visited):
    body = "[a](y.md#z) ![b](pic.png) [c](https://x.example/) [d](#part)"
    files = {"content/x.md": body, "content/y.md": "Text.", "content/pic.png": b"a"}
    assert visited(files, base_url="https://b.example/base/").get("/x/index.md").text == (
        "# X\n\n[a](https://b.example/base/y/#z) ![b](https://b.example/base/pic.png) [c](https://x.example/) [d](#part)\n"
    )


def test_a_reference_s_address_is_absolute_too(visited):
    files = {"content/x.md": "[a][1] and `[a](y.md)`\n\n[1]: y.md\n", "content/y.md": "Text."}
    assert visited(files).get("/x/index.md").text.strip().split("\n") == [
        "# X",
        "",
        "[a][1] and `[a](y.md)`",
        "",
        "[1]: https://small.example/y/",
    ]


def test_what_only_editors_should_see_is_left_out(visited):
    assert visited({"content/x.md": "One.\n\n<!-- more -->\n\nTwo.\n<!-- a\nnote -->"}).get("/x/index.md").text == "# X\n\nOne.\n\n\nTwo.\n"


def test_a_comment_in_a_code_block_stays(visited):
    text = visited({"content/x.md": "```html\n<!-- keep -->\n```\n"}).get("/x/index.md").text
    assert "<!-- keep -->" in text


@pytest.mark.parametrize(
    ("permalink", "twin"),
    [("/a/b/", "/a/b/index.md"), ("/a/b.html", "/a/b.md"), ("/a/b.txt", "/a/b.txt.md"), ("/a/v1.0/", "/a/v1.0/index.md")],
)
def test_a_twin_stands_beside_its_page(visited, permalink: str, twin: str):
    client = visited({"content/x.md": post(permalink=permalink)})
    assert client.get(twin).status_code == 200
    assert client.get(twin).mimetype == "text/markdown"


def test_the_home_page_has_a_twin(visited):
    assert visited({"content/index.md": "# Hi"}).get("/index.md").text == "# Hi\n"


@pytest.mark.parametrize("meta", [{"unlisted": "true"}, {"noindex": "true"}, {"draft": "true"}, {"date": "2030-01-01"}])
def test_a_page_that_is_not_listed_has_no_twin(visited, meta: dict[str, str]):
    assert visited({"content/x.md": post(**meta)}).get("/x/index.md").status_code == 404
