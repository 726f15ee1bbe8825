#!/bin/sh
# Prépare un environnement : Python 3.10, bibliothèques épinglées, projet installé.
#   scripts/preparer.sh [serve]   .venv, ce qui tourne ; garde les outils qui y sont déjà
#   scripts/preparer.sh test      .venv, avec ce qui teste et vérifie
#   scripts/preparer.sh bench     .venv-bench, ce qui tourne et TensorFlow
#   scripts/preparer.sh audit     .cache/audit, ce qui liste les composants et leurs failles
# Ne touche ni au Python du système ni à rien hors de ce dossier, sauf le cache de uv.
# Un second appel ne fait rien (moins de 0,3 s).
set -eu

racine=$(cd "$(dirname "$0")/.." && pwd)
cd "$racine"

# Sans les .pyc, chaque démarrage recompile tout ; un environnement actif ailleurs égarerait uv.
unset PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME VIRTUAL_ENV CONDA_PREFIX || true

dire() { printf '%s\n' "$*" >&2; }
echouer() {
    dire "Erreur : $*"
    exit 3
}

# Montre les secondes pendant une commande longue ; uv se tairait, ou listerait 200 paquets.
patienter() { # libellé, commande…
    libelle=$1 secondes=0
    shift
    "$@" >&2 &
    enfant=$!
    # Une commande en arrière-plan ne reçoit pas Ctrl-C.
    trap 'kill "$enfant" 2>/dev/null; dire ""; dire "Interrompu."; exit 130' INT TERM HUP
    while kill -0 "$enfant" 2>/dev/null; do
        sleep 1
        secondes=$((secondes + 1))
        if [ -t 2 ]; then
            printf '\r%s… %d s' "$libelle" "$secondes" >&2
        elif [ $((secondes % 15)) -eq 0 ]; then
            dire "$libelle… $secondes s"
        fi
    done
    trap - INT TERM HUP
    [ ! -t 2 ] || dire ""
    wait "$enfant"
}

jeu=${1:-serve} programme=assistant-am
case $jeu in
    serve | test) env=.venv ;;
    bench) env=.venv-bench ;;
    audit) env=.cache/audit programme=pip-audit ;;
    *) echouer "« $jeu » n'est pas un jeu de bibliothèques : serve, test, bench ou audit." ;;
esac
temoin=$env/.pret
# Ce qui teste contient ce qui tourne, aux mêmes versions.
if [ "$jeu" = serve ] && [ -f "$temoin" ] && read -r present _ <"$temoin" && [ "$present" = test ]; then
    jeu=test
fi
exigences=requirements/$jeu.txt
# Le chemin en fait partie : un environnement ne survit pas au déplacement de son dossier.
empreinte="$jeu $({ printf '%s\n' "$racine"; cat "$exigences" pyproject.toml stand_in/pyproject.toml scripts/preparer.sh; } | cksum)"

if [ -x $env/bin/$programme ] && [ -x $env/bin/python ] && [ -f "$temoin" ] \
    && [ "$(cat "$temoin")" = "$empreinte" ]; then
    exit 0
fi

est_python_310() {
    "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1
}

trouver_python() {
    for candidat in "${AM_PYTHON:-}" python3.10 \
        "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/3.10.*/bin/python3.10 \
        .outils/python/*/bin/python3.10 python3 python; do
        if [ -n "$candidat" ] && est_python_310 "$candidat"; then
            "$candidat" -c 'import sys; print(sys.executable)'
            return 0
        fi
    done
    return 1
}

trouver_uv() {
    for candidat in .outils/bin/uv uv; do
        # L'appeler vraiment : le relais de pyenv existe même quand uv n'est pas installé.
        if "$candidat" --version >/dev/null 2>&1; then
            echo "$candidat"
            return 0
        fi
    done
    return 1
}

installer_uv() { # avec le Python donné
    dire "Installation de uv dans .outils (le gestionnaire de paquets, une fois)…"
    "$1" -m venv .outils >&2 \
        || echouer "« $1 -m venv » a échoué : installez le paquet python3-venv de votre système, puis relancez."
    .outils/bin/python -m pip install --quiet --disable-pip-version-check uv >&2 \
        || echouer "uv n'a pas pu être téléchargé : vérifiez la connexion à Internet (ou le proxy, HTTPS_PROXY), puis relancez."
}

sans_python() { # ce qui a aussi échoué
    echouer "Python 3.10 est introuvable${1:-}. Installez-le (« pyenv install 3.10 », « brew install python@3.10 »" \
        "ou « uv python install 3.10 »), ou indiquez où il est :" \
        "AM_PYTHON=/chemin/vers/python3.10 make run"
}

if [ -n "${AM_PYTHON:-}" ] && ! est_python_310 "$AM_PYTHON"; then
    echouer "AM_PYTHON vaut « $AM_PYTHON », qui n'est pas un Python 3.10 : corrigez ce chemin, ou retirez AM_PYTHON."
fi

python=$(trouver_python) || python=
if ! uv=$(trouver_uv); then
    outil=${python:-$(command -v python3 || true)}
    [ -n "$outil" ] || sans_python
    installer_uv "$outil"
    uv=.outils/bin/uv
fi

if [ -z "$python" ]; then
    dire "Python 3.10 n'est pas sur cette machine : téléchargement dans .outils…"
    UV_PYTHON_INSTALL_DIR=$racine/.outils/python "$uv" python install --no-bin 3.10 >&2 || sans_python " et n'a pas pu être téléchargé"
    python=$(trouver_python) || sans_python
fi

case $jeu in
    audit) place="0,1 Go, quelques secondes" ;;
    bench) place="3 Go, une à trois minutes" ;;
    *) place="1 Go, une à trois minutes" ;;
esac
dire "Préparation de l'environnement $env (la première fois : environ $place)…"
rm -f "$temoin"
if ! est_python_310 $env/bin/python; then
    "$uv" venv --quiet --clear --no-project --python "$python" $env >&2 \
        || echouer "l'environnement $env n'a pas pu être créé : vérifiez la place et les droits dans $racine."
fi
patienter "Installation des bibliothèques" \
    "$uv" pip sync --quiet --python $env/bin/python --compile-bytecode "$exigences" \
    || echouer "l'installation des bibliothèques a échoué (raison ci-dessus)." \
        "Vérifiez la connexion à Internet (ou le proxy, HTTPS_PROXY) et la place sur le disque, puis relancez."
set -- --editable .
# Avec le vrai TensorFlow, rien ne le remplace (docs/decisions/0013).
[ "$jeu" = bench ] || set -- "$@" --editable stand_in
[ "$jeu" = audit ] \
    || "$uv" pip install --quiet --python $env/bin/python --no-deps --no-build-isolation "$@" >&2 \
    || echouer "l'installation du projet lui-même a échoué (raison ci-dessus) : corrigez pyproject.toml, puis relancez."

printf '%s\n' "$empreinte" >"$temoin"
dire "L'environnement est prêt."
