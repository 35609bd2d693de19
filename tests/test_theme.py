"""Where templates come from, and what they can do."""

from __future__ import annotations

import pytest

from sitegen.errors import Problem, ProblemsFound, SitegenError
from sitegen.site import noting
from tests.conftest import Build, SiteOf, dom, post, tree

PAGE = {"content/x.md": post("The text.", title="X", date="2025-01-02")}


@pytest.fixture
def refused(built):
    def run(files: dict[str, str | bytes]) -> list[Problem]:
        with pytest.raises(ProblemsFound) as caught:
            built({**PAGE, **files})
        return list(caught.value.problems)

    return run


def test_a_site_s_own_template_takes_the_place_of_the_theme_s(visited):
    assert visited({**PAGE, "templates/page.html": "{{ page.title }}: {{ body }}"}).get("/x/").text == "X: <p>The text.</p>"


def test_the_other_templates_stay(visited):
    client = visited({**PAGE, "templates/page.html": "mine", "content/docs/y.md": "Text."})
    assert dom(client.get("/docs/y/").text).xpath("//main")


def test_the_theme_s_template_can_be_extended_under_its_own_name(visited):
    template = '{% extends "theme/page.html" %}{% block footer %}<footer>mine</footer>{% endblock %}'
    page = dom(visited({**PAGE, "templates/page.html": template}).get("/x/").text)
    assert page.xpath("//footer/text()") == ["mine"]
    assert page.xpath("//main//p[.='The text.']")


def test_a_part_of_the_theme_can_be_replaced(visited):
    client = visited({**PAGE, "templates/partials/footer.html": "<footer>mine</footer>"})
    assert dom(client.get("/x/").text).xpath("//footer/text()") == ["mine"]


def test_a_replaced_base_reaches_every_page(visited):
    client = visited({**PAGE, "templates/base.html": '{% extends "theme/base.html" %}{% block footer %}<i>mine</i>{% endblock %}'})
    for path in ("/", "/x/", "/404.html"):
        assert dom(client.get(path).text).xpath("//i/text()") == ["mine"], path


def test_a_static_file_takes_the_place_of_the_theme_s(built):
    output = built({**PAGE, "static/_reading.css": "a{color:red}", "static/mine.txt": "mine"})
    (style,) = {html.partition("/static/ground-reading")[2].partition('"')[0] for html in [(output / "x/index.html").read_text()]}
    assert "a{color:red}" in (output / f"static/ground-reading{style}").read_text()
    assert len(list(output.glob("static/mine.*.txt"))) == 1
    assert list(output.glob("static/theme.*.js"))


def test_a_static_file_is_named_by_its_content(visited):
    template = "{{ asset('mine.txt') }} {{ url_for('static', filename='mine.txt') }}"
    client = visited({**PAGE, "templates/page.html": template, "static/mine.txt": "mine"}, base_url="https://x.example/base/")
    first, second = client.get("/x/").text.split()
    assert first == f"/base{second}" or first == second
    assert first.startswith("/base/static/mine.")


def test_everything_in_a_template_is_escaped(visited):
    files = {
        "content/x.md": post(title='"<b>"', extra="{a: <i>}"),
        "templates/page.html": "{{ page.title }} {{ page.extra.a }} {{ '<u>' }}",
    }
    assert visited(files).get("/x/").text == "&lt;b&gt; &lt;i&gt; &lt;u&gt;"


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ _('Plain & simple') }}", "Plain &amp; simple"),
        ("{{ _('100%%') }}", "100%"),
        ("{{ _('%(name)s & co', name='<b>') }}", "&lt;b&gt; & co"),
        ("{{ _('%(text)s', text='x') }}{{ gettext('y') }}", "xy"),
        ("{{ ngettext('%(num)d <i>', '%(num)d <u>', 1) }}{{ ngettext('%(num)d', '%(num)d %(what)s', 2, what='<b>') }}", "1 <i>2 &lt;b&gt;"),
        ("{% trans name='<b>' %}Dear {{ name }}, 100%{% endtrans %}", "Dear &lt;b&gt;, 100%"),
        ("{% autoescape false %}{{ _('a') ~ '<b>' }}{{ _('%(x)s', x='<b>') }}{% endautoescape %}", "a<b><b>"),
    ],
)
def test_words_are_filled_in_and_what_fills_them_is_escaped(visited, template: str, text: str):
    page = visited({**PAGE, "templates/page.html": template}).get("/x/").text
    assert page == text.replace("Plain &amp;", "Plain &")


def test_a_file_of_macros_may_use_what_every_template_has(visited):
    macros = "{% macro mine() %}{{ site.title(lang) }}/{{ page.title }}{% endmacro %}"
    template = '{% from "partials/mine.html" import mine with context %}{{ mine() }}'
    client = visited({**PAGE, "content/y.md": post(title="Y"), "templates/partials/mine.html": macros, "templates/page.html": template})
    assert [client.get(path).text for path in ("/x/", "/y/")] == ["Small/X", "Small/Y"]


