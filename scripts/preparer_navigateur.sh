#!/bin/sh
# Prépare les tests du widget : Node, ses bibliothèques (widget/node_modules), un Chromium.
# Réussit en écrivant le chemin du navigateur ; sinon dit ce qui manque et comment l'obtenir, et finit
# par 3. Un second appel ne fait rien. AM_NAVIGATEUR nomme un navigateur à prendre.
set -eu

racine=$(cd "$(dirname "$0")/.." && pwd)
cd "$racine"
journal=.cache/navigateur.log
mkdir -p .cache

dire() { printf '%s\n' "$*" >&2; }
echouer() {
    dire "$*"
    exit 3
}

preparer_node() {
    command -v node >/dev/null && command -v npm >/dev/null \
        || echouer "Node (avec npm) n'est pas installé : il faut la version 20.19 ou une plus récente, de votre système ou de nodejs.org."
    # Les nombres de « engines », dans widget/package.json.
    node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
        || echouer "Node $(node --version) est trop ancien : il faut la version 20.19 ou une plus récente, de votre système ou de nodejs.org."
}

preparer_bibliotheques() {
    temoin=widget/node_modules/.pret
    empreinte=$({ node --version; cat widget/package.json widget/package-lock.json; } | cksum)
    if [ -f "$temoin" ] && [ "$(cat "$temoin")" = "$empreinte" ]; then
        return
    fi
    dire "Installation des bibliothèques du widget…"
    (cd widget && npm ci --ignore-scripts --loglevel=error) >"$journal" 2>&1 \
        || echouer "Les bibliothèques du widget n'ont pas pu être installées (npm ci, dans widget/) : vérifiez la connexion à Internet ou le registre de npm ; le journal est $journal."
    printf '%s\n' "$empreinte" >"$temoin"
}

trouver_navigateur() {
    for candidat in chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        # L'appeler vraiment : sous Ubuntu, « chromium-browser » n'est parfois qu'un renvoi vers snap.
        if chemin=$(command -v "$candidat") && "$chemin" --version >/dev/null 2>&1; then
            printf '%s\n' "$chemin"
            return 0
        fi
    done
    return 1
}

installer_chromium() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    dire "Installation de Chromium (apt-get)…"
    # Sans l'index des paquets, « install » ne trouve rien ; avec un index récent, « update » est inutile.
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y --no-install-recommends chromium >"$journal" 2>&1 \
        || { apt-get update && apt-get install -y --no-install-recommends chromium; } >>"$journal" 2>&1
}

preparer_node
preparer_bibliotheques
if [ -n "${AM_NAVIGATEUR:-}" ]; then
    "$AM_NAVIGATEUR" --version >/dev/null 2>&1 \
        || echouer "AM_NAVIGATEUR vaut « $AM_NAVIGATEUR », qui ne se lance pas : donnez le chemin d'un Chromium ou d'un Chrome, ou retirez AM_NAVIGATEUR."
    printf '%s\n' "$AM_NAVIGATEUR"
elif ! trouver_navigateur; then
    installer_chromium && trouver_navigateur \
        || echouer "Chromium n'est pas installé : « sudo apt-get install chromium », ou indiquez un Chrome déjà là : AM_NAVIGATEUR=/chemin/vers/chrome make test. (En tant que root, les tests l'installent eux-mêmes ; journal : $journal.)"
fi
