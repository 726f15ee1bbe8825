"""The list of known vulnerabilities is that of what is pinned, and the page shows it."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest

from assistant_am.operations.project import Project

ROOT = Project.here().root


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def vulnerabilities() -> ModuleType:
    return script("vulnerabilites")


def report(name, *vulnerabilities):
    """What pip-audit says of one package."""
    return {"dependencies": [{"name": name, "version": "1", "vulns": list(vulnerabilities)}]}


def test_the_list_is_that_of_what_is_pinned(vulnerabilities):
    assert vulnerabilities.problems() == []


def test_the_page_shows_the_list(vulnerabilities):
    assert vulnerabilities.page() == vulnerabilities.PAGE.read_text(encoding="utf-8")


def test_each_advisory_says_whether_it_reaches_us_and_why(vulnerabilities):
    for each in vulnerabilities.advisories():
        assert each["nous"] in {"oui", "non"}, each
        assert len(each["raison"]) > 20, each


def test_a_version_that_nobody_examined_is_told(vulnerabilities, monkeypatch):
    pinned = {**vulnerabilities.all_pins(), "sanic": "99.1"}
    monkeypatch.setattr(vulnerabilities, "all_pins", lambda: pinned)
    [told] = vulnerabilities.problems()
    assert told.startswith("sanic 99.1 n'a pas été examiné")


def test_an_advisory_that_no_longer_applies_is_told(vulnerabilities, monkeypatch):
    seen = {**vulnerabilities.examined(), "wheel": ("0.46.2", "service")}
    pinned = {**vulnerabilities.all_pins(), "wheel": "0.46.2"}
    monkeypatch.setattr(vulnerabilities, "examined", lambda: seen)
    monkeypatch.setattr(vulnerabilities, "all_pins", lambda: pinned)
    [told] = vulnerabilities.problems()
    assert told.startswith("wheel 0.46.2 n'est plus touché par CVE-2026-24049")


def test_a_package_that_is_no_longer_pinned_is_told(vulnerabilities, monkeypatch):
    pinned = vulnerabilities.all_pins()
    del pinned["toolz"]
    monkeypatch.setattr(vulnerabilities, "all_pins", lambda: pinned)
    [told] = vulnerabilities.problems()
    assert told.startswith("toolz n'est plus épinglé")


def test_the_live_service_says_what_the_list_does_not_know(vulnerabilities):
    known = {"id": "PYSEC-2025-1", "aliases": ["CVE-2025-47273"]}
    assert vulnerabilities.unknown(report("setuptools", known)) == []
    new = {"id": "PYSEC-2027-1", "aliases": ["CVE-2027-1"]}
    assert vulnerabilities.unknown(report("sanic", known, new)) == ["sanic 1 : PYSEC-2027-1"]


def test_the_list_of_components_has_no_tool():
    bom = {
        "metadata": {"component": {"bom-ref": "root"}},
        "components": [
            {"name": "PyYAML", "bom-ref": "PyYAML==6"},
            {"name": "ruamel.yaml", "bom-ref": "ruamel.yaml==0.17"},
            {"name": "pytest", "bom-ref": "pytest==9"},
        ],
        "dependencies": [
            {"ref": "root", "dependsOn": ["PyYAML==6", "pytest==9"]},
            {"ref": "pytest==9", "dependsOn": ["PyYAML==6"]},
        ],
    }
    composants = script("composants")
    kept = composants.only_what_runs(bom, {"pyyaml", "ruamel-yaml"})
    assert [each["name"] for each in kept["components"]] == ["PyYAML", "ruamel.yaml"]
    assert kept["dependencies"] == [{"ref": "root", "dependsOn": ["PyYAML==6"]}]
    assert "pytest" not in composants.pinned()
