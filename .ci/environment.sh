# Sourced by ./run and ./test, from the root of the project: finds a Python, keeps .venv up to
# date. POSIX sh. Afterwards "$python" is the interpreter of .venv.

say() { printf '%s\n' "$*" >&2; }

fail() { say "$(basename "$0"): $*"; exit 2; }

# A version manager leaves names on PATH that do not run, so a candidate is asked, not looked up.
runs_311() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

makes_venv() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

find_python() {
    without_venv=
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 python; do
        runs_311 "$candidate" || continue
        if makes_venv "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
        without_venv=$candidate
    done
    if [ -n "$without_venv" ]; then
        fail "$without_venv cannot make a virtual environment: its modules venv and ensurepip are" \
            "missing. On Debian or Ubuntu: apt-get install python3-venv. Then start this again."
    fi
    fail "no Python 3.11 or newer was found on PATH. Install one, or name it: PYTHON=/its/path $0"
}

# A .venv that was moved, or whose Python was removed, does not start and is made again.
ensure_venv() {
    python=$PWD/.venv/bin/python
    if runs_311 "$python" && "$python" -c 'import pip' >/dev/null 2>&1; then
        return
    fi
    base=$(find_python) || exit 2
    say "Making .venv with $("$base" --version)."
    rm -rf .venv
    "$base" -m venv .venv || fail "the virtual environment could not be made: see the message above."
}

# The stamp is a copy of what was installed last: nothing is installed while it is the same text.
# It is written after the installation, so one that was interrupted is done again.
ensure_packages() { # the requirements file to install, then every file that it reads
    wanted=$1
    stamp=.venv/installed-$wanted
    if cat "$@" | cmp -s - "$stamp"; then
        return
    fi
    say "Installing $wanted into .venv (a few minutes the first time)."
    "$python" -m pip install --quiet --disable-pip-version-check -r "$wanted" || fail \
        "the packages of $wanted could not be installed: see pip's message above. It needs the" \
        "network or a mirror of yours (PIP_INDEX_URL)."
    cat "$@" >"$stamp"
}

ensure_app() {
    ensure_venv
    ensure_packages requirements.txt
}

ensure_tools() {
    ensure_venv
    ensure_packages requirements-dev.txt requirements.txt
    cp requirements.txt .venv/installed-requirements.txt
}
