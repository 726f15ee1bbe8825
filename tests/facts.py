"""Facts that tests name, as `knowledge/` has them today: changing one breaks no test."""

from __future__ import annotations

from pathlib import Path

import yaml

_FACTS = Path(__file__).resolve().parents[1] / "knowledge" / "faits" / "formation.yml"

CQP_HOURS = str(yaml.safe_load(_FACTS.read_text("utf-8"))["cqp_heures"]["valeur"])
CQP_DURATION = f"{CQP_HOURS} heures"
