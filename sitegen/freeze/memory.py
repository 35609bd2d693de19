"""What is remembered from one build to the next: which files still hold, and what the new ones asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sitegen.manifest import Answer, Finding, Manifest, Output, Words
from sitegen.site import Answered, Site

# As a share of what the manifest needs, and a few more: words that nothing uses are carried along up to here.
_SPARE_WORDS = 1.5
_FEW_WORDS = 10_000


@dataclass(frozen=True, slots=True)
class Written:
    """One file as it was written: its content by name, the questions it put, and what it holds, links as hrefs without the origin.

    `searched` names what readers can search of it; empty for nothing.
    """

    digest: str
    size: int
    asked: tuple[str, ...]
    ids: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    searched: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a question was answered with, as one process tells another: by digest, with the inputs and questions it came from."""

    digest: str
    reads: tuple[str, ...]
    asks: tuple[str, ...]


def told(answered: Answered) -> Told:
    """What `answered` is to another process."""
    return Told(answered.digest, tuple(answered.trace.inputs), tuple(answered.trace.questions))


class Memory:
    """The last build of an output, held against the site as it is today.

    A question whose inputs are what they were, and whose own questions have the answers they had, is not put again; only its answer's
    digest counts where it is.
    """

    def __init__(self, last: Manifest, site: Site) -> None:
        self.last, self.site = last, site
        self.words = Words(last.words)
        self._answers = dict(last.answers)
        self._inputs: dict[int, str] = {}
        self._holding: dict[int, bool] = {}
        self._noted: set[str] = set()

    def is_fresh(self, file: str) -> bool:
        """Whether `file` would be rendered to the same bytes."""
        output = self.last.outputs.get(file)
        return output is not None and output.rendered and all(map(self._holds, output.asked))

    def _holds(self, question: int) -> bool:
        known = self._holding.get(question)
        if known is None:
            known = self._holding[question] = self._is_answered_alike(question)
        return known

    def _is_answered_alike(self, question: int) -> bool:
        answer = self.last.answers.get(question)
        if answer is None:
            return False
        if all(map(self._is_same, answer.reads)) and all(map(self._holds, answer.asks)):
            return True
        text = self.words.all[question]
        is_alike = self.site.digest_now(text) == answer.digest
        self._note_own(text)
        return is_alike

    def _note_own(self, text: str) -> None:
        """Note what this process itself worked out, an answer like the last one too: it may have come from elsewhere."""
        answered = self.site.answered(text)
        if answered is not None and text not in self._noted:
            self._noted.add(text)
            self.learn({text: told(answered)})
            for each in answered.trace.questions:
                self._note_own(each)

    def _is_same(self, number: int) -> bool:
        return self._input(number) == self.last.inputs.get(number)

    def _input(self, number: int) -> str:
        digest = self._inputs.get(number)
        if digest is None:
            digest = self._inputs[number] = self.site.input_digest(self.words.all[number])
        return digest

    def learn(self, answers: Mapping[str, Told]) -> None:
        """Remember answers that were worked out for this build."""
        numbers = self.words.numbers
        for text, each in answers.items():
            self._answers[self.words.number(text)] = Answer(each.digest, numbers(each.reads), numbers(each.asks))

    def output(self, written: Written) -> Output:
        """What to remember of a new file."""
        asked, ids, links = map(self.words.numbers, (written.asked, written.ids, written.links))
        return Output(written.digest, written.size, asked, ids, links, rendered=True, searched=written.searched)

    def manifest(
        self,
        world: str,
        outputs: Mapping[str, Output],
        findings: Mapping[str, Finding],
        *,
        redirects: str = "",
        index: str = "",
        forget: bool = False,
    ) -> Manifest:
        """All of it, for the next build; with `forget` no word that only the last one needed."""
        answers, words = self._answers, self.words
        # Of a site's first build, all is needed.
        if forget or (self.last.needed and len(words.all) > _FEW_WORDS + _SPARE_WORDS * self.last.needed):
            answers, outputs, words = _compacted(answers, outputs, words)
        read = {number for answer in answers.values() for number in answer.reads}
        needed = len(words.all) if words is not self.words or not self.last.needed else self.last.needed
        inputs = {number: self.site.input_digest(words.all[number]) for number in sorted(read)}
        return Manifest(
            world,
            tuple(words.all),
            inputs,
            dict(sorted(answers.items())),
            dict(sorted(outputs.items())),
            findings,
            redirects=redirects,
            index=index,
            needed=needed,
        )


def _compacted(
    answers: Mapping[int, Answer], outputs: Mapping[str, Output], old: Words
) -> tuple[dict[int, Answer], dict[str, Output], Words]:
    """The same without the answers and words that no output needs, in numbers of their own."""
    words = Words()

    def renumbered(numbers: Iterable[int]) -> tuple[int, ...]:
        return words.numbers(old.spelt(numbers))

    kept: dict[int, Answer] = {}
    waiting = sorted({number for output in outputs.values() for number in output.asked}, reverse=True)
    seen = set(waiting)
    while waiting:
        number = waiting.pop()
        answer = answers[number]
        kept[words.number(old.all[number])] = Answer(answer.digest, renumbered(answer.reads), renumbered(answer.asks))
        waiting += [each for each in answer.asks if each not in seen]
        seen.update(answer.asks)
    compact = {
        file: replace(each, asked=renumbered(each.asked), ids=renumbered(each.ids), links=renumbered(each.links))
        for file, each in outputs.items()
    }
    return kept, compact, words
