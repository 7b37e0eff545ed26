#!/usr/bin/env bash
# Compare the models with the migrations and write the next one. Usage: new_migration.sh NUMBER "what it does"
set -euo pipefail
cd "$(dirname "$0")/.."
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
export FLASK_APP=app.factory:create_app WARDLIGHT_DATA_DIR="$data"
.venv/bin/python -m flask db upgrade -d migrations
.venv/bin/python -m flask db migrate -d migrations --rev-id "$1" -m "$2"
.venv/bin/ruff format migrations/versions
