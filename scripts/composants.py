"""Writes var/composants.cdx.json: the components of what runs, in CycloneDX (SBOM).

Never committed: it names where each package comes from, and is made anew from the environment.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
OUTPUT = ROOT / "var" / "composants.cdx.json"
OWN = {"assistant-am", "assistant-am-tensorflow-stand-in"}


def pinned() -> set[str]:
    """Names of the packages that run."""
    text = (ROOT / "requirements" / "serve.txt").read_text(encoding="utf-8")
    return set(re.findall(r"^([\w.-]+)==", text, flags=re.MULTILINE))


def only_what_runs(bom: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """The same list without the tools that the environment may also hold."""
    kept = [each for each in bom["components"] if _normal(each["name"]) in names | OWN]
    references = {each["bom-ref"] for each in [*kept, bom["metadata"]["component"]]}
    dependencies = [
        {**each, "dependsOn": [name for name in each.get("dependsOn", []) if name in references]}
        for each in bom.get("dependencies", [])
        if each["ref"] in references
    ]
    return {**bom, "components": kept, "dependencies": dependencies}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> int:
    subprocess.run([ROOT / "scripts" / "preparer.sh", "audit"], check=True)
    command = [ROOT / ".cache" / "audit" / "bin" / "cyclonedx-py", "environment"]
    command += ["--output-reproducible"]
    command += ["--pyproject", ROOT / "pyproject.toml", ROOT / ".venv"]
    made = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    bom = only_what_runs(json.loads(made.stdout), pinned())
    missing = pinned() - {_normal(each["name"]) for each in bom["components"]}
    if missing:
        raise SystemExit(f"Épinglés mais pas installés : {', '.join(sorted(missing))}.")
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps(bom, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{OUTPUT.relative_to(ROOT)} : {len(bom['components'])} composants.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
