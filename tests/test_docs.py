"""Documents that cannot rot: the reference is generated, blocks run, README's quick start is what CI runs, links lead."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from kg.cli.main import main
from kg.config import Config
from kg.exporters import EXPORTERS, default_names

ROOT = Path(__file__).parent.parent
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(path: Path, language: str) -> list[str]:
    return [text for kind, text in BLOCK.findall(path.read_text(encoding="utf-8")) if kind == language]


def test_cli_reference_is_up_to_date() -> None:
    specification = importlib.util.spec_from_file_location(
        "reference", ROOT / "scripts" / "make_cli_reference.py"
    )
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == module.reference(), (
        "run scripts/make_cli_reference.py"
    )


def test_configuration_block_names_every_key() -> None:
    [block] = blocks(ROOT / "docs" / "cli.md", "toml")
    assert set(tomllib.loads(block)) == {field.name for field in fields(Config)}


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_quick_start_is_two_commands_that_ci_runs(name: str) -> None:
    quick = [block.strip() for block in blocks(ROOT / name, "sh") if "quickstart" in block]
    assert quick == ["python3 quickstart.py build", "python3 quickstart.py test"]
    assert quick[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_readme_uses_commands_and_options_that_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = re.findall(r"^kg .*$", text, re.MULTILINE) + re.findall(r"`(kg [a-z]+ [^`]*)`", text)
    assert len(lines) >= 7
    for line in lines:
        words = line.split("#")[0].split()
        command = main.commands[words[1]]
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= options, line


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_readme_names_what_a_build_writes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [file for file in default_names() if f"`{file}`" not in text] == []
    assert set(default_names()) <= set(EXPORTERS)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")):
        assert target.startswith("http") or (path.parent / target).exists(), target


def test_python_blocks_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(
        "本报讯 近日，河北省涞水县启动“晨读涞水”活动。", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    ran = 0
    for block in blocks(ROOT / "docs" / "python.md", "python"):
        exec(compile(block, "docs/python.md", "exec"), {})
        ran += 1
    assert ran == 3


def test_nothing_is_locked_without_a_hash_or_to_a_host() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    names = re.findall(r"^([\w.-]+)==", text, re.MULTILINE)
    assert len(names) > 50
    assert len(re.findall(r"^[\w.-]+==.*\\\n    --hash=sha256:", text, re.MULTILINE)) == len(names)


def test_every_direct_dependency_is_explained_and_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(item for extra in extras.values() for item in extra)]
    names = {re.split(r"[\[<>=!~;, ]", item)[0].lower() for item in wanted} - {"lgkg"}
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    assert sorted(name for name in names if f"`{name}`" not in text) == []
