#!/usr/bin/env bash
# Make .venv and install what is pinned: install.sh run|dev|browser PYTHON. One clear line where that does not work.
set -u
what=$1 python=$2 log=var/log/install.log
mkdir -p var/log

fail() { echo "$1"; exit 1; }

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
  || fail "Groundwork needs Python 3.11 or newer; make PYTHON=/path/to/python3.11 names one."
[ -x .venv/bin/python ] || "$python" -m venv .venv >"$log" 2>&1 \
  || fail "No virtual environment could be made (on Debian: apt-get install python3-venv). Details: $log"

install() {
  echo "Installing $1 ..."
  .venv/bin/python -m pip install --disable-pip-version-check -q -r "$1" >"$log" 2>&1 && return
  if grep -qi 'no space left' "$log"; then fail "The disk is full. Details: $log"; fi
  if grep -Eqi 'command .*(gcc|cc).* failed|compiler' "$log"; then
    fail "A package had to be built and there is no compiler (on Debian: apt-get install gcc). Details: $log"
  fi
  fail "Installing $1 did not work; is there a network? Details: $log"
}

case $what in
  run) install requirements.txt ;;
  dev) install requirements-dev.txt && touch .venv/.run ;;
  browser)
    install requirements-browser.txt
    if [ ! -x /usr/bin/chromium ] && ! .venv/bin/python -m playwright install chromium >>"$log" 2>&1; then
      [ "$(id -u)" = 0 ] || fail "No browser could be fetched. Install Chromium (on Debian: apt-get install chromium)."
      echo "Installing Chromium ..."
      { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends chromium; } \
        >>"$log" 2>&1 || fail "Chromium could not be installed. Details: $log"
    fi
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! fc-list 2>/dev/null | grep -q 'NotoSansCJK'; then
      echo "Installing fonts for printed documents ..."
      { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends \
        fontconfig fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji; } >>"$log" 2>&1 \
        || echo "No fonts could be installed: Arabic and Chinese may be boxes in PDF. Details: $log"
    fi ;;
esac
touch ".venv/.$what"
