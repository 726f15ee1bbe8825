"""How long a backup and a restore take, on SQLite and on PostgreSQL with a password.

    python benchmarks/sauvegarde.py [événements]

docs/reprise.md quotes it. A turn writes eight events, about.
"""

from __future__ import annotations

import datetime
import json
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant_am.operations.backup import back_up  # noqa: E402
from assistant_am.operations.project import Project  # noqa: E402
from assistant_am.operations.restore import restore  # noqa: E402
from assistant_am.runtime.store_settings import StoreSettings  # noqa: E402
from assistant_am.stores.database import EVENTS, make_tables, open_engine, writing  # noqa: E402
from tests.stores.servers import Postgres  # noqa: E402

EVENTS_OF_A_CONVERSATION = 40
DATA = json.dumps({"event": "user", "text": "Combien dure la formation ? " * 20})
BATCH = 5000


def fill(settings: StoreSettings, count: int) -> None:
    engine = open_engine(settings)
    make_tables(engine)
    for start in range(0, count, BATCH):
        rows = [
            {
                "sender_id": f"visiteur-{number // EVENTS_OF_A_CONVERSATION}",
                "type_name": "user",
                "timestamp": 1.0,
                "data": DATA,
            }
            for number in range(start, min(start + BATCH, count))
        ]
        with writing(engine).begin() as connection:
            connection.execute(EVENTS.insert(), rows)
    engine.dispose()


def measure(settings: StoreSettings, count: int, folder: Path) -> str:
    project, now = Project.here(), datetime.datetime.now(datetime.timezone.utc)
    fill(settings, count)
    target = folder / "s.tar.gz"
    began = time.monotonic()
    back_up(project, settings, None, target, now)
    saved = time.monotonic()
    restore(project, settings, target, now, replace=True)
    restored = time.monotonic()
    size = target.stat().st_size / 1e6
    return f"{saved - began:.1f} s | {restored - saved:.1f} s | {size:.0f} Mo"


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    print("| base | événements | sauvegarde | restauration | fichier |")
    print("| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = StoreSettings(data=folder / "donnees")
        print(f"| SQLite | {count} | {measure(settings, count, folder)} |", flush=True)
    with tempfile.TemporaryDirectory() as name, Postgres() as server:
        folder = Path(name)
        os.environ["PATH"] = f"{server._server.bin_path}:{os.environ['PATH']}"
        address = server.require_password("assistant", "p@ss %&é")
        given = {"AM_BASE": address, "AM_DONNEES": str(folder / "donnees")}
        settings = StoreSettings.from_environment(given)
        print(f"| PostgreSQL, mot de passe | {count} | {measure(settings, count, folder)} |")


if __name__ == "__main__":
    main()
