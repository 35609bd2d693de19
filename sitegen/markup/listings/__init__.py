"""Blocks of code: what is said of one, how it is highlighted, and how it is kept out of what is done to the rest of a page.

- fences: the extension that Python-Markdown gets; code: the HTML of a block
- infos, marks: what stands behind the fence, and in comments; diffs: added and removed lines in a language
- highlighting, lexing: Pygments, and how it is spared what cannot match
- outline: blocks set aside while the rest of a body is looked at
"""
