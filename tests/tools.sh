#!/bin/sh
# The programs that the tests drive: Chromium, Firefox, redis-server, PostgreSQL.
#
# In: nothing. Out: nothing when all of them are here. What is missing is installed on Debian and
# Ubuntu when run as root; anywhere else the command to run is named, and the status is 1.
set -u

has() {
  for program in "$@"; do
    command -v "$program" >/dev/null 2>&1 && return 0
  done
  return 1
}

has_postgresql() {
  has initdb && return 0
  for initdb in /usr/lib/postgresql/*/bin/initdb; do # where Debian keeps it, off the path
    [ -x "$initdb" ] && return 0
  done
  return 1
}

missing() {
  has chromium chromium-browser google-chrome google-chrome-stable || printf ' chromium'
  has firefox-esr firefox || printf ' firefox-esr'
  has redis-server || printf ' redis-server'
  has_postgresql || printf ' postgresql'
}

wanted=$(missing)
[ -z "$wanted" ] && exit 0

if has apt-get && [ "$(id -u)" = 0 ]; then
  echo "Installing what the tests drive:$wanted"
  log=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086 # a list of package names
  if { apt-get update && apt-get install -y --no-install-recommends $wanted; } >"$log" 2>&1; then
    rm -f "$log"
  else
    tail -n 20 "$log"
  fi
  wanted=$(missing)
  [ -z "$wanted" ] && exit 0
fi

echo "The tests drive programs that are missing here:$wanted"
if has apt-get; then
  echo "Install them, then run make test again:"
  echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends$wanted"
  echo "  (Ubuntu has its browsers as snaps: sudo snap install chromium firefox)"
elif has brew; then
  echo "Install them, then run make test again:"
  echo "  brew install redis postgresql@17 && brew install --cask chromium firefox"
elif has dnf; then
  echo "Install them, then run make test again:"
  echo "  sudo dnf install chromium firefox redis postgresql-server"
else
  echo "Install Chromium, Firefox, redis-server and PostgreSQL with your package manager, then run make test again."
fi
exit 1
