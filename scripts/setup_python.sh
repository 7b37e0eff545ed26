#!/usr/bin/env bash
# Make .venv and install a lock file into it, hashes required. Usage: setup_python.sh runtime|dev
# A stamp with the hash of what was installed makes the second call a matter of milliseconds.
set -euo pipefail
cd "$(dirname "$0")/.."

profile=${1:-runtime}
case "$profile" in
  runtime) lock=requirements.lock ;;
  dev) lock=requirements-dev.lock ;;
  *) echo "setup_python.sh: say runtime or dev" >&2; exit 2 ;;
esac

wanted_hash() { cat "$1" pyproject.toml | sha256sum | cut -d' ' -f1; }
is_stamped() { [ -x .venv/bin/python ] && [ "$(cat ".venv/wardlight-$1" 2>/dev/null)" = "$(wanted_hash "$2")" ]; }

is_stamped dev requirements-dev.lock && exit 0 # the dev lock holds all of the runtime lock
is_stamped "$profile" "$lock" && exit 0

# A link leads to the environment of another checkout: it may be used, but only its owner installs into it.
if [ -L .venv ]; then
  .venv/bin/python -c 'import flask' 2>/dev/null && exit 0
  echo ".venv is a link to $(readlink .venv), where there is no working environment. Remove the link and try again." >&2
  exit 1
fi

find_python() {
  local candidate
  for candidate in ${PYTHON:-python3.11 python3 python3.12 python3.13}; do
    if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  echo "Wardlight needs Python 3.11 or newer. On Debian: apt-get install python3 python3-venv" >&2
  return 1
}

ensure_venv_module() {
  "$1" -c 'import venv, ensurepip' 2>/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing python3-venv"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
    "$1" -c 'import venv, ensurepip' 2>/dev/null && return
  fi
  echo "Python's venv module is missing. On Debian, as root: apt-get install python3-venv" >&2
  return 1
}

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  python=$(find_python)
  ensure_venv_module "$python"
  echo "Making .venv with $("$python" --version)"
  "$python" -m venv --clear .venv
fi

echo "Installing $lock (a minute, once)"
if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$lock"; then
  echo "Could not install $lock: see pip's words above. A network or a package mirror is needed the first time." >&2
  exit 1
fi
wanted_hash "$lock" > ".venv/wardlight-$profile"
