"""What stands where in the folder of the site: as in the project, `knowledge/` and `data/`."""

from __future__ import annotations

from pathlib import Path

KNOWLEDGE = "knowledge"
SITE_VARIABLE = "ASSISTANT_SITE"
"""By which « assistant-am train » names the folder to Rasa's process; nothing to set."""


def is_over(site: Path | None) -> bool:
    """Whether there is a folder to read."""
    return site is not None and site.is_dir()


def with_site(shipped: Path, site: Path | None) -> list[Path]:
    """A folder of `data/`, and that of the site with the same name if there is one."""
    over = site / shipped.parent.name / shipped.name if site is not None else None
    return [shipped, over] if over is not None and over.is_dir() else [shipped]
