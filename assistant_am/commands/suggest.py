"""``assistant-am suggest``: questions not understood, as training sentences to choose from."""

from __future__ import annotations

import argparse

from assistant_am.commands._kept import count, open_kept
from assistant_am.commands._options import add_root
from assistant_am.commands.report import add_weeks, found_in


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "suggest",
        help="propose où ranger les questions non comprises, en lignes à coller dans data/nlu",
        description="Pour chaque groupe de questions non comprises, le sujet auquel il ressemble "
        "le plus, et des lignes prêtes à coller. À relire : c'est une ressemblance, pas un sens.",
    )
    add_weeks(parser)
    parser.add_argument(
        "--textes",
        action="store_true",
        help="montre aussi les questions d'une ou deux personnes : ôtez-en tout nom",
    )
    add_root(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    kept = open_kept(arguments)
    found = found_in(kept, arguments.semaines)
    from assistant_am.operations.suggestions import propose

    proposals = propose(
        found.figures.groups, found.sentences, found.discretion, texts=arguments.textes
    )
    for each in proposals:
        who = f"{count(each.group.persons, 'personne')}, {each.group.size} fois"
        if each.file is None:
            print(f"# {who} ; ne ressemble à aucun sujet (un sujet nouveau ?)")
        else:
            likeness = f"{each.likeness:.2f}".replace(".", ",")
            print(f"# {who} ; {each.intent} ({likeness}) → {kept.project.shown(each.file)}")
        for line in each.lines:
            print(f"    - {line}")
        if hidden := len(each.group.texts) - len(each.lines):
            print(f"    # {count(hidden, 'autre')}, avec des mots qui peuvent être des noms")
        print()
    small = len(found.figures.groups) - len(proposals)
    if small:
        print(f"# {count(small, 'groupe')} de moins de trois personnes : « --textes » les montre.")
    if not found.figures.groups:
        print("Toutes les questions de ces semaines ont été comprises.")
    return 0
