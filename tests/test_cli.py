"""The command line: help, options, errors in one line, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from kg import __version__
from kg.cli.main import main

COMMANDS = sorted(main.commands)


def kg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_version() -> None:
    assert kg("--version").output.strip() == f"kg, version {__version__}"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself_with_an_example(name: str) -> None:
    result = kg(name, "--help")
    assert result.exit_code == 0
    assert f"kg {name}" in result.output.split("Example")[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_thin(name: str) -> None:
    command = main.commands[name]
    assert isinstance(command, click.Command)
    callback = command.callback
    assert callback is not None
    source = Path(callback.__wrapped__.__code__.co_filename if hasattr(callback, "__wrapped__") else "")
    assert source.stem == name, "a file a command"


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys, kg.cli.main as m\n"
        "try: m.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'rdflib', 'pyoxigraph', 'numpy', 'onnxruntime', 'networkx'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["segment", "extract", "build"])
def test_missing_input_is_wrong_usage_and_writes_nothing(command: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = kg(command, tmp_path / "nowhere.txt", "--out" if command == "build" else "-o", out)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "nowhere.txt" in result.stderr
    assert not list(tmp_path.iterdir())


def test_unknown_option_is_wrong_usage() -> None:
    result = kg("build", "--uot", "x", "seeds")
    assert result.exit_code == 2
    assert "--out" in result.stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("min_confidense = 0.5", ["min_confidense", "did you mean 'min_confidence'"]),
        ("min_confidence = 'high'\nbase = 1", ["'high', expected float", "unknown key 'base'"]),
        ("min_confidence = 7", ["min_confidence is 7", "0 to 1"]),
        ("min_confidence = true", ["expected float"]),
        ("base_iri = 'nothing'", ["absolute IRI"]),
        ("min_confidence = = 1", ["not valid TOML", "line 1"]),
    ],
)
def test_faulty_configuration_is_told_with_its_place(tmp_path: Path, text: str, words: list[str]) -> None:
    file = tmp_path / "kg.toml"
    file.write_text(text, encoding="utf-8")
    result = kg("check", "--config", file)
    assert result.exit_code == 3
    assert result.stderr.startswith(f"error: {file}: ")
    for word in words:
        assert word in result.stderr


def test_missing_configuration_is_wrong_usage(tmp_path: Path) -> None:
    assert kg("check", "--config", tmp_path / "kg.toml").exit_code == 2


def test_base_iri_out_of_form_is_wrong_usage() -> None:
    assert kg("check", "--base-iri", "http://x/a b/").exit_code == 2


def test_check_finds_no_fault_in_what_ships() -> None:
    result = kg("check")
    assert result.exit_code == 0, result.stderr


def test_messages_as_json(tmp_path: Path) -> None:
    result = kg("segment", tmp_path / "nowhere.txt", "--log-format", "json")
    assert json.loads(result.stderr)["level"] == "error"
