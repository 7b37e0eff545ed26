#!/usr/bin/env bash
# Compile requirements.lock and requirements-dev.lock: exact versions with hashes, no download addresses.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup_python.sh dev
form=(--quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate
  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links)
compile() { .venv/bin/pip-compile "${form[@]}" --extra postgres --extra redis --extra xlsx "$@" pyproject.toml; }
compile --output-file requirements.lock
compile --extra dev --constraint requirements.lock --output-file requirements-dev.lock
