#!/bin/sh
# Teste les pièces qui ne connaissent pas Rasa sur le Python le plus récent de la machine :
# elles doivent survivre au moteur (docs/decisions/0001-rasa-3.6-et-python-3.10.md).
set -eu
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE PYTHONPATH VIRTUAL_ENV || true

uv=uv
[ ! -x .outils/bin/uv ] || uv=.outils/bin/uv

trouver() {
    for version in 3.14 3.13 3.12 3.11; do
        for candidat in "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/$version.*/bin/python "python$version"; do
            if "$candidat" -c '' 2>/dev/null; then
                echo "$candidat"
                return 0
            fi
        done
    done
    return 1
}

if ! python=$(trouver); then
    echo "Aucun Python plus récent que 3.10 sur cette machine : étape sautée."
    exit 0
fi

env=.cache/pures
# Refait quand le Python ou les exigences changent.
temoin="$("$python" --version) $(cksum <requirements/pure.txt)"
if [ "$(cat $env/.pret 2>/dev/null || true)" != "$temoin" ]; then
    "$uv" venv --quiet --clear --no-project --python "$python" $env
    "$uv" pip sync --quiet --python $env/bin/python requirements/pure.txt
    echo "$temoin" >$env/.pret
fi
"$env/bin/python" --version

set --
for piece in aid knowledge french meaning reading rendering dialogue; do
    [ ! -d "tests/$piece" ] || set -- "$@" "tests/$piece"
done
"$env/bin/python" -m pytest -q -o cache_dir=.cache/pytest-pures "$@"
