#!/bin/sh
# Recompile les fichiers requirements/*.txt à partir des *.in (« scripts/epingler.sh --upgrade » met à jour).
set -eu
cd "$(dirname "$0")/.."

uv=uv
[ ! -x .outils/bin/uv ] || uv=.outils/bin/uv

compile() { # source, cible, options…
    source=$1 cible=$2
    shift 2
    "$uv" pip compile -q "$@" --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
        "requirements/$source" -o "requirements/$cible"
    { echo "# Écrit par scripts/epingler.sh ; ne pas modifier à la main."; cat "requirements/$cible"; } \
        > "requirements/$cible.tmp"
    mv "requirements/$cible.tmp" "requirements/$cible"
    echo "requirements/$cible : $(grep -c '==' "requirements/$cible") paquets"
}

sans_tensorflow="--excludes requirements/excludes.in"
# shellcheck disable=SC2086 # deux mots
compile test.in test.txt --python-version 3.10 $sans_tensorflow "$@"
# Ce qui tourne est un sous-ensemble de ce qui est testé, aux mêmes versions.
# shellcheck disable=SC2086
compile serve.in serve.txt --python-version 3.10 $sans_tensorflow -c requirements/test.txt "$@"
# Ce qui est mesuré est ce qui tourne, avec TensorFlow en plus.
compile bench.in bench.txt --python-version 3.10 -c requirements/test.txt "$@"
compile pure.in pure.txt --python-version 3.11 --universal "$@"
# Ce qui liste les composants et leurs failles a besoin d'un `packaging` que Rasa refuse : à part.
compile audit.in audit.txt --python-version 3.10 "$@"
