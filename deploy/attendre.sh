#!/bin/sh
# Attend que l'assistant d'un port réponde vraiment (GET /sante), trois minutes au plus.
set -eu
port=${1:?donnez le port, par exemple : deploy/attendre.sh 5005}
fin=$(($(date +%s) + 180))
until curl -fsS -o /dev/null --max-time 20 "http://127.0.0.1:$port/sante" 2>/dev/null; do
    if [ "$(date +%s)" -ge "$fin" ]; then
        echo "L'assistant du port $port ne répond pas après 180 s : lisez ses journaux." >&2
        exit 1
    fi
    sleep 1
done
