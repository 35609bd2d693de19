"""What makes reading pleasant, in a real browser under the site's own policy, with and without JavaScript."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, Request, Route, expect

from sitegen.freeze import Options, build_site
from tests.browser.hosting import serving
from tests.browser.visits import opened, until

pytestmark = pytest.mark.browser

SETTINGS = """title: Small
url: https://small.example/
hosting: netlify
search: false
"""
WIDE = "| " + " | ".join(f"A long heading {number}" for number in range(12)) + " |\n" + "|---" * 12 + "|\n" + "| cell " * 12 + "|"
TABS = '=== "npm"\n\n    Use npm.\n\n=== "yarn"\n\n    Use yarn.\n'
CODE = f"""# Code

```python title="a.py" del={{1}} ins={{2}} linenums="1"
old = 1
new = 2
```

```console
$ echo one
one
$ echo two
two
```

```python
wide = "{"x" * 300}"
```

{TABS}
Text between.

{TABS}
"""
POST = "---\ntitle: {title}\ndate: 2026-01-0{day}\ntags: [garden]\n---\n\n{text}\n"
FILES = {
    "site.yaml": SETTINGS,
    "content/index.md": "# Welcome\n\nHello.\n",
    "content/code.md": CODE,
    "content/more.md": f"# More\n\n{TABS}\n```python anchors {{#grow}}\na = 1\nb = 2\n```\n",
    "content/tables.md": f"# Tables\n\n## Wide ones\n\n{WIDE}\n\n## Small ones\n\n| a |\n|---|\n| b |\n",
    "content/blog/long.md": POST.format(title="Long", day=1, text="\n\n".join(["word " * 100] * 12)),
    "content/blog/short.md": POST.format(title="Short", day=2, text="Few words."),
    "content/blog/last.md": POST.format(title="Last", day=3, text="Few words."),
}
CLIPBOARD = ["clipboard-read", "clipboard-write"]


def hosted(root: Path, files: dict[str, str], port: int = 0) -> Iterator[str]:
    """The address of a host that publishes the site made of `files`."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    build_site(root, root / "build", Options(overrides={"now": datetime.now(UTC)}))
    with serving(root / "build", port=port) as address:
        yield address


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from hosted(tmp_path_factory.mktemp("comforts"), FILES)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_number_of_a_line_is_a_link_that_marks_the_line(browser: Browser, site: str, scripts: bool):
    with opened(browser, java_script_enabled=scripts) as (page, said, _):
        page.goto(f"{site}/more/")
        page.get_by_role("link", name="2", exact=True).click()
        assert page.url == f"{site}/more/#grow-2"
        assert page.locator("#grow-2").evaluate("line => getComputedStyle(line).backgroundColor") != "rgba(0, 0, 0, 0)"
        assert said == []


