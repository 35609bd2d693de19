"""What stands within a line of text, by the rules of CommonMark and GitHub, for Python-Markdown.

- inline: takes the place of Python-Markdown's inline pass; scanning: one walk through a text for all patterns that stand together
- patterns: code, escapes, HTML, entities and breaks under Python-Markdown's own names
- emphasis: which delimiters belong together; targets: where links lead; pieces: the tree that comes of it
- bare_links, emoji: GitHub's addresses without brackets, and its shortcodes
"""
