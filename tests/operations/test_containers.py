"""deploy/image and deploy/compose keep their promises, as far as can be seen without containers."""

from __future__ import annotations

import fnmatch
import http.server
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant_am.operations.processes import free_port
from assistant_am.operations.project import Project
from assistant_am.operations.training import TRAINING_INPUTS, YAML_INPUTS
from assistant_am.runtime.setting_table import BY_NAME

ROOT = Project.here().root
COMPOSE = ROOT / "deploy" / "compose" / "compose.yml"
OURS = ("assistant", "quotidien", "restauration")
SHIPPED = ("LICENSE", "NOTICE", "CHANGELOG.md", "deploy/image/sante.py", "requirements/serve.txt")
KEPT_OUT = (".git/config", ".venv/x", "var/secret", "var/conversations.db", "deploy/compose/.env")


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile, with their words on one line."""
    text = (ROOT / "deploy" / "image" / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [tuple(line.split(maxsplit=1)) for line in joined.splitlines() if line.strip()]


def last(name: str) -> str:
    return [words for found, words in instructions() if found == name][-1]


def is_ignored(path: str) -> bool:
    patterns = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    parts = path.split("/")
    above = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    return any(
        fnmatch.fnmatch(each, pattern.removeprefix("**/")) or fnmatch.fnmatch(each, pattern)
        for each in above
        for pattern in patterns
    )


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]


def is_pinned(image: str) -> bool:
    return re.fullmatch(r"[a-z/]+:\d+(\.\d+)*-[a-z-]+", image) is not None


def test_both_stages_stand_on_the_same_named_version():
    bases = [words.split()[0] for name, words in instructions() if name == "FROM"]
    assert len(bases) == 2
    assert len(set(bases)) == 1
    assert is_pinned(bases[0])


def test_it_runs_as_nobody_who_owns_the_program():
    assert int(last("USER")) > 0
    assert "--chown" not in last("COPY")


def test_it_says_how_it_is_and_keeps_what_it_writes_outside():
    assert "deploy/image/sante.py" in last("HEALTHCHECK")
    assert "/donnees" in last("VOLUME")
    assert "AM_DONNEES=/donnees" in last("ENV")


def test_what_runs_is_what_is_pinned():
    installed = [words for name, words in instructions() if name == "RUN" and "serve.txt" in words]
    assert len(installed) == 1
    assert "--require-hashes" in installed[0]
    assert not any("requirements/test" in words for _, words in instructions())


@pytest.mark.parametrize("path", [*TRAINING_INPUTS, *YAML_INPUTS, *SHIPPED])
def test_what_it_needs_is_there_and_gets_in(path):
    assert (ROOT / path).exists()
    assert not is_ignored(path)


@pytest.mark.parametrize("path", KEPT_OUT)
def test_what_is_private_does_not_get_in(path):
    assert is_ignored(path)


def test_what_is_copied_exists():
    for name, words in instructions():
        if name == "COPY" and "--from" not in words:
            *sources, _ = words.split()
            assert all((ROOT / source).exists() for source in sources)


def test_every_image_of_compose_is_pinned_and_every_root_read_only(services):
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert name in OURS or is_pinned(service["image"]), name
        assert "no-new-privileges:true" in service["security_opt"], name


def test_ours_write_where_the_program_writes(services):
    for name in OURS:
        service = services[name]
        assert "/opt/assistant-am/.cache" in service["tmpfs"]
        assert "donnees:/donnees" in service["volumes"]
        assert (COMPOSE.parent / service["build"]["context"]).resolve() == ROOT
        assert (ROOT / service["build"]["dockerfile"]).is_file()


def test_settings_of_compose_are_settings(services):
    for name in OURS:
        unknown = set(services[name]["environment"]) - set(BY_NAME)
        assert not unknown, name


def test_what_compose_names_exists(services):
    content = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            if source != "./certificats":
                assert source in content["volumes"] or (COMPOSE.parent / source).is_file()


def test_the_backup_can_read_the_server(services):
    """Debian 12 has pg_dump 15, which refuses a newer server."""
    assert "slim-bookworm" in last("FROM")
    assert services["postgres"]["image"].startswith("postgres:15")
    assert "backup" in services["quotidien"]["command"][0]


def test_a_restoration_may_write_the_model_it_brings(services):
    """`restore` puts it into models/, which is the image's."""
    assert "/opt/assistant-am/models" in services["restauration"]["tmpfs"]
    assert services["restauration"]["profiles"]


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1), (None, 1)])
def test_the_health_is_that_of_the_assistant(status, code):
    class Assistant(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/sante" else 404)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *words: object) -> None:
            pass

    port = free_port()
    server = None
    if status is not None:
        server = http.server.HTTPServer(("127.0.0.1", port), Assistant)
        threading.Thread(target=server.serve_forever, daemon=True).start()
    done = subprocess.run(
        [sys.executable, str(Path(ROOT, "deploy/image/sante.py"))],
        env={"AM_PORT": str(port)}, capture_output=True, check=False,
    )  # fmt: skip
    if server is not None:
        server.shutdown()
        server.server_close()
    assert done.returncode == code
