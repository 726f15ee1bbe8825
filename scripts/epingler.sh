#!/bin/sh
# Recompile les fichiers requirements/*.txt à partir des *.in (« scripts/epingler.sh --upgrade » met à jour).
set -eu
cd "$(dirname "$0")/.."

compile() { # source, cible, options…
    source=$1 cible=$2
    shift 2
    uv pip compile -q "$@" --generate-hashes --no-emit-index-url --no-annotate --no-header \
        "requirements/$source" -o "requirements/$cible"
    { echo "# Écrit par scripts/epingler.sh ; ne pas modifier à la main."; cat "requirements/$cible"; } \
        > "requirements/$cible.tmp"
    mv "requirements/$cible.tmp" "requirements/$cible"
    echo "requirements/$cible : $(grep -c '==' "requirements/$cible") paquets"
}

compile dev.in dev.txt --python-version 3.10 "$@"
# Ce qui tourne est un sous-ensemble de ce qui est testé, aux mêmes versions.
compile base.in base.txt --python-version 3.10 -c requirements/dev.txt "$@"
compile pure.in pure.txt --python-version 3.11 --universal "$@"
