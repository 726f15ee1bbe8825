"""The real nginx with the file of deploy/, in front of whatever a test puts there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import requests

from assistant_am.operations.processes import free_port
from assistant_am.operations.project import HOST, Project

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
ROOT = Project.here().root


class Front:
    """The real nginx with the file of deploy/, on a free port, with a certificate of today."""

    def __init__(self, folder: Path, ports: list[int], *, more: str = "") -> None:
        """`more`: what the test adds to the block « http »."""
        self.port, self.plain_port = free_port(), free_port()
        self.url = f"https://{HOST}:{self.port}"
        self.log = folder / "acces.log"
        make_certificate(folder)
        text = (ROOT / "deploy" / "nginx" / "assistant-am.conf").read_text(encoding="utf-8")
        for before, after in {
            "    listen [::]:80 default_server;\n": "",
            "    listen [::]:443 ssl http2 default_server;\n": "",
            "    listen [::]:80;\n": "",
            "    listen [::]:443 ssl http2;\n": "",
            "listen 80": f"listen {HOST}:{self.plain_port}",
            "listen 443": f"listen {HOST}:{self.port}",
            "bot.example;": f"{HOST};",
            "/etc/letsencrypt/live/bot.example": str(folder),
            "127.0.0.1:5005": f"127.0.0.1:{ports[0]}",
            "127.0.0.1:5006": f"127.0.0.1:{ports[1]}",
            "/var/log/nginx/assistant-am.log": str(self.log),
            "/var/log/nginx/assistant-am-erreurs.log": str(folder / "erreurs.log"),
        }.items():
            assert before in text, before
            text = text.replace(before, after)
        (folder / "site.conf").write_text(text, encoding="utf-8")
        temporary = "".join(
            f"{name}_temp_path {folder}/{name};"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        main = folder / "nginx.conf"
        main.write_text(
            f"daemon off; pid {folder}/nginx.pid; error_log {folder}/debut.log crit;\n"
            f"events {{}}\nhttp {{ {temporary} {more} include {folder}/site.conf; }}\n"
        )
        subprocess.run([NGINX, "-t", "-q", "-c", str(main)], check=True)
        self.process = subprocess.Popen([NGINX, "-c", str(main)])

    def post(self, path: str, **options) -> requests.Response:
        return requests.post(self.url + path, verify=False, timeout=60, **options)

    def is_up(self) -> bool:
        try:
            return self.get("/nulle-part").status_code == 404
        except requests.ConnectionError:
            return False

    def get(self, path: str) -> requests.Response:
        return requests.get(self.url + path, verify=False, timeout=60)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


def make_certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
         "-subj", f"/CN={HOST}", "-keyout", folder / "privkey.pem",
         "-out", folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