def copied(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_what_is_copied_is_the_new_code_without_numbers_and_what_was_typed(browser: Browser, site: str):
    with opened(browser, permissions=CLIPBOARD) as (page, said, _):
        page.goto(f"{site}/code/")
        page.get_by_role("button", name="Copy", exact=True).nth(0).click()
        page.get_by_role("button", name="Copied").wait_for()
        assert copied(page) == "new = 2\n"
        page.get_by_role("button", name="Copy", exact=True).nth(0).click()
        until(page, "navigator.clipboard.readText().then(text => text.includes('echo'))")
        assert copied(page) == "echo one\necho two\n"
        assert said == []


def test_a_page_is_copied_as_markdown(browser: Browser, site: str):
    with opened(browser, permissions=CLIPBOARD) as (page, said, _):
        page.goto(f"{site}/code/")
        page.get_by_role("button", name="Copy page").click()
        page.get_by_role("button", name="Copied").wait_for()
        assert copied(page).startswith("# Code\n\n```python")
        assert said == []


def test_lines_are_wrapped_in_all_blocks_and_on_the_next_page_load_before_the_first_paint(browser: Browser, site: str):
    with opened(browser) as (page, said, _):
        page.goto(f"{site}/code/")
        assert page.get_by_role("button", name="Wrap lines").count() == 1
        wide = page.locator("pre", has_text="wide")
        is_wide = "box => box.scrollWidth > box.clientWidth"
        assert wide.evaluate(is_wide)
        page.get_by_role("button", name="Wrap lines").click()
        assert not wide.evaluate(is_wide)
        page.reload()
        assert not page.locator("pre", has_text="wide").evaluate(is_wide)
        page.get_by_role("button", name="Wrap lines").last.click()
        assert page.locator("pre", has_text="wide").evaluate(is_wide)
        assert said == []


def test_tabs_of_one_name_are_chosen_together_and_on_other_pages(browser: Browser, site: str):
    with opened(browser) as (page, said, _):
        page.goto(f"{site}/code/")
        page.locator("label", has_text="yarn").last.click()
        assert page.locator(".tabbed-block:visible").all_inner_texts() == ["Use yarn.", "Use yarn."]
        page.goto(f"{site}/more/")
        assert page.locator(".tabbed-block:visible").all_inner_texts() == ["Use yarn."]
        assert said == []


def test_a_tab_that_is_chosen_stays_where_it_is(browser: Browser, site: str):
    with opened(browser) as (page, _, _):
        page.goto(f"{site}/code/")
        label = page.locator("label", has_text="yarn").last
        label.scroll_into_view_if_needed()
        before = label.bounding_box()
        label.click()
        assert label.bounding_box() == before


def test_a_wide_table_is_a_region_with_a_name_that_a_keyboard_scrolls(browser: Browser, site: str):
    with opened(browser, viewport={"width": 600, "height": 700}) as (page, said, _):
        page.goto(f"{site}/tables/")
        region = page.get_by_role("region", name="Wide ones")
        region.focus()
        page.keyboard.press("ArrowRight")
        until(page, "document.activeElement.scrollLeft > 0")
        assert page.locator(".table").last.get_attribute("tabindex") == "-1"
        assert page.get_by_role("region").count() == 1
        assert said == []


def test_a_wide_table_scrolls_by_keyboard_without_javascript(browser: Browser, site: str):
    with opened(browser, viewport={"width": 600, "height": 700}, java_script_enabled=False) as (page, _, _):
        page.goto(f"{site}/tables/")
        page.locator(".table").first.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
        assert page.locator(".table").first.evaluate("box => box.scrollLeft") > 0


@pytest.mark.parametrize("scripts", [True, False])
def test_a_long_page_alone_leads_back_to_its_top(browser: Browser, site: str, scripts: bool):
    with opened(browser, java_script_enabled=scripts) as (page, _, _):
        page.goto(f"{site}/blog/short/")
        assert page.get_by_text("Back to top").count() == 0
        page.goto(f"{site}/blog/long/")
        link = page.get_by_text("Back to top")
        expect(link).not_to_be_in_viewport()
        page.mouse.wheel(0, 2500)
        expect(link).to_be_in_viewport()
        link.click()
        page.wait_for_timeout(1000)
        assert page.evaluate("scrollY") == 0


def bar(page: Page) -> float:
    return float(page.evaluate("parseFloat(getComputedStyle(document.body, '::before').scale)"))


def test_a_bar_shows_how_far_a_long_page_is_read(browser: Browser, site: str):
    with opened(browser) as (page, _, _):
        page.goto(f"{site}/blog/long/")
        assert bar(page) < 0.01
        page.evaluate("scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'})")
        page.wait_for_timeout(200)
        assert bar(page) > 0.99


def test_no_bar_moves_for_readers_who_want_less_motion(browser: Browser, site: str):
    with opened(browser, reduced_motion="reduce") as (page, _, _):
        page.goto(f"{site}/blog/long/")
        assert page.evaluate("getComputedStyle(document.body, '::before').content") == "none"


def test_keys_lead_to_the_next_page_and_back_and_home(browser: Browser, site: str):
    with opened(browser) as (page, said, _):
        page.goto(f"{site}/blog/short/")
        page.keyboard.press("n")
        page.wait_for_url("**/blog/last/")
        page.keyboard.press("p")
        page.wait_for_url("**/blog/short/")
        page.keyboard.press("h")
        page.wait_for_url(f"{site}/")
        assert said == []


def test_a_question_mark_opens_the_list_of_keys_that_work_on_the_page(browser: Browser, site: str):
    with opened(browser) as (page, said, _):
        page.goto(f"{site}/blog/last/")
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
        dialog.wait_for()
        assert "Previous" in dialog.inner_text()
        assert "Next" not in dialog.inner_text()
        page.keyboard.press("Escape")
        assert not dialog.is_visible()
        assert said == []


def test_keys_can_be_switched_off_and_on_again(browser: Browser, site: str):
    with opened(browser) as (page, said, _):
        page.goto(f"{site}/blog/short/")
        page.get_by_role("button", name="Keyboard shortcuts").click()
        page.get_by_label("Use these keys").uncheck()
        page.get_by_role("button", name="Close").click()
        page.reload()
        page.keyboard.press("n")
        page.keyboard.press("?")
        page.wait_for_timeout(300)
        assert page.url == f"{site}/blog/short/"
        assert page.get_by_role("dialog").count() == 0
        page.get_by_role("button", name="Keyboard shortcuts").click()
        page.get_by_label("Use these keys").check()
        page.keyboard.press("Escape")
        page.keyboard.press("n")
        page.wait_for_url("**/blog/last/")
        assert said == []


def test_keys_with_ctrl_are_left_to_the_browser(browser: Browser, site: str):
    with opened(browser) as (page, _, asked):
        page.goto(f"{site}/blog/short/")
        page.keyboard.press("Control+h")
        page.keyboard.press("Alt+t")
        page.wait_for_timeout(300)
        assert not [url for url in asked if "/keys." in url]


def test_nothing_is_loaded_for_keys_before_one_is_pressed(browser: Browser, site: str):
    with opened(browser) as (page, _, asked):
        page.goto(f"{site}/blog/short/")
        page.wait_for_load_state("networkidle")
        assert len([url for url in asked if not url.endswith(".svg")]) <= 5
        assert not [url for url in asked if "/keys." in url]


def test_without_javascript_there_are_no_buttons_that_do_nothing(browser: Browser, site: str):
    with opened(browser, java_script_enabled=False) as (page, _, _):
        page.goto(f"{site}/code/")
        assert page.get_by_role("button", name="Copy").count() == 0
        assert page.get_by_role("button", name="Wrap lines").count() == 0
        assert not page.locator("#site\\:keys").is_visible()
        assert page.get_by_role("link", name="View as Markdown").is_visible()


# What a site has to ask for

ASKING = """share: [mastodon, copy]
comments:
  giscus: {repo: garden/talk, repo_id: R_1, category: Talk, category_id: C_1}
analytics: {plausible: {host: "https://count.example"}}
"""


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with all that is off by default; it lives where it says it does."""
    root = tmp_path_factory.mktemp("asking")
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    yield from hosted(root, {**FILES, "site.yaml": SETTINGS.replace("https://small.example/", f"{address}/") + ASKING}, port)


def elsewhere(page: Page, answer: str = "") -> list[Request]:
    """What the page asks other hosts for, which answer with a page that says `answer`."""
    asked: list[Request] = []

    def reply(route: Route) -> None:
        asked.append(route.request)
        route.fulfill(body=answer, content_type="text/html", headers={"Access-Control-Allow-Origin": "*"})

    page.route(lambda url: urlsplit(url).hostname not in {"127.0.0.1", "localhost"}, reply)
    return asked


def test_a_reader_copies_the_address_of_a_post(browser: Browser, asking: str):
    with opened(browser, permissions=CLIPBOARD) as (page, said, _):
        elsewhere(page)
        page.goto(f"{asking}/blog/short/")
        page.get_by_role("button", name="Copy link").click()
        page.locator(".share").get_by_role("button", name="Copied").wait_for()
        assert copied(page) == f"{asking}/blog/short/"
        assert said == []


def test_comments_load_when_a_reader_asks_and_follow_the_colours(browser: Browser, asking: str):
    answer = "<script>onmessage = event => { document.title = JSON.stringify(event.data); };"
    answer += "parent.postMessage({giscus: {resizeHeight: 777}}, '*')</script>"
    with opened(browser, color_scheme="dark") as (page, said, _):
        asked = elsewhere(page, answer)
        page.goto(f"{asking}/blog/short/")
        page.wait_for_load_state("networkidle")
        assert not [request for request in asked if "giscus" in request.url]
        page.get_by_role("button", name="Show comments").click()
        frame = page.locator(".comments iframe")
        until(page, "() => document.querySelector('.comments iframe').offsetHeight === 777")
        address = str(frame.get_attribute("src"))
        assert address.startswith("https://giscus.app/en/widget?repo=garden%2Ftalk&")
        assert "theme=dark" in address
        page.locator("#site\\:scheme").click()
        frame.content_frame.locator(":root").wait_for(state="attached")
        inner = next(each for each in page.frames if "giscus" in each.url)
        until(inner, '() => document.title.includes(\'"theme":"light"\')')
        assert said == []


def test_who_comes_back_from_signing_in_sees_the_comments_at_once(browser: Browser, asking: str):
    with opened(browser) as (page, said, _):
        elsewhere(page)
        page.goto(f"{asking}/blog/short/?giscus=a-session")
        assert "session=a-session" in str(page.locator(".comments iframe").get_attribute("src"))
        assert page.url == f"{asking}/blog/short/"
        assert said == []


def test_without_javascript_comments_are_a_link_and_sharing_is_one_too(browser: Browser, asking: str):
    with opened(browser, java_script_enabled=False) as (page, _, asked):
        page.goto(f"{asking}/blog/short/")
        assert page.get_by_role("link", name="The discussion at GitHub").is_visible()
        assert page.get_by_role("link", name="Mastodon").is_visible()
        assert not page.get_by_role("button", name="Copy link").is_visible()
        assert not page.get_by_role("button", name="Show comments").is_visible()
        assert [url for url in asked if not url.startswith(asking)] == []


def test_a_visit_is_counted_once_by_its_address_alone(browser: Browser, asking: str):
    with opened(browser) as (page, said, _):
        asked = elsewhere(page)
        page.goto(f"{asking}/blog/short/#x")
        page.wait_for_load_state("networkidle")
        (request,) = asked
        assert (request.method, request.url) == ("POST", "https://count.example/api/event")
        expected = {"name": "pageview", "url": f"{asking}/blog/short/", "referrer": "", "domain": "127.0.0.1"}
        assert request.post_data_json == expected
        assert "cookie" not in request.all_headers()
        assert said == []


@pytest.mark.parametrize("wish", ["globalPrivacyControl = true", "doNotTrack = '1'"])
def test_who_asks_not_to_be_tracked_is_not_counted(browser: Browser, asking: str, wish: str):
    name, value = wish.split(" = ")
    with opened(browser) as (page, _, _):
        asked = elsewhere(page)
        page.add_init_script(f"Object.defineProperty(navigator, '{name}', {{ value: {value} }})")
        page.goto(f"{asking}/blog/short/")
        page.wait_for_load_state("networkidle")
        assert asked == []


def test_a_copy_of_the_site_elsewhere_is_not_counted(browser: Browser, asking: str):
    with opened(browser) as (page, _, _):
        asked = elsewhere(page)
        page.goto(asking.replace("127.0.0.1", "localhost") + "/blog/short/")
        page.wait_for_load_state("networkidle")
        assert asked == []


AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("path", ["/blog/short/", "/blog/long/", "/feeds/", "/code/", "/more/", "/tables/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_page_with_all_of_it_and_its_list_of_keys(browser: Browser, asking: str, path: str, scheme: Any):
    with opened(browser, bypass_csp=True, color_scheme=scheme, viewport={"width": 600, "height": 800}) as (page, _, _):
        elsewhere(page)
        page.goto(asking + path)
        page.evaluate(AXE_SCRIPT)
        for _ in range(2):
            found = page.evaluate("rules => axe.run(document, { runOnly: rules })", AXE_RULES)
            assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]] == []
            page.keyboard.press("?")
            page.get_by_role("dialog").wait_for()
