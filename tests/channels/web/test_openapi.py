"""The description of the channel, held against the running channel by a fuzzer."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest

# Rasa needs an old jsonschema: the fuzzer lives in an environment of its own.
TOOL = ("tool", "run", "schemathesis==4.30.1")
# A session made up by the fuzzer is refused, and text is only ever a part of what decides.
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_headers_conformance,response_schema_conformance,negative_data_rejection,"
    "unsupported_method,allow_header_conformance"
)
# 413 is not among the refusals that the fuzzer knows.
CONFIGURATION = """
[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 413, 415, 429]
"""

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def fuzzer(pytestconfig):
    """The command, or a reason to leave this test out."""
    root = pytestconfig.rootpath
    for uv in (str(root / ".outils" / "bin" / "uv"), shutil.which("uv")):
        if uv:
            command = (uv, *TOOL)
            try:
                found = subprocess.run(
                    (*command, "--version"),
                    cwd=root,
                    capture_output=True,
                    text=True,
                    timeout=180,
                    check=False,
                )
            except (OSError, subprocess.TimeoutExpired):
                continue
            if found.returncode == 0:
                return command
    pytest.skip("schemathesis ne s'installe pas ici (uv absent, ou pas d'accès au registre)")


def described(served):
    """The description, with a session and an answer that exist, so that the fuzzer gets further."""
    description = served.get("/openapi.json").json()
    session = served.session()
    reply = served.say("bonjour", session).json()["reponse"]
    schemas = description["components"]["schemas"]
    for name in ("MessageTexte", "MessageBouton"):
        schemas[name]["properties"]["session"] = {"type": "string", "enum": [session]}
    charges = [button["charge"] for button in reply["boutons"]]
    schemas["MessageBouton"]["properties"]["charge"] = {"type": "string", "enum": charges}
    for path in ("avis", "effacer"):
        body = description["paths"][f"/webhooks/web/{path}"]["post"]["requestBody"]
        properties = body["content"]["application/json"]["schema"]["properties"]
        properties["session"] = {"type": "string", "enum": [session]}
        if "reference" in properties:
            properties["reference"] = {"type": "string", "enum": [reply["reference"]]}
    return description


def test_the_channel_does_what_its_description_says(fuzzer, served, tmp_path, pytestconfig):
    schema = tmp_path / "openapi.json"
    schema.write_text(json.dumps(described(served)), encoding="utf-8")
    configuration = tmp_path / "schemathesis.toml"
    configuration.write_text(CONFIGURATION, encoding="utf-8")
    command = (
        *fuzzer, "--config-file", str(configuration), "run", str(schema),
        "--url", served.url, "--checks", CHECKS,
        "--phases", "examples,coverage,fuzzing", "--max-examples", "25", "--seed", "1",
        "--exclude-path", "/sante", "--no-color", "--suppress-health-check", "all",
    )  # fmt: skip
    run = subprocess.run(
        command,
        # It writes where it stands; a « uv » of pyenv looks for its version in the project.
        cwd=tmp_path,
        env={**os.environ, "PYENV_DIR": str(pytestconfig.rootpath)},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
