#!/usr/bin/env bash
# Pins every dependency with hashes, for all platforms: requirements.lock. Needs uv. Further arguments go to uv
# (for example --upgrade).
set -eu
cd "$(dirname "$0")/.."
extras=()
for extra in $(python3 -c '
import tomllib
extras = tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]
print(*(name for name in extras if name not in {"browser", "train"}))  # large, and rarely needed
'); do extras+=(--extra "$extra"); done
uv pip compile pyproject.toml "${extras[@]}" --universal --python-version 3.11 --generate-hashes --no-annotate \
  --no-emit-index-url --no-emit-find-links --custom-compile-command scripts/lock.sh -o requirements.lock "$@" >/dev/null
