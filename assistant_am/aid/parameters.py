"""Strict reading of `knowledge/parametres/`: a slip is caught before an answer is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar, cast, get_args

from assistant_am.site import KNOWLEDGE, is_over

from . import strict_yaml
from .parameter_model import (
    AmountTable,
    CostGrid,
    Dated,
    Parameter,
    Parameters,
    Reference,
    Series,
    Source,
)
from .strict_yaml import Node
from .vocabulary import PAID_BANDS, Band, Sector, Specialty

V = TypeVar("V")

_HEADER = ("description", "unite", "metadata")
_ROOM = "parametres"
_COST_FILE = "cout_employeur"


def load(folder: Path, site: Path | None = None) -> Parameters:
    """Read `sources.yml` and `parametres/` of the knowledge folder, the entries of the site's
    folder in their place.

    Raises:
        ParameterError: the message begins with file and line, and says the remedy in French.
    """
    over = site / KNOWLEDGE if site is not None and is_over(site) else None
    sources = _sources(strict_yaml.read(folder, "sources.yml", over))
    files = _Files(folder, over, sources)
    params = Parameters(
        sources=sources,
        tables=files.tables(),
        cost=files.cost_grid(),
        agreement_start=files.days("entree_en_vigueur_convention_2024"),
        percentile_date=files.days("date_percentiles"),
        third_time_closed_on=files.days("fermeture_tiers_temps"),
        gp_threshold=files.wholes("seuil_patientele_mg", "patients"),
        p30=files.wholes("percentile_seuil", "percentile"),
        p50=files.wholes("percentile_objectif_nouvel_installe", "percentile"),
        p90=files.wholes("percentile_patientele_importante", "percentile"),
        p95=files.wholes("percentile_tres_forte_patientele", "percentile"),
        modulation_year=files.wholes("annee_modulation", "rang_annee"),
        guaranteed_year=files.wholes("annee_garantie_nouvel_installe", "rang_annee"),
        new_doctor_delay=files.wholes("delai_objectif_nouvel_installe", "ans"),
        new_doctor_percentile_delay=files.wholes("delai_percentile_nouvel_installe", "ans"),
        training_delay=files.wholes("delai_formation", "ans"),
        upkeep_tolerance=files.wholes("tolerance_65_ans", "pourcent"),
        upkeep_age=files.wholes("age_maintien", "ans"),
        clinical_share=files.wholes("part_honoraires_cliniques", "pourcent"),
        sectors=files.words("secteurs_admis", "secteurs", get_args(Sector)),
        excluded_specialties=files.specialties("specialites_exclues"),
        exception_specialties=files.specialties("specialites_exclues_avec_exception"),
        fee_tested_specialties=files.specialties("specialites_a_honoraires_verifies"),
        upkeep_specialties=files.specialties("specialites_en_maintien"),
        closed_fte=files.numbers("quotite_fermee", "quotite"),
        minimum_wage=files.numbers("smic_mensuel", "euros_par_mois"),
        max_salary=files.numbers("salaire_brut_maximum_saisie", "euros_par_mois"),
        max_horizon=files.wholes("horizon_maximal", "ans"),
        default_horizon=files.wholes("horizon_par_defaut", "ans"),
        max_year=files.wholes("annee_maximale_saisie", "rang_annee"),
        max_patients=files.wholes("patients_maximum_saisie", "patients"),
    )
    files.refuse_unread()
    return params


class _Files:
    """The parameter files of a folder, each read once; those nobody asked for are refused."""

    def __init__(self, folder: Path, over: Path | None, sources: Mapping[str, Source]) -> None:
        self._folder = folder
        self._over = over
        self._sources = sources
        rooms = [each / _ROOM for each in (folder, over) if each]
        self._unread = {file.stem for room in rooms for file in room.glob("*.yml")}

    def days(self, name: str) -> Parameter[date]:
        return self._parameter(name, "date", Node.day)

    def wholes(self, name: str, unit: str) -> Parameter[int]:
        return self._parameter(name, unit, Node.whole)

    def numbers(self, name: str, unit: str) -> Parameter[float]:
        return self._parameter(name, unit, Node.number)

    def specialties(self, name: str) -> Parameter[tuple[str, ...]]:
        return self.words(name, "specialites", get_args(Specialty))

    def words(self, name: str, unit: str, known: tuple[str, ...]) -> Parameter[tuple[str, ...]]:
        def read(node: Node) -> tuple[str, ...]:
            return tuple(_word(item, known) for item in node.items())

        return self._parameter(name, unit, read)

    def tables(self) -> dict[float, AmountTable]:
        """Every file that holds a `tableau`, by number of full-time equivalents."""
        tables: dict[float, AmountTable] = {}
        for name in sorted(self._unread):
            root = self._read(name)
            if "tableau" not in root.mapping():
                self._unread.add(name)
                continue
            table = self._table(name, root)
            if table.fte in tables:
                other = tables[table.fte].id
                raise root.error(f"quotité {table.fte} déjà décrite dans {other}.yml.")
            tables[table.fte] = table
        return dict(sorted(tables.items()))

    def cost_grid(self) -> CostGrid:
        root = self._read(_COST_FILE)
        required = (*_HEADER, "modele", "reference", "erreur_interpolation", "grille")
        fields = root.record(required)
        self._valid_on(fields, "euros_par_mois")
        model = fields["modele"].record(("nom", "version", "publicodes", "date"))
        return CostGrid(
            model=model["nom"].text(),
            model_version=model["version"].text(),
            model_date=model["date"].day(),
            reference=self._reference(fields["reference"]),
            interpolation_error=fields["erreur_interpolation"].number(),
            costs={
                _number_key(fte, node): _rising(node)
                for fte, node in fields["grille"].mapping().items()
            },
        )

    def refuse_unread(self) -> None:
        for name in sorted(self._unread):
            root = self._read(name)
            raise root.error("aucun calcul ne lit ce fichier : corrigez son nom ou supprimez-le.")

    def _read(self, name: str) -> Node:
        self._unread.discard(name)
        return strict_yaml.read(self._folder, f"{_ROOM}/{name}.yml", self._over)

    def _parameter(self, name: str, unit: str, read: Callable[[Node], V]) -> Parameter[V]:
        fields = self._read(name).record((*_HEADER, "valeurs"))
        return Parameter(
            id=name,
            description=fields["description"].text(),
            unit=unit,
            valid_on=self._valid_on(fields, unit),
            series=self._series(fields["valeurs"], read),
        )

    def _table(self, name: str, root: Node) -> AmountTable:
        fields = root.record((*_HEADER, "quotite", "contrats", "tableau"))
        rows = fields["tableau"].record(PAID_BANDS)
        return AmountTable(
            id=name,
            description=fields["description"].text(),
            valid_on=self._valid_on(fields, "euros_par_an"),
            fte=fields["quotite"].number(),
            contracts=tuple(node.number() for node in fields["contrats"].items()),
            rows={cast(Band, band): self._lines(node) for band, node in rows.items()},
        )

    def _lines(self, node: Node) -> dict[int, Series[int]]:
        lines: dict[int, Series[int]] = {}
        for rank, line in node.mapping().items():
            if not isinstance(rank, int) or rank < 1:
                raise line.error(f"« {rank} » n'est pas un rang d'année : écrivez 1, 2, 3…")
            lines[rank] = self._series(line, Node.whole)
        return lines

    def _series(self, node: Node, read: Callable[[Node], V]) -> Series[V]:
        dated = [self._dated(day, line, read) for day, line in node.mapping().items()]
        return Series(tuple(sorted(dated, key=lambda value: value.since)))

    def _dated(self, day: object, node: Node, read: Callable[[Node], V]) -> Dated[V]:
        since = strict_yaml.as_day(day, node)
        fields = node.record(("valeur", "reference"))
        return Dated(since, read(fields["valeur"]), self._reference(fields["reference"]))

    def _reference(self, node: Node) -> Reference:
        if "choix" in node.mapping():
            return Reference(None, node.record(("choix",))["choix"].text())
        fields = node.record(("source",), ("note",))
        source = fields["source"].text()
        if source not in self._sources:
            message = f"source « {source} » inconnue : prenez un identifiant de sources.yml."
            raise fields["source"].error(message)
        return Reference(source, fields["note"].text() if "note" in fields else None)

    def _valid_on(self, fields: Mapping[str, Node], unit: str) -> date:
        if fields["unite"].text() != unit:
            raise fields["unite"].error(f"l'unité attendue ici est « {unit} ».")
        return fields["metadata"].record(("valable_au",))["valable_au"].day()


def _sources(root: Node) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for key, node in root.mapping().items():
        fields = node.mapping()
        for name in ("court", "titre"):
            if name not in fields:
                raise node.error(f"il manque la clé « {name} » : ajoutez-la.")
        url = fields["adresse"].text() if "adresse" in fields else None
        sources[key] = Source(key, fields["court"].text(), fields["titre"].text(), url)
    return sources


def _word(node: Node, known: tuple[str, ...]) -> str:
    word = node.text()
    if word not in known:
        raise node.error(f"« {word} » est inconnu. Mots possibles : {', '.join(known)}.")
    return word


def _number_key(key: object, node: Node) -> float:
    if isinstance(key, bool) or not isinstance(key, (int, float)):
        raise node.error(f"« {key} » n'est pas un nombre.")
    return key


def _rising(node: Node) -> tuple[tuple[float, float], ...]:
    pairs = [(_number_key(key, cost), cost.number()) for key, cost in node.mapping().items()]
    return tuple(sorted(pairs))
