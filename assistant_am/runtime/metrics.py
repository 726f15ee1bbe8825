"""What is counted of the running assistant, for Prometheus: never who, never what was written.

Off unless `start` is called. Every label has a few fixed values.
"""

from __future__ import annotations

import logging
from typing import Any

HOST = "127.0.0.1"
BUCKETS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 15, 60)
"""Seconds; beyond 15 the web channel has answered « pas encore »."""
OUTCOMES = (
    "sur", "hesitant", "incompris", "hors_sujet", "urgence", "efface", "repete", "incident",
    "autre",
)  # fmt: skip
"""How a turn ended: the trust in what was read (« bande »), or what prevailed over it."""

logger = logging.getLogger(__name__)


class Metrics:
    """The counters of this process; each method costs nothing before `start`."""

    def __init__(self) -> None:
        self._series: dict[str, Any] = {}

    def start(self, port: int) -> None:
        """Serve /metrics on this port of loopback, in a thread; once for a process.

        A port already taken is told in the log and nothing more: the assistant goes on.
        """
        if self._series:
            return
        import prometheus_client as prometheus

        registry = prometheus.CollectorRegistry()
        try:
            prometheus.start_http_server(port, addr=HOST, registry=registry)
        except OSError:
            logger.error("Pas de métriques : le port AM_METRIQUES_PORT=%d est déjà pris.", port)
            return
        self._series = {
            "turns": prometheus.Counter(
                "am_tours", "Tours de parole, par canal et par issue.", ["canal", "issue"],
                registry=registry,
            ),
            "seconds": prometheus.Histogram(
                "am_tour_secondes", "Durée d'un tour, en secondes.", ["canal"],
                buckets=BUCKETS, registry=registry,
            ),
            "refusals": prometheus.Counter(
                "am_refus", "Demandes refusées par le canal web, par code.", ["code"],
                registry=registry,
            ),
            "alerts": prometheus.Counter(
                "am_alertes", "Urgences vues par un canal avant tout contrôle.", ["canal"],
                registry=registry,
            ),
            "opinions": prometheus.Counter(
                "am_avis", "Avis donnés sur des réponses.", ["avis"], registry=registry
            ),
        }  # fmt: skip

    def turn(self, channel: str, outcome: str, seconds: float) -> None:
        """One turn of Rasa's; an outcome that is not of `OUTCOMES` counts as « autre »."""
        if self._series:
            known = outcome if outcome in OUTCOMES else "autre"
            self._series["turns"].labels(channel, known).inc()
            self._series["seconds"].labels(channel).observe(seconds)

    def refusal(self, code: str) -> None:
        """A request that got an error of this code (`channels.web.errors.STATUSES`)."""
        self._count("refusals", code)

    def alert(self, channel: str) -> None:
        """An emergency answered by a channel itself."""
        self._count("alerts", channel)

    def opinion(self, opinion: str) -> None:
        self._count("opinions", opinion)

    def _count(self, name: str, label: str) -> None:
        if self._series:
            self._series[name].labels(label).inc()


METRICS = Metrics()
"""Those of this process."""
