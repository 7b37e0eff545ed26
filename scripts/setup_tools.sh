#!/usr/bin/env bash
# Install what the tests need beside Python: Node.js with npm packages, PostgreSQL, Redis, nginx, Chromium (also without windows), Firefox ESR, a font.
# As root on Debian it installs what is missing; elsewhere it names it and fails. Usage: setup_tools.sh [node]
set -euo pipefail
cd "$(dirname "$0")/.."

has_node() { command -v npm >/dev/null && command -v node >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)'; }
has_redis() { command -v redis-server >/dev/null; }
has_nginx() { PATH="$PATH:/usr/sbin" command -v nginx >/dev/null; }
has_chromium() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }
has_windowless_chromium() { command -v chromium-headless-shell >/dev/null; }
has_firefox() { command -v firefox-esr >/dev/null; }
has_postgres() { python_says scripts/with_postgres.py --find >/dev/null 2>&1; }
has_roboto() { command -v fc-list >/dev/null && fc-list | grep -i roboto >/dev/null; }
python_says() { .venv/bin/python "$@"; }

missing=()
has_node || { command -v node >/dev/null || missing+=(nodejs); missing+=(npm); }
if [ "${1:-}" != node ]; then
  has_postgres || missing+=(postgresql)
  has_redis || missing+=(redis-server)
  has_nginx || missing+=(nginx-light)
  has_chromium || missing+=(chromium)
  has_windowless_chromium || missing+=(chromium-headless-shell)
  has_firefox || missing+=(firefox-esr)
  has_roboto || missing+=(fontconfig fonts-roboto)
fi

if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing ${missing[*]} (minutes, once)"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "The tests need: ${missing[*]}. On Debian, as root: apt-get install ${missing[*]}" >&2
    exit 1
  fi
fi

still_missing() { echo "Still missing after installation: $1" >&2; exit 1; }
has_node || still_missing "Node.js 18 or newer with npm"
if [ "${1:-}" != node ]; then
  has_postgres || still_missing "PostgreSQL 14 or newer (initdb and postgres)"
  has_redis || still_missing "redis-server"
  has_nginx || still_missing "nginx"
  has_chromium || still_missing "Chromium"
  has_windowless_chromium || still_missing "chromium-headless-shell"
  has_firefox || still_missing "Firefox ESR (firefox-esr)"
  has_roboto || still_missing "the Roboto font"
fi

wanted=$(cat package.json package-lock.json .npmrc | sha256sum | cut -d' ' -f1)
[ "$(cat node_modules/.wardlight-stamp 2>/dev/null)" = "$wanted" ] && exit 0
echo "Installing the npm packages of package-lock.json"
npm ci --silent || { echo "npm ci failed: a network or a package mirror is needed the first time." >&2; exit 1; }
echo "$wanted" > node_modules/.wardlight-stamp
