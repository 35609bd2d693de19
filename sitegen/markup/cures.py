"""What sitegen offers in the place of other generators' shortcodes, tags and components, and of raw HTML that is taken out, by name."""

from __future__ import annotations

_IMAGE = 'write a picture with its caption as the title: `![what it shows](picture.png "caption")`'
_EMBED = 'write `::embed[A title]{src="https://…"}` for a player elsewhere, `::video[A title]{src="film.mp4"}` for a file of yours'
_ELSEWHERE = "write a link to it: `[what it is](https://…)`"
_FENCE = "write a fence: three backticks and the language before the code, three backticks after it"
_LINK = "write a link to the file: `[text](other.md)`; it becomes the address of the page"
_INCLUDE = "write `<!-- @include: part.md -->`"
_CONTENTS = "write `[TOC]` on a line of its own"
_RAW = "delete it: nothing in a page is executed"
_NOTE = 'write `!!! note "Title"`, and indent the text by four spaces'
_QUOTE = "begin the lines with `> `"
_DETAILS = 'write `??? note "Title"`, and indent the text by four spaces'
_TABS = 'write `=== "Tab"` for each tab, and indent what is in it by four spaces'
_BUTTON = "write a link with a class: `[text](page.md){.button}`"
_MERMAID = "write a fence with the language `mermaid`"
_MATH = "write `$…$` within a line, or `$$` on lines of its own"
_COMMENT = "write `<!-- … -->`"
_HEAD = "write `title:` and `description:` into the front matter"
_LISTED = "write a list"
_LOGIC = "content is never a template: write out what it would give, or put it into a template of the site"
_ANY = "content is never a template: write Markdown for it, or put it between backticks to show it as it is"
_VALUE = "content is never a template: write the value itself, or put it between backticks to show it as it is"
CODE = "put it between backticks if it is code"
MODULE = "delete it: no component is run, and a page needs none"

_OFFERS = {
    _IMAGE: "figure img image asset_img asset-img picture resize_image imgproc staticimage gatsbyimage themedimage zoomableimage nuximg",
    _EMBED: "youtube vimeo video videoplayer player bilibili embed iframe audio",
    _ELSEWHERE: "gist tweet twitter x instagram codepen jsfiddle asciinema spotify reddit",
    _FENCE: "highlight codeblock code-block code highlightjs codesnippet snippet jscodeblock terminal console",
    _LINK: "ref relref post_url post_link post_path link link_to asset_path asset_link a routerlink router-link nuxtlink doclink",
    _INCLUDE: "include include_relative include_code readfile import render render_partial partial includemarkdown include-markdown",
    _CONTENTS: "toc tableofcontents tocinline table_of_contents",
    _RAW: "raw v-pre verbatim literal noescape clientonly client-only",
    _NOTE: "note notes notice alert admonition callout hint tip warning info important caution danger panel aside message announcement",
    _QUOTE: "quote blockquote pullquote cq epigraph",
    _DETAILS: "details expand spoiler collapse collapsible accordion fold toggle",
    _TABS: "tabs tab tabitem tabpane tabgroup tabpanel codetabs code-tabs codegroup code-group codegroupitem tabbed",
    _BUTTON: "button btn linkbutton cta",
    _MERMAID: "mermaid diagram",
    _MATH: "katex math latex mathjax equation",
    _COMMENT: "comment",
    _HEAD: "head helmet seo metadata",
    _LISTED: "steps step cardgrid cards card filetree linkcard columns",
    _LOGIC: "if unless case when for tablerow cycle assign capture set macro call filter block extends layout paginate",
}
_CLASS = "give it a class, and say in a style sheet of the site how that looks"
_SCRIPT = "a script belongs into a template of the site"
_FORM = "a form belongs into a template of the site"
_DRAWING = "save the drawing as a file and show that: `![what it shows](drawing.svg)`"
_HEADER = "what is for the head of the page is said in its front matter, or in a template of the site"
_ADDRESS = "link to a page, a file, or a site on the web"
_UNKNOWN = "write Markdown for it, or put it between backticks to show it as it is"
_REMOVED = {
    _CLASS: "style font basefont center align valign bgcolor background color width height border cellpadding cellspacing face size",
    _SCRIPT: "script noscript template applet",
    _FORM: "form input button select textarea option label",
    _DRAWING: "svg canvas",
    _HEADER: "base meta link head title body html",
    _EMBED: "iframe frame embed object",
    _MATH: "math",
}
_INSTEAD = {name: offer for offer, names in _REMOVED.items() for name in names.split()}
_CURES = {name: offer for offer, names in _OFFERS.items() for name in names.split()}


def cure_of_html(tag: str, attribute: str = "", *, is_address: bool = False) -> str:
    """What to do instead of the raw HTML that was taken out: a tag, or an attribute of one."""
    if is_address:
        return _ADDRESS
    if attribute.startswith("on"):
        return _SCRIPT
    return _INSTEAD.get(attribute or tag, "leave it out" if attribute else _UNKNOWN)


def cure(name: str, *, argument: str = "", is_value: bool = False) -> str:
    """What to write instead of the shortcode of that name; its first `argument` tells a list of contents from other includes."""
    if _CURES.get(name.lower()) == _INCLUDE:
        stem = argument.strip("\"'").rpartition("/")[2].partition(".")[0].lower()
        return _CURES.get(stem, _INCLUDE)
    return _CURES.get(name.lower(), _VALUE if is_value else _ANY)
