"""The acceptance sample's program: found, run against an assistant, and its figures read."""

from __future__ import annotations

import http.server
import threading

import pytest

from assistant_am.evaluation.acceptance import parse, run_sample, sample_folder
from assistant_am.evaluation.metrics import Share
from assistant_am.operations.errors import ServiceError
from assistant_am.operations.processes import free_port
from assistant_am.operations.project import Project
from assistant_am.runtime.settings import WrongSetting

PRINTED = """\
OVERALL (items + whole dialogues): 100/187 = 53.5 %   [12.0 s]

by set
  dialogues (whole)                9/22     40.9 %
  single                          80/112    71.4 %
  oos                             11/24     45.8 %

by topic
  salaire                          1/2      50.0 %

latency s (300 requests): p50 0.010  p95 0.020  p99 0.030  max 0.040
"""


def test_its_figures_are_read():
    found = parse(PRINTED)
    assert found.overall == Share(100, 187)
    assert found.sets == {
        "dialogues (whole)": Share(9, 22),
        "single": Share(80, 112),
        "oos": Share(11, 24),
    }
    assert found.latency.startswith("latency s (300")


def test_another_output_is_an_error():
    with pytest.raises(ServiceError, match=r"score\.py"):
        parse("Traceback")


def test_the_folder_is_named_or_beside_the_project_or_absent(tmp_path):
    root = tmp_path / "project"
    assert sample_folder(root, {}) is None
    beside = tmp_path / "shared" / "evaluation"
    beside.mkdir(parents=True)
    (beside / "score.py").touch()
    assert sample_folder(root, {}) == beside
    assert sample_folder(root, {"AM_EVALUATION": str(beside)}) == beside
    with pytest.raises(WrongSetting, match="AM_EVALUATION"):
        sample_folder(root, {"AM_EVALUATION": str(tmp_path)})


@pytest.fixture
def assistant():
    """A server that answers a GET, as the REST channel does."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_program_is_given_the_address_and_all_sets(tmp_path, assistant):
    program = f"import sys\nassert sys.argv[1] == {assistant!r}\n"
    program += f"assert 'aid' in sys.argv[3]\nprint({PRINTED!r})\n"
    (tmp_path / "score.py").write_text(program, encoding="utf-8")
    assert run_sample(tmp_path, Project.here(), assistant).overall == Share(100, 187)


def test_its_failure_is_shown(tmp_path, assistant):
    (tmp_path / "score.py").write_text("raise SystemExit('mauvais jour')\n", encoding="utf-8")
    with pytest.raises(ServiceError, match="mauvais jour"):
        run_sample(tmp_path, Project.here(), assistant)


def test_an_address_where_nobody_answers_is_said(tmp_path):
    with pytest.raises(ServiceError, match="Aucun assistant"):
        run_sample(tmp_path, Project.here(), f"http://127.0.0.1:{free_port()}")