def test_a_file_of_macros_is_run_for_each_page_where_that_makes_a_difference(visited):
    macros = "{% set names = namespace(count=0) %}{% macro mine() %}{% set names.count = names.count + 1 %}{{ names.count }}{% endmacro %}"
    template = '{% from "partials/mine.html" import mine with context %}{{ mine() }}'
    client = visited({**PAGE, "templates/partials/mine.html": macros, "templates/page.html": template})
    assert [client.get("/x/").text for _ in range(2)] == ["1", "1"]


def test_the_theme_s_files_of_macros_are_run_once(app_of):
    environment = app_of(PAGE).jinja_env
    source = environment.loader.get_source(environment, "post.html")[0]
    assert "with context" in source
    assert environment.compile(source, raw=True).count("make_module") == 0


def test_every_page_asks_for_the_static_files_it_names(opened, app_of):
    app = app_of(
        {**PAGE, "content/y.md": "Text.", "static/mine.txt": "mine", "templates/page.html": "{{ url_for('static', filename='mine.txt') }}"}
    )
    for path in ("/x/", "/y/"):
        with noting() as asked:
            assert "/static/mine." in app.test_client().get(path).text
        assert '["asset","mine.txt"]' in asked


def test_a_static_file_s_address_has_the_base_path_of_the_request(visited):
    client = visited({**PAGE, "static/mine.txt": "mine", "templates/page.html": "{{ url_for('static', filename='mine.txt') }}"})
    assert client.get("/x/").text.startswith("/static/")
    assert client.get("/x/", base_url="https://x.example/base/").text.startswith("/base/static/")


def test_dates_are_written_in_the_page_s_language(visited):
    files = {
        "content/x.fr.md": post(date="2025-02-01"),
        "templates/page.html": '{{ page.date | date }} {{ page.date | date("MMM y") }} {{ page.date | iso }}',
    }
    text = visited(files, "languages:\n  fr: {}\n").get("/fr/x/").text
    assert text == "1 février 2025 févr. 2025 2025-02-01T00:00:00+00:00"


def test_data_files_reach_templates(visited):
    files = {**PAGE, "data/team.yaml": "- name: Mira\n", "templates/page.html": "{{ site.data.team[0].name }}"}
    assert visited(files).get("/x/").text == "Mira"


def test_an_undefined_name_is_an_error_that_names_template_line_and_page(refused):
    (problem,) = refused({"templates/page.html": "one\n{{ page.titel }}\n"})
    assert (problem.rule, problem.path, problem.line, problem.excerpt) == ("template", "templates/page.html", 2, "{{ page.titel }}")
    assert problem.message.endswith("has no attribute 'titel', did you mean 'title'?")
    assert problem.hint == "/x/ needs it from content/x.md"


def test_an_undefined_name_in_a_part_is_named_there(refused):
    problems = refused({"templates/partials/footer.html": "\n\n{{ nobody }}"})
    assert {(problem.path, problem.line, problem.message) for problem in problems} == {
        ("templates/partials/footer.html", 3, "'nobody' is undefined")
    }


def test_a_template_that_cannot_be_parsed_is_named_with_its_line(refused):
    (problem,) = refused({"templates/page.html": "one\n{% if %}\n"})
    assert (problem.path, problem.line) == ("templates/page.html", 2)


def test_a_template_that_is_not_there_is_named(refused):
    (problem,) = refused({"templates/page.html": '\n{% extends "theme/paeg.html" %}'})
    assert "theme/paeg.html" in problem.message
    assert problem.path == "templates/page.html"


def test_an_error_within_a_template_is_named_there(refused):
    (problem,) = refused({"templates/page.html": "\n\n{{ 1 / 0 }}"})
    assert (problem.path, problem.line, problem.message) == ("templates/page.html", 3, "ZeroDivisionError: division by zero")


def test_a_static_file_that_is_not_there_is_named_at_the_template(refused):
    (problem,) = refused({"templates/page.html": "\n{{ asset('ap.css') }}"})
    assert (problem.path, problem.line, problem.message) == ("templates/page.html", 2, "there is no static file 'ap.css'")


@pytest.mark.parametrize(
    ("template", "cure"),
    [
        ("{{ asset('ap.js') }}", "did you mean 'app.js'? "),
        ("{% include 'partials/shar.html' %}", "did you mean `partials/share.html`? "),
        ("{% extends 'page.html' %}", "to extend the theme's own template, put `theme/` before its name; "),
    ],
)
def test_the_cure_of_a_template_stands_before_who_needs_it(refused, template, cure):
    (problem,) = refused({"templates/page.html": template})
    assert problem.hint.startswith(f"{cure}/")


@pytest.mark.parametrize(
    ("template", "name"), [("{{ page.titel }}", "title"), ("{{ site.latst('en', 3) }}", "latest"), ("{{ settings.titel }}", "title")]
)
def test_an_attribute_that_does_not_exist_is_told_of_with_the_nearest(refused, template, name):
    (problem,) = refused({"templates/page.html": template})
    assert problem.message.endswith(f", did you mean {name!r}?")


