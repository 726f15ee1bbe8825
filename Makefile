# L'index des commandes : « make » les liste. Chacune prépare d'abord ce qui lui manque.
.DEFAULT_GOAL := help
AM := .venv/bin/assistant-am
# Options ajoutées à une commande, par exemple : make test ARGS="-k port"
ARGS ?=

.PHONY: help pret outils run chat train reload atelier check evaluate bench test fuzz lint format licences \
	composants vulnerabilites clean

help:  ## liste les commandes
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-16s %s\n", $$1, $$2}'

pret:
	@scripts/preparer.sh serve

outils:
	@scripts/preparer.sh test

run: pret  ## démarre l'assistant : installe et entraîne d'abord ce qui manque (Ctrl-C l'arrête)
	@$(AM) serve --entrainer $(ARGS)

chat: pret  ## discute dans le terminal ; démarre l'assistant s'il ne tourne pas
	@$(AM) chat $(ARGS)

train: pret  ## entraîne le modèle si ce que lit l'entraînement a changé
	@$(AM) train $(ARGS)

reload: pret  ## recharge les connaissances et le modèle de l'assistant en marche
	@$(AM) reload $(ARGS)

atelier: pret  ## ouvre la page où changer, essayer et publier les réponses
	@$(AM) atelier $(ARGS)

check: pret  ## vérifie les connaissances, le domaine et les phrases d'entraînement
	@$(AM) check $(ARGS)

evaluate: pret  ## mesure la compréhension et écrit un rapport
	@$(AM) evaluate $(ARGS)

bench: outils  ## mesure temps, mémoire et croissance, à côté d'un rasa init (benchmarks/README.md)
	@.venv/bin/python benchmarks/tableau.py $(ARGS)

test: outils  ## passe tous les tests, serveurs réels compris
	@.venv/bin/python -m pytest --durations=20 $(ARGS)

fuzz: outils  ## cherche une heure ce qui ferait tomber l'assistant (ARGS=--secondes=600 : dix minutes)
	@.venv/bin/python -m pytest tests/fuzz -s --secondes=3600 $(ARGS)

lint: outils  ## vérifie le style, les types et l'indépendance des pièces de la maison
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports --cache-dir .cache/import_linter

format: outils  ## remet le code en forme
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

licences: outils  ## réécrit docs/licences.md d'après l'environnement
	@.venv/bin/python scripts/licences.py

composants: pret  ## écrit la liste des composants de ce qui tourne (SBOM CycloneDX) dans var/
	@.venv/bin/python scripts/composants.py

vulnerabilites: pret  ## compare ce qui est épinglé aux failles connues (ARGS=--en-ligne : au service d'avis)
	@.venv/bin/python scripts/vulnerabilites.py $(ARGS)

clean:  ## efface l'environnement, le modèle et les caches, jamais les conversations
	@rm -rf .venv .venv-bench .outils .cache .rasa models build *.egg-info
