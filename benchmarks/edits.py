"""What authors do between two builds. Each edit finds its own spot and says how to tell that it arrived."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from benchmarks.corpus import Post

# Coprime to the numbers of posts in use, so that successive edits fall far apart and seldom twice on one post.
_STRIDE = 7919


@dataclass(frozen=True, slots=True)
class Edit:
    """A post as it is from now on; `word` stands nowhere on the site before the edit. `is_new` when the post is one more."""

    post: Post
    word: str
    is_new: bool


def edit_body(posts: Sequence[Post], number: int) -> Edit:
    """A paragraph more at the end of a post."""
    post, word = _pick(posts, number), _word("body", number)
    return Edit(replace(post, body=f"{post.body}\nOne more paragraph, with the word {word}.\n"), word, is_new=False)


def edit_title(posts: Sequence[Post], number: int) -> Edit:
    """A word more in the title of a post; its address stays."""
    post, word = _pick(posts, number), _word("title", number)
    return Edit(replace(post, title=f"{post.title} {word}"), word, is_new=False)


def add_post(posts: Sequence[Post], number: int) -> Edit:
    """A post newer than all others, with the tags of another, so that every page of their lists shifts."""
    newest, like, word = max(post.date for post in posts), _pick(posts, number), _word("post", number)
    post = Post(f"new-{number:05}", f"A new post {word}", newest + timedelta(days=1), like.tags, like.body)
    return Edit(post, word, is_new=True)


EDITS: Mapping[str, Callable[[Sequence[Post], int], Edit]] = {"body": edit_body, "title": edit_title, "post": add_post}


def apply(edit: Edit, posts: Sequence[Post]) -> tuple[Post, ...]:
    """All posts after the edit, in the same order; a new one comes last."""
    if edit.is_new:
        return (*posts, edit.post)
    return tuple(edit.post if post.slug == edit.post.slug else post for post in posts)


def _pick(posts: Sequence[Post], number: int) -> Post:
    return posts[number * _STRIDE % len(posts)]


def _word(kind: str, number: int) -> str:
    return f"zq{kind}{number:05}"