@pytest.mark.parametrize(
    ("settings", "line", "hint"),
    [
        ("theme:\n  logo: lgo.svg\n", 3, "did you mean `logo.svg`?"),
        ("theme: {favicon: static/logo.svg}\n", 2, "did you mean `logo.svg`?"),
        ("home:\n  hero:\n    image: none.png\n", 4, "put it below static/ or content/"),
        ("home: {features: [{title: A, icon: none.png}]}\n", 2, "put it below static/ or content/"),
        ("authors:\n  mira: {image: none.png}\nauthor: mira\n", 3, "put it below static/ or content/"),
        ("image: none.png\n", 2, "put it below static/ or content/"),
    ],
)
def test_a_picture_that_is_not_there_is_named_in_the_settings(refused, settings, line, hint):
    files = {"site.yaml": f"url: https://x.example/\n{settings}", "content/blog/a.md": "---\ndate: 2026-01-01\n---\nText."}
    (problem,) = refused({**files, "static/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"})
    assert (problem.path, problem.line, problem.rule, problem.hint) == ("site.yaml", line, "settings", hint)


def test_a_static_file_that_is_gone_is_named_at_the_template(site_of, build):
    root = site_of(
        {"site.yaml": "url: https://x.example/\n", **PAGE, "templates/page.html": "{{ asset('mine.txt') }}", "static/mine.txt": "mine"}
    )
    build(root)
    (root / "static/mine.txt").unlink()
    with pytest.raises(ProblemsFound) as caught:
        build(root)
    assert [problem.path for problem in caught.value.problems] == ["templates/page.html"]


@pytest.mark.parametrize(("text", "rule"), [("a: [", "content"), ("a: 1\na: 2\n", "content"), (b"caf\xe9", "bad-encoding")])
def test_a_data_file_that_cannot_be_read_is_named_itself(refused, text: str | bytes, rule: str):
    (problem,) = refused({"templates/page.html": "{{ site.data.team }}", "data/team.yaml": text})
    assert (problem.path, problem.rule) == ("data/team.yaml", rule)


def test_every_page_is_tried_and_an_error_told_once(refused):
    files = {
        "content/y.md": "Text.",
        "content/blog/z.md": "Text.",
        "templates/page.html": "{{ page.titel }}",
        "templates/post.html": "{% if %}",
    }
    assert [(problem.path, problem.hint) for problem in refused(files)] == [
        ("templates/page.html", "/x/ needs it from content/x.md, and 1 more do"),
        ("templates/post.html", "/blog/z/ needs it from content/blog/z.md"),
    ]


EXTENSION = """
from flask import Blueprint, Response, current_app

bp = Blueprint("counter", __name__)


@bp.route("/count.txt")
def count():
    return Response(str(len(current_app.extensions["sitegen"].posts("en"))), mimetype="text/plain")


def init_app(app):
    app.register_blueprint(bp)


def urls(site):
    yield "/count.txt"
"""


def test_a_site_s_own_blueprint_is_built(built):
    output = built({**PAGE, "content/blog/a.md": "Text.", "counting.py": EXTENSION}, "extensions: [counting]\n")
    assert tree(output)["count.txt"] == b"1"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "init_app"),
        ("import nonsense_that_is_not_there", "nonsense_that_is_not_there"),
        ("def init_app(app): 1 / 0", "division by zero"),
        ("def (", ""),
    ],
)
def test_an_extension_that_cannot_be_loaded_is_an_error(app_of, source: str, message: str, request: pytest.FixtureRequest):
    name = f"extension_{abs(hash(source))}"
    with pytest.raises(SitegenError, match=name) as caught:
        app_of({**PAGE, f"{name}.py": source}, f"extensions: [{name}]\n")
    assert caught.value.problem.rule == "extension"
    assert message in caught.value.problem.message


def test_a_template_reaches_pages_through_questions_alone(site_of: SiteOf, build: Build):
    root = site_of({"content/a.md": "Text.", "templates/page.html": "{{ site.published | length }}"})
    with pytest.raises(ProblemsFound) as found:
        build(root)
    assert [(problem.path, problem.line) for problem in found.value.problems] == [("templates/page.html", 1)]
    assert "published" in found.value.problems[0].message


def test_an_extension_s_blueprint_brings_templates_of_its_own(site_of: SiteOf, build: Build):
    code = """
from flask import Blueprint, render_template

bp = Blueprint("charts", __name__, template_folder="templates")


@bp.get("/chart/")
def chart():
    return render_template("chart.html")


def init_app(app):
    app.register_blueprint(bp)


def urls(site):
    return ["/chart/"]
"""
    files = {"site.yaml": "url: https://x.example/\nextensions: [mycharts]\n", "content/a.md": "Text.", "mycharts/__init__.py": code}
    root = site_of({**files, "mycharts/templates/chart.html": "<p>One</p>"})
    build(root)
    (root / "mycharts" / "templates" / "chart.html").write_text("<p>Two</p>")
    build(root)
    assert (root / "build" / "chart" / "index.html").read_text() == "<p>Two</p>"
