"""What a hospital's IT copies agrees with itself, with our settings, and with the programs that read it."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.base.settings import CHECKOUT, Settings
from app.bench.cluster.engines import main_conf, plain_site, program
from tests.faults.certificate import good_certificate

DEPLOY = CHECKOUT / "deploy"
SITE = (DEPLOY / "nginx" / "wardlight.conf").read_text()
SETTINGS = {f"WARDLIGHT_{field.name.upper()}" for field in fields(Settings)}
UNITS = sorted((DEPLOY / "systemd").glob("*.service")) + sorted((DEPLOY / "systemd").glob("*.timer"))


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((DEPLOY / "compose.yaml").read_text()))


def test_nginx_accepts_the_site_with_its_certificate(tmp_path: Path) -> None:
    _context, both = good_certificate(tmp_path)
    site = re.sub(r"/etc/wardlight/tls/\w+\.pem", str(both), SITE)
    conf = tmp_path / "nginx.conf"
    conf.write_text(main_conf(tmp_path, site))

    done = subprocess.run(
        [program("nginx"), "-t", "-p", str(tmp_path), "-c", str(conf)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_the_site_before_the_containers_differs_by_its_backends_only() -> None:
    theirs = (DEPLOY / "nginx" / "compose.conf").read_text()
    ours = SITE.replace("127.0.0.1:8001", "web1:8000").replace("127.0.0.1:8002", "web2:8000")

    assert theirs.partition("\nupstream")[2] == ours.partition("\nupstream")[2]


def test_what_the_proxy_lets_through_is_what_the_server_takes() -> None:
    assert "client_max_body_size 2m;" in SITE  # above the server's own 1 MB, so that the refusal has a sentence
    seconds = int(re.search(r"location /socket.io/ .*?proxy_read_timeout (\d+)s;", SITE, re.DOTALL)[1])  # type: ignore[index]
    assert seconds >= 75  # the server pings every 25 s and waits 20
    assert "listen 127.0.0.1:9;" in plain_site(SITE, 9, [1]) and "ssl" not in plain_site(SITE, 9, [1])


def test_the_containers_name_only_what_there_is(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert {"web1", "web2", "worker", "nginx", "postgres", "redis"} == set(services)
    for name, service in services.items():
        for other, wanted in service.get("depends_on", {}).items():
            is_ours = services[other].get("image") == "wardlight"  # the image brings its own check
            assert wanted["condition"] == "service_healthy", name
            assert is_ours or "healthcheck" in services[other], other
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            held = source in compose["volumes"] or source == "./tls" or (DEPLOY / source).exists()
            assert held, volume
    assert "HEALTHCHECK" in (DEPLOY / "Dockerfile").read_text()


def test_the_containers_run_without_root_and_with_settings_that_exist(compose: dict[str, Any]) -> None:
    for name in ("web1", "web2", "worker"):
        service = compose["services"][name]
        assert set(service["environment"]) <= SETTINGS
        assert (service["environment"]["WARDLIGHT_WORKER"], service["cap_drop"]) == ("false", ["ALL"])
    docker = (DEPLOY / "Dockerfile").read_text()
    assert "--require-hashes" in docker and "\nUSER wardlight\n" in docker
    for source in re.findall(r"^COPY (?!--from)(.+) \S+$", docker, re.MULTILINE):
        for one in source.split():
            assert (CHECKOUT / one).exists(), one


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_accepts_the_unit(unit: Path, tmp_path: Path) -> None:
    for one in UNITS:
        text = one.read_text().replace("/opt/wardlight/.venv/bin/python", sys.executable)
        (tmp_path / one.name.replace("@.", "@8001.")).write_text(text)
    copy = tmp_path / unit.name.replace("@.", "@8001.")
    if shutil.which("systemd-analyze"):
        done = subprocess.run(["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, check=False)
        assert [line for line in done.stderr.splitlines() if "wardlight" in line] == []
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read_string(unit.read_text())
    if unit.suffix == ".service":
        assert parsed["Service"]["User"] == "wardlight" and parsed["Service"]["ProtectSystem"] == "strict"


def test_the_settings_file_names_settings() -> None:
    named = re.findall(r"^#?(WARDLIGHT_\w+)=", (DEPLOY / "systemd" / "wardlight.env").read_text(), re.MULTILINE)

    assert len(named) > 5 and set(named) <= SETTINGS


def test_the_guide_names_files_that_exist() -> None:
    guide = (CHECKOUT / "docs" / "deploy.md").read_text()

    for path in set(re.findall(r"deploy/[\w./@-]+\w", guide)):
        assert (CHECKOUT / path.rstrip(".")).exists() or list(CHECKOUT.glob(f"{path}*")), path
