"""Compares what is pinned with the known advisories: requirements/avis.yml, or the live service.

Offline by itself; « --en-ligne » asks the advisory service by pip-audit and notes the answer.
« --ecrire » puts the table into docs/vulnerabilites.md.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
ADVISORIES = REQUIREMENTS / "avis.yml"
EXAMINED = REQUIREMENTS / "examen.csv"
PAGE = ROOT / "docs" / "vulnerabilites.md"
START, END = "<!-- tableau -->", "<!-- fin du tableau -->"
SETS = {"serve": "ce qui tourne", "test": "outils", "bench": "comparaison"}
"""What is pinned for Rasa's Python, most exposed first."""


def pins(name: str) -> dict[str, str]:
    """Versions pinned in requirements/``name``.txt, by package."""
    text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, flags=re.MULTILINE))


def all_pins() -> dict[str, str]:
    """Every pinned package and its version; the sets agree."""
    return {package: version for name in reversed(SETS) for package, version in pins(name).items()}


def advisories() -> list[dict[str, Any]]:
    """The advisories that are known, each with why it does or does not reach us."""
    known: list[dict[str, Any]] = yaml.safe_load(ADVISORIES.read_text(encoding="utf-8"))["avis"]
    return known


def examined() -> dict[str, tuple[str, str]]:
    """Version and way of the last examination, by package."""
    with EXAMINED.open(encoding="utf-8", newline="") as file:
        return {row["paquet"]: (row["version"], row["comment"]) for row in csv.DictReader(file)}


def problems() -> list[str]:
    """What makes the list untrue of what is pinned; nothing when it holds."""
    pinned, seen = all_pins(), {package: version for package, (version, _) in examined().items()}
    found = [
        f"{package} {version} n'a pas été examiné : « make vulnerabilites ARGS=--en-ligne »."
        for package, version in sorted(pinned.items())
        if seen.get(package) != version
    ]
    found += [
        f"{package} n'est plus épinglé : retirez-le de {EXAMINED.name}."
        for package in sorted(set(seen) - set(pinned))
    ]
    for each in advisories():
        version = pinned.get(each["paquet"])
        if version is None or not SpecifierSet(each["touche"]).contains(version):
            found.append(
                f"{each['paquet']} {version or 'absent'} n'est plus touché par "
                f"{', '.join(each['avis'])} : retirez cet avis de {ADVISORIES.name}."
            )
    return found


def table() -> str:
    """The advisories as a table, those of what runs first."""
    lines = [
        "| paquet | où | avis | versions touchées | nous atteint | pourquoi |",
        "| --- " * 6 + "|",
    ]
    rows = [(_where(each["paquet"]), each) for each in advisories()]
    order = list(SETS.values())
    for where, each in sorted(rows, key=lambda row: (order.index(row[0]), row[1]["paquet"])):
        pinned = all_pins()[each["paquet"]]
        reached = "**oui**" if each["nous"] == "oui" else "non"
        lines.append(
            f"| {each['paquet']} {pinned} | {where} | {', '.join(each['avis'])} | "
            f"`{each['touche']}` | {reached} | {each['raison']} |"
        )
    return "\n".join(lines)


def page() -> str:
    """docs/vulnerabilites.md with the table of today's list."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(START)
    return f"{before}{START}\n{table()}\n{END}{rest.split(END)[1]}"


def _where(package: str) -> str:
    return next(words for name, words in SETS.items() if package in pins(name))


def unknown(report: dict[str, Any]) -> list[str]:
    """Advisories of a pip-audit report that the list does not know."""
    known = {name for each in advisories() for name in each["avis"]}
    return [
        f"{package['name']} {package['version']} : {found['id']}"
        for package in report["dependencies"]
        for found in package.get("vulns", [])
        if not known & {found["id"], *found["aliases"]}
    ]


def ask_service() -> list[str]:
    """Advisories of the live service that the list does not know."""
    subprocess.run([ROOT / "scripts" / "preparer.sh", "audit"], check=True)
    found: set[str] = set()
    for name in SETS:
        command = [ROOT / ".cache" / "audit" / "bin" / "pip-audit", "--format", "json"]
        # Without --strict, a package that the service did not answer for counts as a good one.
        command += ["--strict", "--disable-pip", "--progress-spinner", "off"]
        command += ["--requirement", REQUIREMENTS / f"{name}.txt"]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        if not done.stdout.strip():
            raise SystemExit(
                "Le service d'avis n'a pas répondu pour tout (raison ci-dessus) : vérifiez la "
                "connexion à Internet, ou restez sur la liste datée (make vulnerabilites)."
            )
        found.update(unknown(json.loads(done.stdout)))
    return sorted(found)


def note_examination(way: str) -> None:
    """Write that all that is pinned was examined in this way today."""
    today = datetime.date.today().isoformat()
    with EXAMINED.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["paquet", "version", "comment", "le"])
        rows.writerows([*pin, way, today] for pin in sorted(all_pins().items()))


def main() -> int:
    parser = argparse.ArgumentParser(description="Avis de sécurité sur ce qui est épinglé.")
    parser.add_argument("--en-ligne", action="store_true", help="interroge le service d'avis")
    parser.add_argument("--ecrire", action="store_true", help="réécrit le tableau de la page")
    arguments = parser.parse_args()
    if arguments.en_ligne:
        new = ask_service()
        if new:
            print("Avis à examiner, puis à écrire dans requirements/avis.yml :", *new, sep="\n  ")
            return 1
        note_examination("service")
    if arguments.ecrire:
        PAGE.write_text(page(), encoding="utf-8")
    wrong = problems()
    print(*wrong, sep="\n", end="\n" if wrong else "")
    reached = [each for each in advisories() if each["nous"] == "oui"]
    alone = sum(way != "service" for _, way in examined().values())
    print(f"{len(all_pins())} paquets épinglés, {sum(len(a['avis']) for a in advisories())} avis,")
    print(f"dont {sum(len(each['avis']) for each in reached)} nous atteignent : {PAGE.name}.")
    if alone:
        print(f"{alone} paquets n'ont pas encore été demandés au service d'avis (--en-ligne).")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
