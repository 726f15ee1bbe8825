"""Strict reading of `knowledge/parametres/`: a slip is caught before an answer is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar, cast, get_args

from assistant_am.files import schema
from assistant_am.files.errors import KnowledgeError, Problem
from assistant_am.files.shelves import Shelves
from assistant_am.files.source import Source, source
from assistant_am.files.strict_yaml import Document

from . import phrases
from .nodes import Node, every, kept, refuse
from .parameter_model import (
    AmountTable,
    CostGrid,
    Dated,
    Parameter,
    Parameters,
    Reference,
    Series,
)
from .phrases import Phrase
from .vocabulary import PAID_BANDS, Band, Sector, Specialty

T = TypeVar("T")
V = TypeVar("V")

_HEADER = ("description", "unite", "metadata")
_ROOM = "parametres"
_COST_FILE = "cout_employeur"


def load(folder: Path, site: Path | None = None) -> Parameters:
    """Read `sources.yml` and `parametres/` of the knowledge folder, the entries of the site's
    folder in their place.

    Raises:
        KnowledgeError: every mistake, each with file and line, and its remedy in French.
    """
    files = _Files(Shelves(folder, site))
    params = Parameters(
        sources=files.sources,
        tables=files.tables(),
        cost=files.cost_grid(),
        phrases=files.phrases(),
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
        clinical_months=files.wholes("mois_honoraires_cliniques", "mois"),
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
    files.refuse()
    return params


class _Files:
    """The parameter files, each read once; those nobody asked for are refused.

    What is wrong is kept until `refuse`, and leaves a hole in what is read.
    """

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._unread = {Path(name).stem for name in shelves.names(_ROOM)}
        self._errors: list[KnowledgeError] = []
        self.sources = self._whole(self._read_sources) or {}

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
            table = self._whole(partial(self._table, name))
            if table is None:
                continue
            if table.fte in tables:
                message = f"quotité {table.fte} déjà décrite dans {tables[table.fte].id}.yml."
                self._errors.append(self._misplaced(name, message))
            tables[table.fte] = table
        return dict(sorted(tables.items()))

    def cost_grid(self) -> CostGrid:
        return cast(CostGrid, self._whole(self._cost_grid))

    def phrases(self) -> dict[str, Phrase]:
        return self._whole(self._phrases) or {}

    def refuse(self) -> None:
        """Raises KnowledgeError with all that is wrong, files that nothing reads included."""
        message = "aucun calcul ne lit ce fichier : corrigez son nom ou supprimez-le."
        refuse([*self._errors, *(self._misplaced(name, message) for name in sorted(self._unread))])

    def _misplaced(self, name: str, message: str) -> KnowledgeError:
        return KnowledgeError([Problem(self._shelves.where(_file(name)), 1, message)])

    def _whole(self, read: Callable[[], T]) -> T | None:
        return kept(read, self._errors)

    def _cost_grid(self) -> CostGrid:
        fields = self._read(_COST_FILE).record(
            (*_HEADER, "modele", "reference", "erreur_interpolation", "grille")
        )
        model = fields["modele"].record(("nom", "version", "publicodes", "date"))
        self._valid_on(fields, "euros_par_mois")
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

    def _phrases(self) -> dict[str, Phrase]:
        root = Node(self._checked("calcul.yml", "calcul"))
        found = root.mapping()
        missing = (
            root.error(f"il manque la phrase « {key} » : remettez-la.")
            for key in phrases.KEYS
            if key not in found
        )
        unread = (
            node.error(f"aucun calcul ne dit la phrase « {key} » : corrigez son nom.")
            for key, node in found.items()
            if key not in phrases.KEYS
        )
        refuse([*missing, *unread])
        read = every(partial(self._phrase, key, node) for key, node in found.items())
        return dict(zip(found, read, strict=True))

    def _phrase(self, key: str, node: Node) -> Phrase:
        fields = node.mapping()
        text = fields["texte"]
        known = ", ".join(sorted(phrases.LIMITS | phrases.OWN.get(key, frozenset())))
        refuse(
            text.error(f"« {mark} » n'est pas un nom de cette phrase. Noms possibles : {known}.")
            for mark in phrases.unknown_marks(key, text.text())
        )
        return Phrase(
            text.text(), self._known_source(fields["source"]) if "source" in fields else None
        )

    def _read_sources(self) -> dict[str, Source]:
        document = self._checked("sources.yml", "sources")
        return {key: source(key, entry) for key, entry in document.data.items()}

    def _read(self, name: str) -> Node:
        self._unread.discard(name)
        return Node(self._checked(_file(name), "parametre"))

    def _checked(self, name: str, schema_name: str) -> Document:
        document = self._shelves.document(name)
        assert document is not None, "only fiches are hidden whole"
        schema_file = self._shelves.folder / "schema" / f"{schema_name}.schema.json"
        found = schema.problems(document, schema_file)
        if found:
            raise KnowledgeError(found)
        return document

    def _parameter(self, name: str, unit: str, read: Callable[[Node], V]) -> Parameter[V]:
        def whole() -> Parameter[V]:
            fields = self._read(name).record((*_HEADER, "valeurs"))
            return Parameter(
                id=name,
                description=fields["description"].text(),
                unit=unit,
                valid_on=self._valid_on(fields, unit),
                series=self._series(fields["valeurs"], read),
            )

        return cast(Parameter[V], self._whole(whole))

    def _table(self, name: str) -> AmountTable | None:
        root = self._read(name)
        if "tableau" not in root.mapping():
            self._unread.add(name)
            return None
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
        lines = node.mapping().items()
        dated = every(partial(self._dated, day, line, read) for day, line in lines)
        return Series(tuple(sorted(dated, key=lambda value: value.since)))

    def _dated(self, day: object, node: Node, read: Callable[[Node], V]) -> Dated[V]:
        since = node.as_day(day)
        fields = node.record(("valeur", "reference"))
        errors: list[KnowledgeError] = []
        value = kept(lambda: read(fields["valeur"]), errors)
        reference = kept(lambda: self._reference(fields["reference"]), errors)
        refuse(errors)
        return Dated(since, cast(V, value), cast(Reference, reference))

    def _reference(self, node: Node) -> Reference:
        if "choix" in node.mapping():
            return Reference(None, node.record(("choix",))["choix"].text())
        fields = node.record(("source",), ("note",))
        source = self._known_source(fields["source"])
        return Reference(source, fields["note"].text() if "note" in fields else None)

    def _known_source(self, node: Node) -> str:
        source = node.text()
        if source not in self.sources:
            message = f"source « {source} » inconnue : prenez un identifiant de sources.yml."
            raise node.error(message)
        return source

    def _valid_on(self, fields: Mapping[str, Node], unit: str) -> date:
        if fields["unite"].text() != unit:
            raise fields["unite"].error(f"l'unité attendue ici est « {unit} ».")
        return fields["metadata"].record(("valable_au",))["valable_au"].day()


def _file(name: str) -> str:
    return f"{_ROOM}/{name}.yml"


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
