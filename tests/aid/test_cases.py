"""Cases computed by hand, in `cas/*.yml`: a situation, its source, what must come out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant_am import aid

_FILES = sorted((Path(__file__).parent / "cas").glob("*.yml"))
_CASES = [case for file in _FILES for case in yaml.safe_load(file.read_text(encoding="utf-8"))]

_EXPECTATIONS = {
    "statut", "motifs", "montants", "baremes", "total", "decide_par", "repli", "modulees",
    "avertit", "n_avertit_pas", "erreur", "champ",
}  # fmt: skip


@pytest.mark.parametrize("case", _CASES, ids=[case["titre"] for case in _CASES])
def test_case(case: dict[str, Any], params: aid.Parameters, today: date) -> None:
    """Every expectation that the case states holds; `source` says where it comes from."""
    assert case["source"]
    expected = case["attendu"]
    assert set(expected) <= _EXPECTATIONS
    if "erreur" in expected:
        with pytest.raises(getattr(aid, expected["erreur"])) as caught:
            _estimate(case, params, today)
        assert expected.get("champ", caught.value.field) == caught.value.field
        return
    result = _estimate(case, params, today)
    found = {
        "statut": result.status,
        "motifs": [reason.code for reason in result.assessment.reasons],
        "montants": {y.year: y.max_eur or list(y.amounts) for y in result.years},
        "baremes": {y.year: y.scale for y in result.years},
        "total": result.total_eur,
        "decide_par": list(result.decided_by),
        "repli": result.fallback.total_eur if result.fallback else None,
        "modulees": [y.year for y in result.years if y.modulated],
    }
    for name, value in found.items():
        assert expected.get(name, value) == value, name
    codes = {notice.code for notice in result.warnings + result.assessment.infos}
    assert set(expected.get("avertit", ())) <= codes
    assert not set(expected.get("n_avertit_pas", ())) & codes


def _estimate(case: dict[str, Any], params: aid.Parameters, today: date) -> aid.Estimate:
    return aid.estimate(aid.Case.from_french(case["cas"], params), params, today)
