"""Builds on a real Dask cluster over TCP: one scheduler, two workers with nannies, each a process of its own."""

from __future__ import annotations

import os
import pickle
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from sitegen import cli, cluster, config
from sitegen.app import create_app
from sitegen.cache import Cache
from sitegen.errors import ProblemsFound, SitegenError
from sitegen.freeze import errands
from sitegen.freeze.memory import Told
from sitegen.workers import _Work
from tests import protecting
from tests.conftest import SMALL_SITE, Build, SiteOf, tree

distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'sitegen[cluster]'")

PROJECT = Path(__file__).parents[1]
POSTS = 40
CODE = "```python\nprint({n})\n```\n"
POST = "---\ntitle: Post {n}\ndate: 2025-02-{day:02}\ntags: [t{tag}]\n---\n\n# Part {n}\n\nSee [the next](more-{next}.md).\n\n" + CODE
# What a body or a page does when the text asks for it, and only where a build's helpers run.
EXTENSION = """
import os, time
from pathlib import Path
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from sitegen.errors import ContentError

HELPS = os.environ.get("HELPS") == "yes"

def obey(text):
    if "EXIT" in text and HELPS:
        os._exit(1)
    if "SLEEP" in text and HELPS:
        Path(__file__).with_name("asleep").touch()
        time.sleep(0.5)
    if "EDIT " in text and HELPS:
        edited = Path(text.partition("EDIT ")[2].split()[0])
        edited.write_text(f"Another text. {edited}")
    if "FAIL" in text and HELPS:
        raise ContentError("fails")
    if "HELPED" in text and not HELPS:
        raise RuntimeError("rendered at home")

class Obeying(Preprocessor):
    def run(self, lines):
        obey(" ".join(lines))
        return lines

class Obedient(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Obeying(md), "obeying", 1000)

def init_app(app):
    app.add_template_filter(lambda text: obey(text) or text, "obey")
"""
OBEDIENT_BODIES = {
    "obeying.py": EXTENSION,
    "site.yaml": "title: S\nurl: https://s.example/\nmarkdown: {extensions: ['obeying:Obedient']}\n",
}
OBEDIENT_PAGES = {
    "obeying.py": EXTENSION,
    "site.yaml": "title: S\nextensions: [obeying]\n",
    "templates/post.html": "{% extends 'theme/post.html' %}{% block after %}{{ page.extra.wish | default('') | obey }}{% endblock %}\n",
}


