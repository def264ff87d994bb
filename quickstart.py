"""Sets up everything in an environment of the project's own (.venv) and runs it. Needs Python 3.11 or newer, no more.

python3 quickstart.py build     builds the graph of seeds/ into outputs/ and says what it found and where to look
python3 quickstart.py test      runs the tests
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed-from"


def main() -> int:
    """Runs the command named on the command line; its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 (said here, before anything else fails)
        return _fail(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}")
    if sys.argv[1:] not in (["build"], ["test"]):
        return _fail("usage: python3 quickstart.py build|test")
    try:
        set_up()
    except (OSError, subprocess.CalledProcessError) as error:
        return _fail(f"setting up .venv failed: {error}. Delete .venv and try again, with network access.")
    return build() if sys.argv[1] == "build" else test()


def set_up() -> None:
    """Creates .venv and installs the exact versions of requirements.lock, unless that has been done already."""
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted and PYTHON.exists():
        return
    print("Setting up .venv (once; the packages are downloaded from PyPI) ...", flush=True)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    _pip("--require-hashes", "--requirement", str(LOCK))
    _pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    STAMP.write_text(wanted, encoding="utf-8")


def build() -> int:
    """Builds the graph of the seed page."""
    code = _run("-m", "kg", "build", "seeds", "--out", "outputs")
    if code == 0:
        print("Look at outputs/index.html in a browser, or open outputs/graph.graphml in Gephi.")
    return code


def test() -> int:
    """Runs the tests."""
    return _run("-m", "pytest")


def _pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603 (our own arguments)


def _run(*arguments: str) -> int:
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, check=False).returncode  # noqa: S603


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
