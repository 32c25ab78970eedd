#!/usr/bin/env bash
# Prepares the machine: system packages, .venv, locked requirements, compiled translations.
#   scripts/setup.sh        what the service needs to run
#   scripts/setup.sh test   the same, and what its tests need
# Quick when there is nothing to do. The environment PYTHON names another interpreter.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-run}
say() { printf '\033[1m%s\033[0m\n' "setup: $*" >&2; }

mkdir -p var && chmod 700 var
exec 9>var/setup.lock
! command -v flock >/dev/null || flock 9 # two makes at once must not write one .venv

# --- System packages: looked for by what they bring, so that other ways to install them count too.
# Without ldconfig (macOS) there is no such list: WeasyPrint itself then says what is missing.
has_library() { [ ! -x /sbin/ldconfig ] || /sbin/ldconfig -p 2>/dev/null | grep -q "$1"; }
has_postgres() { command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
has_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null && new_enough "$candidate"; then echo "$candidate"; return; fi
  done
}

missing_packages() {
  local python; python=$(find_python)
  if [ -z "$python" ]; then echo python3-venv; elif ! has_venv "$python"; then
    if [ "$python" = python3 ]; then echo python3-venv; else echo "$python-venv"; fi
  fi
  [ -e /etc/ssl/certs/ca-certificates.crt ] || echo ca-certificates
  has_library libpangoft2-1.0.so || echo libpangoft2-1.0-0
  has_library libharfbuzz-subset.so || echo libharfbuzz-subset0
  command -v msgfmt >/dev/null || echo gettext
  [ "$purpose" = test ] || return 0
  command -v chromium >/dev/null || command -v google-chrome >/dev/null || echo chromium
  has_postgres || echo postgresql
  command -v redis-server >/dev/null || command -v valkey-server >/dev/null || echo redis-server
  # veraPDF is driven by a Java source file: that takes the compiler, not only the runtime.
  java --list-modules 2>/dev/null | grep -q jdk.compiler || echo default-jdk-headless
  command -v pdftoppm >/dev/null || echo poppler-utils
  command -v curl >/dev/null || echo curl
  command -v heif-convert >/dev/null || echo libheif-examples
}

install_packages() {
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get) guard=/usr/sbin/policy-rc.d own_guard=
  [ "$(id -u)" = 0 ] || apt=(sudo -n "${apt[@]}")
  # The tests start their own servers on private sockets; the packages' own services stay off.
  if [ "$purpose" = test ] && [ "$(id -u)" = 0 ] && [ ! -e "$guard" ]; then
    own_guard=1
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$guard" && chmod 755 "$guard"
  fi
  "${apt[@]}" update -qq >var/apt.log 2>&1 || true # an old list may still do; the install says if not
  "${apt[@]}" install -y -qq --no-install-recommends "$@" >>var/apt.log 2>&1 ||
    { tail -n 20 var/apt.log >&2; say "installing failed (var/apt.log)"; exit 1; }
  if [ -n "$own_guard" ]; then rm -f "$guard"; trap - EXIT; fi
}

mapfile -t missing < <(missing_packages)
if [ ${#missing[@]} -gt 0 ]; then
  if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
    say "installing ${missing[*]}"
    install_packages "${missing[@]}"
  elif command -v apt-get >/dev/null; then
    say "system packages are missing; install them with this line, then start again:"
    echo "sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
    exit 1
  else
    say "install these (Debian's names) with your system's package manager, then start again:"
    echo "${missing[*]}" >&2
    exit 1
  fi
fi

# --- Python packages: exactly the locked ones, checked by their hashes.
python=$(find_python)
if ! .venv/bin/python -c '' 2>/dev/null; then
  say "creating .venv with $("$python" --version)"
  rm -rf .venv
  "$python" -m venv .venv
fi
state_of() { { cat "$1"; .venv/bin/python --version; } | sha256sum | cut -d' ' -f1; }
installed=$(cat .venv/installed 2>/dev/null || true)
# The test list holds everything of the other at the same versions.
if [ "$installed" = "$(state_of requirements-test.txt)" ]; then wanted=
elif [ "$purpose" = test ]; then wanted=requirements-test.txt
elif [ "$installed" = "$(state_of requirements.txt)" ]; then wanted=
else wanted=requirements.txt; fi
if [ -n "$wanted" ]; then
  say "installing the locked requirements ($wanted)"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --prefer-binary -r "$wanted" >&2
  state_of "$wanted" >.venv/installed
fi

# --- What judges pages in tests: exactly the locked packages, by the Node of a wheel, and no script of theirs is run.
if [ "$purpose" = test ] && [ "$(cat node_modules/.installed 2>/dev/null)" != "$(sha256sum <package-lock.json)" ]; then
  say "installing the locked packages of package-lock.json"
  .venv/bin/python -m scripts.npm ci --prefer-offline >var/npm.log 2>&1 ||
    { say "installing failed: $(sed -n 's/^npm error code //p' var/npm.log) (var/npm.log)"; exit 1; }
  sha256sum <package-lock.json >node_modules/.installed
fi

# --- Translations
for source in locale/*/LC_MESSAGES/*.po plans/admin/locale/*/LC_MESSAGES/*.po; do
  [ -e "$source" ] || continue
  compiled=${source%.po}.mo
  if [ ! -e "$compiled" ] || [ "$source" -nt "$compiled" ]; then
    msgfmt --check-format -o "$compiled.new" "$source" && mv "$compiled.new" "$compiled"
  fi
done