@dataclass
class Machines:
    """Processes as they would run on machines of their own."""

    folder: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def scheduler(self, **environment: str) -> str:
        """The address of a new one, at which a task fails with the first worker that dies at it."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0", **environment}
        self._start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", **settings)
        until(lambda: answers(port))
        return f"tcp://127.0.0.1:{port}"

    def worker(self, address: str, *options: str, project: Path = PROJECT) -> None:
        self._start("worker", address, "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", *options, PYTHONPATH=str(project))

    def _start(self, kind: str, *arguments: str, **environment: str) -> None:
        variables = {**os.environ, "PYTHONPATH": str(PROJECT), "HELPS": "yes", **environment}
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments]
        log = (self.folder / f"{kind}-{len(self.running)}.log").open("wb")
        with log:
            self.running.append(subprocess.Popen(command, cwd=self.folder, env=variables, stderr=log, stdout=log, start_new_session=True))

    def stop_first(self) -> None:
        os.killpg(self.running[0].pid, signal.SIGKILL)

    def stop(self) -> None:
        for process in self.running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def until(holds: Callable[[], bool], *, seconds: float = 90.0) -> None:
    """Much longer than anything takes alone: all of a test run's processes are on the same two cores."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers and handshakes have longer than they have in a build."""
    monkeypatch.setattr(cluster, "PATIENCE", 60.0)


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    """Machines of one test's own."""
    folder = tmp_path / "machines"
    folder.mkdir()
    own = Machines(folder)
    yield own
    own.stop()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers, for every test of this module."""
    shared = Machines(tmp_path_factory.mktemp("machines"))
    address = shared.scheduler()
    shared.worker(address)
    shared.worker(address)
    with cluster.connected(address) as helpers:
        helpers._client.wait_for_workers(2, timeout=30)
    yield address
    shared.stop()


def posts(**wishes: str) -> dict[str, str]:
    """Posts enough for several shards; ``more_7="EXIT"`` puts a word into the text and the front matter of the seventh."""
    texts = {n: POST.format(n=n, day=n % 28 + 1, tag=n % 3, next=(n + 1) % POSTS) for n in range(POSTS)}
    for name, wish in wishes.items():
        n = int(name.removeprefix("more_"))
        texts[n] = texts[n].replace("---\n\n", f"extra: {{wish: {wish}}}\n---\n\n{wish}\n\n", 1)
    return {f"content/blog/more-{n}.md": text for n, text in texts.items()}


def test_a_build_on_two_machines_writes_the_same_bytes_as_one_here(site_of: SiteOf, build: Build, scheduler: str, tmp_path: Path):
    root = site_of({**SMALL_SITE, **posts()})
    build(root, output=tmp_path / "here", jobs=1)
    build(root, output=tmp_path / "there", clean=True, scheduler=scheduler)
    assert tree(tmp_path / "there") == tree(tmp_path / "here")


def test_protected_pages_are_sealed_here_and_no_key_is_needed_there(
    site_of: SiteOf, build: Build, scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The workers were started without the password; what they make of public pages that lead to protected ones is the same."""
    monkeypatch.setenv(protecting.VARIABLE, protecting.PASSWORD)
    kept = {f"content/clients/n{n}.md": f"See [it](n{(n + 1) % POSTS}.md). {protecting.SECRET}.\n" for n in range(POSTS)}
    menus = "menus: {main: [{page: clients/terms.md, title: Kept}, {page: blog/first.md}]}\n"
    public = {
        name: text.replace("[the next](", f"[this](../clients/n{n}.md) and [the next](") for n, (name, text) in enumerate(posts().items())
    }
    root = site_of({**protecting.FILES, **SMALL_SITE, **kept, **public, "site.yaml": protecting.SETTINGS + menus})
    build(root, output=tmp_path / "here", jobs=1)
    build(root, output=tmp_path / "there", clean=True, scheduler=scheduler)
    assert tree(tmp_path / "there") == tree(tmp_path / "here")
    assert len(protecting.contents(tmp_path / "there")) == POSTS + 3
    assert protecting.holding(tmp_path / "there") == protecting.holding(root / ".cache") == []


def test_bodies_and_pages_are_rendered_on_the_other_machines(site_of: SiteOf, build: Build, scheduler: str):
    wishes = {f"more_{n}": "HELPED" for n in range(POSTS)}
    bodies = site_of({**SMALL_SITE, **OBEDIENT_BODIES, **posts(**wishes)})
    assert build(bodies, scheduler=scheduler).rendered > POSTS
    shutil.rmtree(bodies / "build")
    pages = site_of({**OBEDIENT_PAGES, **posts(**wishes)})
    assert build(pages, scheduler=scheduler).rendered > POSTS


def test_a_body_that_failed_there_is_not_tried_again_here(site_of: SiteOf, build: Build, scheduler: str):
    root = site_of({**SMALL_SITE, **OBEDIENT_BODIES, **posts(more_7="HELPED FAIL")})
    with pytest.raises(ProblemsFound) as found:
        build(root, scheduler=scheduler)
    assert [(problem.path, problem.message) for problem in found.value.problems] == [("content/blog/more-7.md", "fails")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("content/blog/more-3.md", "---\ntitle: Another title\ndate: 2025-02-04\n---\n\nAnother body.\n"),
        ("templates/post.html", "{% extends 'theme/post.html' %}{% block after %}<hr>{% endblock %}\n"),
        ("site.yaml", "title: Larger\nurl: https://small.example/\n"),
    ],
    ids=["page", "template", "settings"],
)
def test_after_an_edit_a_build_there_equals_one_from_scratch_here(
    site_of: SiteOf, build: Build, scheduler: str, tmp_path: Path, name: str, text: str
):
    root = site_of({**SMALL_SITE, **posts()})
    build(root, scheduler=scheduler)
    site_of({name: text})
    assert build(root, scheduler=scheduler).fresh > 0 or name != "content/blog/more-3.md"
    build(root, output=tmp_path / "scratch", clean=True)
    assert tree(root / "build") == tree(tmp_path / "scratch")


