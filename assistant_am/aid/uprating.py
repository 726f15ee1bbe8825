"""Rises between the old and the new scale, computed line by line."""

from __future__ import annotations

from datetime import timedelta

from .parameter_model import Parameters
from .results import Uprating
from .vocabulary import PAID_BANDS


def uprating(params: Parameters) -> tuple[Uprating, ...]:
    """One rise for each line of the tables that both scales have."""
    effect = params.agreement_start.latest
    rises = []
    for table in params.tables.values():
        for band in PAID_BANDS:
            lines = table.rows[band]
            for rank, series in sorted(lines.items()):
                old, new = series.at(effect - timedelta(days=1)), series.at(effect)
                if old is None or new is None:
                    continue
                rise = new.value - old.value
                rises.append(
                    Uprating(
                        fte=table.fte,
                        band=band,
                        year=rank,
                        and_following=rank == max(lines),
                        old_eur=old.value,
                        new_eur=new.value,
                        rise_eur=rise,
                        percent=round(100 * rise / old.value, 2),
                        source=new.reference.source,
                    )
                )
    return tuple(rises)
