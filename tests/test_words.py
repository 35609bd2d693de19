"""The theme's words: catalogues that are whole, those that a site brings, and what is told of one that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import c2py
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from sitegen import cli
from sitegen.errors import ProblemsFound
from sitegen.markup import Labels
from sitegen.pages import labels_of
from sitegen.report import as_text
from sitegen.words import Vocabulary, Words, catalogue, writing
from tests.conftest import SETTINGS, Build, SiteOf, dom, post, tree

LOCALE = Path(catalogue.__file__).parents[1] / "locale"
SHIPPED = sorted(LOCALE.glob("*.po"))
FRENCH = """msgid ""
msgstr ""
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Tags"
msgstr "Étiquettes"

msgid "Page not found"
msgstr "Page introuvable"

msgid "Note"
msgstr "Remarque"

msgid "%(num)d page"
msgid_plural "%(num)d pages"
msgstr[0] "%(num)d page seulement"
msgstr[1] "%(num)d pages en tout"
"""
LANGUAGES = "languages:\n  fr: {}\nrules: {theme-words: 'off'}\n"


def read(text: str, lang: str = "de") -> catalogue.Catalogue:
    return catalogue.read(text.encode(), "locale/x.po", plural=lambda: (2, "(n != 1)"))


def told(text: str) -> str:
    return "\n".join(as_text(problem) for problem in read(text).problems)


# What ships


def test_the_template_catalogue_is_what_the_theme_says(update: bool):
    if update:
        writing.update_theme()
    assert (LOCALE / "sitegen.pot").read_bytes() == writing.template_of(writing.theme_texts()), "run `make words`"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_catalogue_that_ships_is_whole(path: Path):
    texts = writing.theme_texts()
    found = dict(by_babel(path))
    assert found.keys() == texts.keys(), "run `make words`"
    assert [text for text, (forms, is_fuzzy) in found.items() if is_fuzzy or not all(forms)] == []
    assert catalogue.read(path.read_bytes(), path.name, plural=lambda: (1, "0")).problems == ()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_catalogue_says_what_babel_reads_in_it(path: Path):
    ours = catalogue.read(path.read_bytes(), path.name, plural=lambda: (1, "0"))
    forms = {text: ours.plurals.get(text, (ours.texts.get(text),)) for text in ours.asked}
    assert forms == {text: forms for text, (forms, _) in by_babel(path)}


def by_babel(path: Path) -> Iterator[tuple[str, tuple[tuple[str, ...], bool]]]:
    """Every text with the forms of its translation, and whether it is fuzzy."""
    for each in read_po(BytesIO(path.read_bytes())):
        if each.id:
            forms = (each.string,) if isinstance(each.string, str) else tuple(each.string or ())
            yield each.id if isinstance(each.id, str) else each.id[0], (forms, each.fuzzy)


def test_the_labels_of_the_markup_are_english_where_nothing_is_translated():
    assert labels_of(Words()) == Labels()


def test_german_says_one_and_many():
    words = Vocabulary(Path("nowhere"), ["de"]).of("de")
    assert [words.ngettext("%(num)d page", "%(num)d pages", count) for count in (0, 1, 2)] == [
        "%(num)d Seiten",
        "%(num)d Seite",
        "%(num)d Seiten",
    ]
    assert words.gettext("Series") == "Reihe"


def test_a_language_of_a_region_says_what_the_language_says():
    assert Vocabulary(Path("nowhere"), ["de-AT"]).of("de-AT").gettext("Next") == "Weiter"


# Reading a catalogue


def test_a_text_may_go_over_lines_and_hold_quotation_marks_and_line_ends():
    text = '# a note\n#, c-format\nmsgid ""\n"one "\n"two"\nmsgstr ""\n"say \\"so\\"\\n"\n"and \\\\ on"\n'
    assert read(text).texts == {"one two": 'say "so"\nand \\ on'}


def test_what_is_fuzzy_obsolete_or_empty_is_not_translated():
    text = '#, fuzzy\nmsgid "a"\nmsgstr "A"\n\n#~ msgid "b"\n#~ msgstr "B"\n\nmsgid "c"\nmsgstr ""\n\nmsgid "d"\nmsgstr "D"\n'
    assert read(text).texts == {"d": "D"}


def test_line_ends_of_windows_and_a_byte_order_mark_are_none_of_the_text():
    assert read('\ufeffmsgid "a"\r\nmsgstr "A"\r\n').texts == {"a": "A"}


def test_a_text_with_a_context_is_another_one():
    assert read('msgctxt "menu"\nmsgid "a"\nmsgstr "B"\n\nmsgid "a"\nmsgstr "A"\n').texts == {"a": "A"}


def test_a_language_may_have_many_plural_forms():
    rule = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2"
    header = f'msgid ""\nmsgstr "Plural-Forms: nplurals=3; plural=({rule});\\n"\n\n'
    words = Words([read(header + 'msgid "d"\nmsgid_plural "ds"\nmsgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\n')])
    assert "".join(words.ngettext("d", "ds", count) for count in (1, 2, 5, 11, 12, 21, 22, 101)) == "abcccaba"
    assert words.gettext("d") == "a"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('msgid "a"\nmsgstr "say "so""\n', "x.po:2:1: error[catalogue]: a line that is none of a catalogue"),
        ('msgid "a"\nmsgstr "open\n', "x.po:2:1: error[catalogue]: a line that is none of a catalogue"),
        ("msgid 'a'\n", "x.po:1:1: error[catalogue]: a line that is none of a catalogue"),
        ('"a"\n', "x.po:1:1: error[catalogue]: a text that nothing says what it is"),
        ('msgstr "A"\n', "x.po:1:1: error[catalogue]: `msgstr` without a `msgid` before it"),
        ('msgid "a"\nmsgstr "A"\n\nmsgid "a"\nmsgstr "B"\n', "x.po:4:1: error[catalogue]: the text 'a' is here a second time"),
        ('msgid "%(name)s"\nmsgstr "%(nom)s"\n', "x.po:2:1: error[catalogue]: fills in `%(nom)s`, which the text does not know"),
        ('msgid "%(name)s"\nmsgstr "nobody"\n', "x.po:2:1: error[catalogue]: lacks `%(name)s`"),
        ('msgid "a {}"\nmsgstr "A"\n', "x.po:2:1: error[catalogue]: must have `{}` where the text has it, and nowhere else"),
        ('msgid "a {}"\nmsgstr "A {} {"\n', "x.po:2:1: error[catalogue]: has a sign that stands for something to be filled in"),
        ('msgid "a"\nmsgstr "100 %"\n', "x.po:2:1: error[catalogue]: has a sign that stands for something to be filled in"),
        ('msgid "a"\nmsgstr[0] "A"\nmsgstr[1] "B"\n', "x.po:1:1: error[catalogue]: `msgstr[…]` without `msgid_plural`"),
        ('msgid "a"\nmsgid_plural "as"\nmsgstr[0] "A"\n', "x.po:1:1: error[catalogue]: has 1 plural forms, expected 2"),
        (
            'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=import;\\n"\n',
            "x.po:2: error[catalogue]: the header's `Plural-Forms` cannot be understood",
        ),
        ('msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n;\\n"\n', "x.po:2: error[catalogue]: the header's `Plural-Forms` cannot"),
        ('msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n/0;\\n"\n', "x.po:2: error[catalogue]: the header's `Plural-Forms` cannot"),
    ],
)
def test_what_is_wrong_with_a_catalogue_is_told_with_its_line(text: str, message: str):
    shown = told(text)
    assert shown.startswith(f"locale/{message}"), shown
    assert "\n  hint: " in shown


def test_a_plural_form_may_leave_the_number_out():
    assert told('msgid "%(num)d a"\nmsgid_plural "%(num)d as"\nmsgstr[0] "one"\nmsgstr[1] "%(num)d"\n') == ""


def test_a_percent_sign_is_written_twice():
    assert told('msgid "a"\nmsgstr "100 %%"\n') == ""


def test_every_plural_rule_that_ships_is_one():
    for path in SHIPPED:
        rule = re.search(r"plural=([^;]+);", path.read_text(encoding="utf-8"))
        assert rule is not None
        assert c2py(rule[1])(1) == 0


# A site's own


def test_a_site_brings_a_language(built):
    files = {
        "content/index.md": "# Home",
        "content/blog/a.md": post("> [!NOTE]\n> Text.", date="2025-01-01", tags="[x]"),
        "content/blog/a.fr.md": post("> [!NOTE]\n> Texte.", date="2025-01-01", tags="[x]"),
        "content/blog/b.fr.md": post("> [!TIP]\n> Texte.", date="2025-01-01", tags="[x]"),
        "locale/fr.po": FRENCH,
    }
    folder = built(files, LANGUAGES)
    assert dom(folder / "fr/tags/index.html").xpath("string(//h1)") == "Étiquettes"
    assert "2 pages en tout" in dom(folder / "fr/tags/x/index.html").xpath("string(//header[@class='heading'])")
    assert "1 page" in dom(folder / "tags/x/index.html").xpath("string(//header[@class='heading'])")
    titles = [dom(folder / f"{name}/index.html").xpath("string(//*[@class='admonition-title'])") for name in ("blog/a", "fr/blog/a")]
    assert titles == ["Note", "Remarque"]
    assert dom(folder / "fr/blog/b/index.html").xpath("string(//*[@class='admonition-title'])") == "Tip"


def test_a_site_changes_one_word_of_the_theme(built):
    folder = built({"content/index.md": "# Home", "locale/en.po": 'msgid "Page not found"\nmsgstr "Nothing here"\n'})
    assert dom(folder / "404.html").xpath("string(//title)") == "Nothing here · Small"


def test_a_word_of_site_yaml_is_said_in_other_languages(built):
    files = {
        "content/index.md": "# Home",
        "content/fr/index.md": "# Accueil",
        "content/blog/a.fr.md": post(date="2025-01-01"),
        "content/blog/a.md": post(date="2025-01-01"),
    }
    settings = LANGUAGES + "menus:\n  main:\n    - {title: Journal of ours, url: /blog/}\ncollections:\n  blog: {title: Our days}\n"
    own = 'msgid "Journal of ours"\nmsgstr "Notre journal"\n\nmsgid "Our days"\nmsgstr "Nos jours"\n'
    folder = built({**files, "locale/fr.po": own}, settings)
    assert "Notre journal" in dom(folder / "fr/index.html").xpath("string(//nav[@class='menu drawer'])")
    assert "Journal of ours" in dom(folder / "index.html").xpath("string(//nav[@class='menu drawer'])")
    assert dom(folder / "fr/blog/index.html").xpath("string(//h1)") == "Nos jours"


def test_a_german_site_speaks_german(site_of: SiteOf, build: Build):
    root = site_of(
        {
            "site.yaml": SETTINGS + "language: de\n",
            "content/index.md": "# Start",
            "content/blog/a.md": post("## Eins\n\n> [!WARNING]\n> Text.[^1]\n\n[^1]: Note.", date="2025-03-01", tags="[garten]"),
            "content/docs/a.md": "# Eins",
        }
    )
    assert build(root).warnings == ()
    folder = root / "build"
    text = dom(folder / "blog/a/index.html")
    assert text.xpath("string(//*[@class='admonition-title'])") == "Warnung"
    assert text.xpath("//*[@role='doc-endnotes']/@aria-label") == ["Fußnoten"]
    assert text.xpath("//a[@class='headerlink']/@aria-label") == ["Link zu diesem Abschnitt: Eins"]
    assert dom(folder / "tags/index.html").xpath("string(//h1)") == "Schlagwörter"
    assert dom(folder / "docs/index.html").xpath("string(//h1)") == "Dokumentation"
    assert dom(folder / "blog/2025/03/index.html").xpath("string(//h1)") == "März 2025"
    assert dom(folder / "404.html").xpath("string(//title)") == "Seite nicht gefunden · Small"


def test_a_text_in_a_language_that_the_site_has_no_pages_in_is_labelled_in_it(built):
    folder = built({"content/index.md": "# Home", "content/x.md": post("> [!NOTE]\n> Text.", lang="de")})
    assert dom(folder / "x/index.html").xpath("string(//*[@class='admonition-title'])") == "Hinweis"


def test_numbers_are_written_as_the_language_of_the_page_writes_them(built):
    template = "{% extends 'theme/page.html' %}{% block after %}<p id='n'>{{ 12345 | number }} {{ ngettext('%(num)d x', '%(num)d xs', 12345) }}</p>{% endblock %}"  # noqa: E501
    files = {"templates/page.html": template, "content/index.md": "# H", "content/a.md": "# A", "content/a.de.md": "# A"}
    folder = built(files, "languages:\n  de: {}\n")
    assert [dom(folder / f"{name}/index.html").xpath("string(//p[@id='n'])") for name in ("a", "de/a")] == [
        "12,345 12,345 xs",
        "12.345 12.345 xs",
    ]


def test_an_edited_catalogue_is_heeded_by_the_next_build(site_of: SiteOf, build: Build):
    files = {"site.yaml": SETTINGS + LANGUAGES, "content/a.fr.md": "> [!NOTE]\n> Texte.", "content/index.md": "# Home"}
    root = site_of({**files, "locale/fr.po": FRENCH})
    build(root)
    (root / "locale/fr.po").write_text(FRENCH.replace("Remarque", "Nota bene"), encoding="utf-8")
    build(root)
    assert "Nota bene" in (root / "build/fr/a/index.html").read_text(encoding="utf-8")
    edited = tree(root / "build")
    build(root, clean=True)
    assert tree(root / "build") == edited
    (root / "locale/fr.po").unlink()
    build(root)
    assert "Nota bene" not in (root / "build/fr/a/index.html").read_text(encoding="utf-8")


def test_a_broken_catalogue_stops_the_build(site_of: SiteOf, build: Build):
    root = site_of({"site.yaml": SETTINGS, "content/index.md": "# Home", "locale/en.po": 'msgid "Next"\nmsgstr "say "so""\n'})
    with pytest.raises(ProblemsFound) as stopped:
        build(root)
    assert [(each.path, each.line, each.rule) for each in stopped.value.problems] == [("locale/en.po", 2, "catalogue")]
    (root / "locale/en.po").write_bytes(b'msgid "Next"\nmsgstr "\xff"\n')
    with pytest.raises(ProblemsFound) as stopped:
        build(root)
    assert [(each.path, each.line, each.rule) for each in stopped.value.problems] == [("locale/en.po", 2, "bad-encoding")]


def test_a_language_without_words_is_told_of_with_the_cure(site_of: SiteOf, build: Build):
    root = site_of({"site.yaml": SETTINGS + "language: fr\n", "content/index.md": "# Accueil", "locale/it.po": ""})
    lacking, stray = sorted(build(root).warnings, key=lambda problem: problem.path, reverse=True)
    assert (lacking.rule, lacking.path) == ("theme-words", "site.yaml")
    assert lacking.hint == "`sitegen words fr` writes locale/fr.po with what is to be translated"
    assert (stray.path, stray.hint) == ("locale/it.po", "call it after a language of the site: fr.po")


def test_where_a_catalogue_is_begun_the_cure_is_to_translate_it(site_of: SiteOf, build: Build, capsys: pytest.CaptureFixture[str]):
    root = site_of({"site.yaml": SETTINGS + "language: fr\n", "content/index.md": "# Accueil", "locale/fr.po": 'msgid "Tags"\nmsgstr ""\n'})
    (lacking,) = build(root).warnings
    assert lacking.hint == "`sitegen words fr` adds to locale/fr.po what is to be translated"
    words_command(root, "fr", capsys)
    (lacking,) = build(root).warnings
    assert lacking.hint == "write their translations into locale/fr.po, where each has an empty `msgstr` or is `fuzzy`"


def test_a_catalogue_that_is_called_after_no_language_is_told_of(site_of: SiteOf, build: Build):
    files = {f"locale/{name}.po": 'msgid "Tags"\nmsgstr "Topics"\n' for name in ("english", "en us", "_")}
    warnings = build(site_of({"site.yaml": SETTINGS, "content/index.md": "# Home", **files})).warnings
    assert sorted(each.path for each in warnings) == ["locale/_.po", "locale/en us.po", "locale/english.po"]
    assert {each.hint for each in warnings} == {"call it after a language of the site: en.po"}


# Beginning a catalogue


def words_command(root: Path, lang: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert cli.run(["words", "--root", str(root), lang]) == 0
    return capsys.readouterr().out


def test_a_catalogue_is_begun_with_the_theme_s_texts_and_the_site_s(site_of: SiteOf, capsys: pytest.CaptureFixture[str]):
    template = "{% extends 'theme/page.html' %}\n{# Translators: on the last page #}\n{% block after %}{{ _('See you') }}{% endblock %}\n"
    root = site_of({"site.yaml": SETTINGS, "content/index.md": "# Home", "templates/page.html": template})
    count = len(writing.theme_texts()) + 1
    assert words_command(root, "ru", capsys) == f"wrote locale/ru.po: {count} texts, {count} of them without a translation there\n"
    text = (root / "locale/ru.po").read_text(encoding="utf-8")
    assert '#. on the last page\n#: templates/page.html\nmsgid "See you"\nmsgstr ""\n' in text
    assert 'msgstr[2] ""' in text
    assert "nplurals=3" in text


def test_a_catalogue_keeps_what_is_translated_when_it_is_brought_up_to_date(site_of: SiteOf, capsys: pytest.CaptureFixture[str]):
    begun = FRENCH + '\nmsgid "Nobody says so"\nmsgstr "Personne"\n\n# my note\nmsgid "Next"\nmsgstr "Suivant"\n'
    root = site_of({"site.yaml": SETTINGS, "content/index.md": "# Home", "locale/fr.po": begun})
    words_command(root, "fr", capsys)
    text = (root / "locale/fr.po").read_text(encoding="utf-8")
    assert '# my note\nmsgid "Next"\nmsgstr "Suivant"\n' in text
    assert 'msgid "Previous"\nmsgstr ""\n' in text
    assert 'msgid "Nobody says so"\nmsgstr "Personne"\n' in text
    words_command(root, "fr", capsys)
    assert (root / "locale/fr.po").read_text(encoding="utf-8") == text


def test_a_catalogue_asks_for_the_titles_of_site_yaml(site_of: SiteOf, capsys: pytest.CaptureFixture[str]):
    menu = "menus: {main: [{title: Learn, children: [{title: Beds, url: /}, {page: index.md}]}]}\ncollections: {blog: {title: Diary}}\n"
    translated = 'msgid "Beds"\nmsgstr "Beete"\n'
    root = site_of({"site.yaml": SETTINGS + menu, "content/index.md": "# Home", "locale/de.po": translated})
    words_command(root, "de", capsys)
    text = (root / "locale/de.po").read_text(encoding="utf-8")
    assert '#: site.yaml\nmsgid "Beds"\nmsgstr "Beete"\n' in text
    assert '#: site.yaml\nmsgid "Diary"\nmsgstr ""\n' in text
    assert '#: site.yaml\nmsgid "Learn"\nmsgstr ""\n' in text
    words_command(root, "en", capsys)
    assert "Learn" not in (root / "locale/en.po").read_text(encoding="utf-8")


def test_a_catalogue_is_begun_for_a_language_alone(site_of: SiteOf, capsys: pytest.CaptureFixture[str]):
    root = site_of({"site.yaml": SETTINGS, "content/index.md": "# Home"})
    assert cli.run(["words", "--root", str(root), "french"]) == 2
    assert "expected the code of a language" in capsys.readouterr().err


# The documentation

MANUAL = Path(__file__).parents[1] / "content/docs/translating.md"


def manual_files(section: str) -> dict[str, str]:
    """The files that a section of the page about languages shows, by name."""
    text = MANUAL.read_text(encoding="utf-8").split(f"\n## {section}\n")[1].split("\n## ")[0]
    return dict(re.findall(r'```\S+ title="([^"]+)"\n(.*?)```', text, re.DOTALL))


def test_the_manual_s_catalogue_is_one(site_of: SiteOf, build: Build):
    files = manual_files("A catalogue for a language")
    files["site.yaml"] += "url: https://jardin.example/\n"
    text = "## Un\n\n> [!NOTE]\n> Texte.\n\n## Deux\n\nTexte."
    root = site_of({**files, **manual_files("Words of your own templates"), "content/a.md": text, "content/b.md": post(tags="[x]")})
    warning, *others = build(root).warnings
    assert (warning.rule, others) == ("theme-words", [])
    page = dom(root / "build/a/index.html")
    assert page.xpath("string(//*[@class='admonition-title'])") == "Remarque"
    assert page.xpath("//nav[@id='site:contents']/@aria-label") == ["Sur cette page"]
    assert "Written in the garden" in page.text_content()
    assert dom(root / "build/tags/index.html").xpath("string(//h1)") == "Étiquettes"


def test_the_manual_s_other_word_is_said(built):
    folder = built({**manual_files("Another word"), "content/b.md": post(tags="[x]")})
    assert dom(folder / "tags/index.html").xpath("string(//h1)") == "Topics"


def test_the_manual_s_words_of_settings_are_said(site_of: SiteOf, build: Build):
    files = manual_files("Words of `site.yaml`")
    files["site.yaml"] = SETTINGS + files["site.yaml"]
    posts = {f"content/blog/a{suffix}.md": post(date="2025-01-01") for suffix in ("", ".de")}
    root = site_of({**files, **posts, "content/index.md": "# Home", "content/index.de.md": "# Start"})
    assert build(root).warnings == ()
    shown = [dom(root / f"build/{name}").xpath("string(//nav[@id='site:menu']//a)") for name in ("index.html", "de/index.html")]
    assert shown == ["Our garden", "Unser Garten"]