def brief_of(root: Path, now: datetime, **others: str) -> errands.Brief:
    """What a worker is told of the site in `root`, when the machine that tells it differs in `others`."""
    same = {**errands._of_settings(config.load(root, now=now)), **others}
    return errands.Brief(str(root), (str(root / ".cache"), "values"), {"now": now}, same)


def test_nothing_is_written_on_the_other_machines(small_site: Path, scheduler: str, now: datetime):
    work = _Work(errands._warm, errands._open_reader, (brief_of(small_site, now),))
    before = tree(small_site)
    with cluster.connected(scheduler) as helpers:
        warmed = helpers.submit(work, ("about.md",)).result()
    assert [kind.__name__ for kind, _, _ in warmed.made] == ["Kept"]
    assert tree(small_site) == before


def built_before(site_of: SiteOf, build: Build, files: dict[str, str], **wishes: str) -> tuple[Path, dict[str, bytes]]:
    """A site that was built well, and has got wishes in its posts since."""
    root = site_of({**SMALL_SITE, **files, **posts()})
    build(root)
    site_of({name: text.replace("title: Post", "title: New post") for name, text in posts(**wishes).items()})
    return root, tree(root / "build")


@pytest.mark.parametrize(("files", "named"), [(OBEDIENT_BODIES, "content/blog/more-7.md"), (OBEDIENT_PAGES, "/blog/more-7/")])
def test_a_worker_that_dies_is_an_error_that_names_the_very_page(
    site_of: SiteOf, build: Build, scheduler: str, files: dict[str, str], named: str
):
    root, before = built_before(site_of, build, files, more_7="EXIT")
    started = time.monotonic()
    with pytest.raises(SitegenError, match=rf"^a worker process died at {re.escape(named)}$"):
        build(root, scheduler=scheduler)
    assert time.monotonic() - started < 60
    assert tree(root / "build") == before


def test_after_a_death_the_next_build_goes_well(site_of: SiteOf, build: Build, scheduler: str):
    root, _ = built_before(site_of, build, OBEDIENT_BODIES, more_7="EXIT")
    with pytest.raises(SitegenError, match="died"):
        build(root, scheduler=scheduler)
    site_of({"content/blog/more-7.md": "---\ndate: 2025-02-08\n---\n\nMended.\n"})
    assert build(root, scheduler=scheduler).rendered > POSTS


def test_no_scheduler_is_an_error_with_exit_code_1(
    small_site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], closed_port: int
):
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    assert cli.run(["build", "--root", str(small_site), "--scheduler", f"tcp://127.0.0.1:{closed_port}"]) == cli.PROBLEMS
    assert f"no scheduler answers at tcp://127.0.0.1:{closed_port} within" in capsys.readouterr().err


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that nobody listens on and nobody else gets."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


BRIEFLY = "import sys; from sitegen import cli, cluster; cluster.PATIENCE = 0.5; cli.main(sys.argv[1:])"


def test_what_listens_and_is_no_scheduler_is_an_error_and_no_wait(small_site: Path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        command = [sys.executable, "-c", BRIEFLY, "build", "--root", str(small_site), "--scheduler", address]
        done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(PROJECT)}, capture_output=True, text=True, timeout=30)
    assert (done.returncode, f"no scheduler answers at {address} within " in done.stderr) == (cli.PROBLEMS, True)


@pytest.mark.parametrize("address", ["nonsense", "carrier-pigeon://roof:1", "tls://127.0.0.1:8786"])
def test_an_address_that_is_none_is_an_error(small_site: Path, build: Build, address: str):
    with pytest.raises(SitegenError, match=f"^{address} cannot be a scheduler: "):
        build(small_site, scheduler=address)


