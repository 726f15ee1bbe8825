#!/bin/sh
# Redémarre les processus l'un après l'autre, sans perdre un tour : deploy/redemarrer.sh 5005 5006
set -eu
[ $# -ge 2 ] || { echo "Donnez au moins deux ports : deploy/redemarrer.sh 5005 5006" >&2; exit 2; }
for port in "$@"; do
    echo "Redémarrage de assistant-am@$port…"
    systemctl restart "assistant-am@$port"  # rend la main quand il répond (Type=notify)
done
echo "Tous répondent."
