"""The last commit: what `knowledge/` was before the changes that are being checked."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SECONDS = 10


@contextmanager
def former_knowledge(root: Path) -> Iterator[Path | None]:
    """A folder with `knowledge/` as it was last committed; None when nothing changed since.

    Also None where there is no git, or no commit: there is nothing to compare with.
    """
    # Names with accents come as they are, ended by a NUL.
    changed = _git(root, "diff", "--name-only", "-z", "--relative", "HEAD", "--", "knowledge")
    names = [name for name in (changed or b"").decode(errors="replace").split("\0") if name]
    if not names:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(root / "knowledge", copy / "knowledge")
        for name in names:
            was = _git(root, "show", f"HEAD:./{name}")
            file = copy / name
            if was is None:
                file.unlink(missing_ok=True)
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(was)
        yield copy / "knowledge"


def _git(root: Path, *arguments: str) -> bytes | None:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