def test_a_scheduler_without_workers_is_an_error(small_site: Path, build: Build, machines: Machines, monkeypatch: pytest.MonkeyPatch):
    address = machines.scheduler()
    with pytest.raises(SitegenError, match=rf"^the scheduler at {address} has no workers$"):
        _patiently(lambda: build(small_site, scheduler=address), monkeypatch)


def _patiently(run: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait long for the scheduler, which may just be starting, and briefly for its workers."""
    waiting = distributed.Client.wait_for_workers
    monkeypatch.setattr(distributed.Client, "wait_for_workers", lambda self, count, timeout: waiting(self, count, timeout=0.5))
    run()


def test_a_machine_with_another_sitegen_is_an_error_that_names_it(small_site: Path, build: Build, machines: Machines, tmp_path: Path):
    shutil.copytree(PROJECT / "sitegen", tmp_path / "other" / "sitegen")
    shutil.copytree(PROJECT / "templates", tmp_path / "other" / "templates")
    with (tmp_path / "other" / "sitegen" / "urls.py").open("a") as source:
        source.write("# Another version.\n")
    address = machines.scheduler()
    machines.worker(address, "--no-nanny", project=tmp_path / "other")
    with pytest.raises(SitegenError, match=r"^not the same versions as here: tcp://127.0.0.1:\d+ \(sitegen\)$"):
        build(small_site, scheduler=address)


def test_a_machine_without_sitegen_is_an_error_that_names_it(small_site: Path, build: Build, machines: Machines, tmp_path: Path):
    # This process may run where sitegen is installed, and so may those.
    (tmp_path / "sitegen.py").write_text("raise ModuleNotFoundError(\"No module named 'sitegen'\", name='sitegen')\n")
    address = machines.scheduler(PYTHONPATH=str(tmp_path))
    machines.worker(address, "--no-nanny", project=tmp_path)
    with pytest.raises(SitegenError, match=r"127.0.0.1:\d+ \(.*No module named 'sitegen'.*the scheduler \(No module named 'sitegen'"):
        build(small_site, scheduler=address)


def test_a_page_that_is_another_there_is_an_error_that_names_page_and_machine(
    site_of: SiteOf, build: Build, scheduler: str, tmp_path: Path
):
    root = site_of({**SMALL_SITE, **OBEDIENT_BODIES, **posts(more_7=f"EDIT {tmp_path}/site/content/blog/more-7.md")})
    message = rf"^not the same site as here: content/blog/more-7.md differs on {re.escape(socket.gethostname())} \(process \d+\)$"
    with pytest.raises(SitegenError, match=message):
        build(root, scheduler=scheduler)


EDITS_AT_HOME = """
import os
from pathlib import Path

def init_app(app):
    pass

def urls(site):
    if os.environ.get("HELPS") != "yes":
        (site.settings.root / NAME).write_text("# Another text\\n")
    return []
"""


@pytest.mark.parametrize(
    ("name", "differing"),
    [("content/about.md", "content/"), ("static/app.css", "static/"), ("static/_reading.css", "static/")],
)
def test_a_site_that_is_another_there_is_an_error_that_names_the_machine(
    site_of: SiteOf, build: Build, scheduler: str, name: str, differing: str
):
    code = EDITS_AT_HOME.replace("NAME", repr(name))
    root = site_of(
        {**SMALL_SITE, "static/app.css": "b {}\n", **posts(), "editing.py": code, "site.yaml": "title: S\nextensions: [editing]\n"}
    )
    with pytest.raises(SitegenError, match=rf"^not the same site as here: {differing} differs on {re.escape(socket.gethostname())} "):
        build(root, scheduler=scheduler)


def test_an_answer_that_is_another_there_is_an_error(small_site: Path, now: datetime):
    site = create_app(small_site, now=now).extensions["sitegen"]
    with pytest.raises(SitegenError, match=r'the answer to \["page","about.md"\], which /about/ asks, differs on far$'):
        errands._check_answers(site, "/about/", {'["page","about.md"]': Told("0" * 32, (), ())}, "far")


def test_a_worker_that_came_late_with_another_version_is_an_error_too(small_site: Path, now: datetime):
    with pytest.raises(SitegenError, match=r"^not the same site as here: Python differs on "):
        errands._open_reader(brief_of(small_site, now, Python="2.7.18"))


def test_a_worker_that_has_no_such_folder_is_an_error(tmp_path: Path, now: datetime):
    brief = errands.Brief(str(tmp_path / "site"), (str(tmp_path), "values"), {"now": now}, {})
    with pytest.raises(SitegenError, match=rf"^not the same site as here: {tmp_path}/site differs on "):
        errands._open_site(brief)


def test_a_scheduler_that_ends_is_an_error_and_no_wait(site_of: SiteOf, build: Build, machines: Machines):
    root = site_of({**SMALL_SITE, **OBEDIENT_BODIES, **posts(**{f"more_{n}": "SLEEP" for n in range(POSTS)})})
    address = machines.scheduler()
    machines.worker(address)

    def stop() -> None:
        until((root / "asleep").exists)
        machines.stop_first()

    stopping = threading.Thread(target=stop)
    stopping.start()
    with pytest.raises(SitegenError, match=rf"^the connection to the scheduler at {address} was lost$"):
        build(root, scheduler=address)
    stopping.join()


@pytest.mark.parametrize("failures", ["0", "3"])
def test_a_worker_that_nobody_starts_again_is_an_error_and_no_wait(
    site_of: SiteOf, build: Build, machines: Machines, monkeypatch: pytest.MonkeyPatch, failures: str
):
    monkeypatch.setattr(cluster, "FORSAKEN", 2.0)
    root, before = built_before(site_of, build, OBEDIENT_BODIES, more_7="EXIT")
    address = machines.scheduler(DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES=failures)
    machines.worker(address, "--no-nanny")
    message = rf"^the scheduler at {address} has had no workers for 2 s; still to do: content/blog/"
    with pytest.raises(SitegenError, match=message):
        build(root, scheduler=address)
    assert tree(root / "build") == before


def test_control_c_takes_back_what_was_submitted(site_of: SiteOf, scheduler: str, tmp_path: Path):
    root = site_of({**SMALL_SITE, **OBEDIENT_BODIES, **posts(**{f"more_{n}": "SLEEP" for n in range(POSTS)})})
    command = [sys.executable, "-m", "sitegen", "build", "--root", str(root), "--scheduler", scheduler]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(PROJECT)}, stderr=subprocess.PIPE)
    with distributed.Client(scheduler, set_as_default=False) as client:
        until(lambda: any(client.processing().values()))
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=10)
        assert (process.returncode, errors.strip()) == (cli.INTERRUPTED, b"")
        until(lambda: not any(client.processing().values()))


def test_what_is_sent_is_found_by_name_on_the_other_machine(tmp_path: Path, now: datetime):
    brief = errands.Brief(str(tmp_path), (str(tmp_path), "values"), {"now": now}, cluster.traits())
    for function, opening in ((errands._warm, errands._open_reader), (errands._freeze, errands._open_site)):
        sent = pickle.dumps(_Work(function, opening, (brief,)))
        assert (b"cloudpickle" in sent, len(sent) < 4096) == (False, True)


def test_every_library_of_the_project_is_compared():
    wanted = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {requirement.name for requirement in map(Requirement, wanted) if not requirement.marker}
    assert names <= set(cluster.LIBRARIES)


def test_the_command_line_starts_without_dask():
    code = "import sys, sitegen.cli; print('distributed' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(PROJECT)}, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("False\n", "")


def test_what_a_cache_lacks_is_noted_and_not_written(tmp_path: Path):
    Cache(tmp_path).keep(str, ("old",), lambda: "kept")
    files = tree(tmp_path)
    borrowed = errands.Borrowed(tmp_path, "values")
    assert [borrowed.keep(str, (name,), lambda: "new") for name in ("old", "new")] == ["kept", "new"]
    assert (borrowed.made, tree(tmp_path)) == ([(str, ("new",), "new")], files)


def test_missing_extra_says_what_to_install(small_site: Path, build: Build, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SitegenError) as caught:
        build(small_site, scheduler="tcp://127.0.0.1:8786")
    assert "sitegen[cluster]" in caught.value.problem.hint
