"""The blog as a plain Flask app on Flask-FlatPages, frozen by Frozen-Flask: what one writes who follows their documentation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timezone

from feedgenerator import Atom1Feed
from flask import Flask, Response, render_template
from flask_flatpages import FlatPages, Page
from flask_frozen import Freezer

SITE = "https://example.org"
PAGE = 10
FEED = 20

app = Flask(__name__)
app.config.update(
    FLATPAGES_EXTENSION=".md",
    FLATPAGES_ROOT="content",
    FLATPAGES_MARKDOWN_EXTENSIONS=["extra", "codehilite", "toc"],
    FLATPAGES_EXTENSION_CONFIGS={"codehilite": {"css_class": "highlight"}},
    FREEZER_DESTINATION="output",
    FREEZER_RELATIVE_URLS=False,
)
pages = FlatPages(app)
freezer = Freezer(app, log_url_for=False, with_no_argument_rules=False)

with app.app_context():
    posts: list[Page] = sorted(pages, key=lambda page: (page["date"], page.path), reverse=True)
places = {page.path: place for place, page in enumerate(posts)}
tagged: dict[str, list[Page]] = defaultdict(list)
months: dict[tuple[int, int], list[Page]] = defaultdict(list)
for page in posts:
    months[page["date"].year, page["date"].month].append(page)
    for tag in page["tags"]:
        tagged[tag.lower().replace(" ", "-").replace("/", "-")].append(page)


def numbers(count: int) -> range:
    return range(1, max(1, -(-count // PAGE)) + 1)


def feed(title: str, url: str, entries: list[Page]) -> Response:
    made = Atom1Feed(title=title, link=SITE + url, description=title)
    for entry in entries[:FEED]:
        link = f"{SITE}/blog/{entry.path}/"
        date = datetime.combine(entry["date"], datetime.min.time(), timezone.utc)
        made.add_item(title=entry["title"], link=link, description="", content=entry.html, pubdate=date, updateddate=date)
    return Response(made.writeString("utf-8"), mimetype="application/atom+xml")


def listing(title: str, url: str, entries: list[Page], number: int) -> str:
    shown = entries[(number - 1) * PAGE : number * PAGE]
    return render_template("list.html", title=title, url=url, posts=shown, number=number, last=numbers(len(entries))[-1])


@app.route("/")
@app.route("/page/<int:number>/")
def home(number: int = 1) -> str:
    return listing("Benchmark", "/", posts, number)


@app.route("/blog/<path:path>/")
def post(path: str) -> str:
    place = places[path]
    newer, older = posts[place - 1] if place else None, posts[place + 1] if place + 1 < len(posts) else None
    return render_template("post.html", post=posts[place], newer=newer, older=older)


@app.route("/tags/<name>/")
@app.route("/tags/<name>/page/<int:number>/")
def tag(name: str, number: int = 1) -> str:
    return listing(name, f"/tags/{name}/", tagged[name], number)


@app.route("/tags/<name>/atom.xml")
def tag_feed(name: str) -> Response:
    return feed(name, f"/tags/{name}/", tagged[name])


@app.route("/tags/")
def tags() -> str:
    return render_template("tags.html", title="Tags", url="/tags/", tagged=tagged)


@app.route("/archive/<int:year>/<int:month>/")
def archive(year: int, month: int) -> str:
    title = f"{year}-{month:02}"
    return render_template("archive.html", title=title, url=f"/archive/{year}/{month}/", posts=months[year, month])


@app.route("/atom.xml")
def site_feed() -> Response:
    return feed("Benchmark", "/", posts)


@app.route("/sitemap.xml")
def sitemap() -> Response:
    return Response(render_template("sitemap.xml", posts=posts, tagged=tagged, months=months), mimetype="application/xml")


@freezer.register_generator
def urls() -> Iterator[str]:
    yield from ("/", "/tags/", "/atom.xml", "/sitemap.xml")
    yield from (f"/page/{number}/" for number in numbers(len(posts))[1:])
    yield from (f"/blog/{page.path}/" for page in posts)
    yield from (f"/archive/{year}/{month}/" for year, month in months)
    for name, entries in tagged.items():
        yield from (f"/tags/{name}/", f"/tags/{name}/atom.xml")
        yield from (f"/tags/{name}/page/{number}/" for number in numbers(len(entries))[1:])


if __name__ == "__main__":
    freezer.freeze()
