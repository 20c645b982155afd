"""What operators copy from deploy/ fits the code: commands, variables, ports, paths, names of files."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands, load_command_class

from cms.settings.environment import VARIABLES
from deploy.local import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
TIMERS = sorted((DEPLOY / "systemd").glob("*.timer"))
NGINX = sorted((DEPLOY / "nginx").glob("*.conf"))
CONTAINERFILE = (DEPLOY / "container/Containerfile").read_text()
COMPOSE = yaml.safe_load((DEPLOY / "container/compose.yaml").read_text())
PAGES = [*sorted((ROOT / "docs/operator").glob("*.md")), *sorted((DEPLOY / "systemd").glob("*.example"))]
# Not ours, but those of the programs that read them.
FOREIGN = {
    "DJANGO_SETTINGS_MODULE", "WEB_CONCURRENCY", "WEB_BIND", "PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE",
    "PIP_NO_CACHE_DIR", "PIP_DISABLE_PIP_VERSION_CHECK", "NODE_ENV", "HOST", "PORT", "CMS_API_URL", "CMS_ORIGIN",
    "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD_FILE",
}  # fmt: skip


def section(unit: Path, name: str) -> list[tuple[str, str]]:
    """The lines of a section; a unit may say a thing twice."""
    text = unit.read_text().split(f"[{name}]\n", 1)[1].split("\n[", 1)[0]
    return [(key, value) for key, _, value in (line.partition("=") for line in text.splitlines() if "=" in line)]


def commands_of_django() -> list[tuple[str, list[str]]]:
    """Every `manage.py …` in the deploy files and the operators' pages, with its arguments."""
    found = []
    for path in [*UNITS, *PAGES, DEPLOY / "container/Containerfile", DEPLOY / "container/compose.yaml"]:
        # Compose writes a command as a list.
        text = re.sub(
            r"\[python, manage\.py, ([^\]]*)\]",
            lambda match: f"manage.py {match[1].replace(',', '')}",
            path.read_text(),
        )
        for line in re.findall(r"manage\.py ([a-z_]+\b(?!\.)(?:[ \t]+[^\s`;|&)\"]+)*)", text):
            name, *arguments = line.replace("'", "").split()
            found.append((f"{path.name}: {name}", [name, *arguments]))
    return found


@pytest.mark.parametrize(("where", "words"), commands_of_django())
def test_every_command_exists_and_takes_its_options(where, words):
    name, *arguments = words
    command = load_command_class(get_commands()[name], name)
    known = {option for action in command.create_parser("manage.py", name)._actions for option in action.option_strings}
    assert [each for each in arguments if each.startswith("-") and each.partition("=")[0] not in known] == []


def test_the_files_call_on_what_is_there():
    for unit in UNITS:
        for key, value in section(unit, "Service"):
            if key == "ExecStart":
                for module in re.findall(r"-m ([\w.]+)", value):
                    assert importlib.util.find_spec(module), f"{unit.name}: {module}"
                for file in re.findall(r"(?:--config |python )([\w./]+\.py)", value):
                    assert (ROOT / file).exists(), f"{unit.name}: {file}"
    for sources in re.findall(r"^COPY (?!--from)(.*) \S+$", CONTAINERFILE, re.M):
        assert [source for source in sources.split() if not (ROOT / source).exists()] == []


def test_every_timer_has_its_service():
    assert {timer.stem for timer in TIMERS} <= {unit.stem for unit in UNITS}
    for timer in TIMERS:
        assert dict(section(timer, "Timer"))["OnCalendar"]
        assert dict(section(UNITS[[unit.stem for unit in UNITS].index(timer.stem)], "Service"))["Type"] == "oneshot"


def test_every_unit_is_as_confined_as_the_others():
    wanted = {"ProtectSystem", "NoNewPrivileges", "CapabilityBoundingSet", "PrivateTmp", "User", "UMask"}
    for unit in UNITS:
        assert wanted <= dict(section(unit, "Service")).keys(), unit.name


def test_every_variable_is_one_that_something_reads():
    named = set(re.findall(r"^([A-Z_]+)=", (DEPLOY / "systemd/cms.env.example").read_text(), re.M))
    for unit in UNITS:
        for key, value in section(unit, "Service"):
            if key == "Environment":
                named |= set(re.findall(r"([A-Z_]+)=", value))
    named |= set(re.findall(r"\b([A-Z][A-Z_]+)=", CONTAINERFILE))
    for service in COMPOSE["services"].values():
        named |= set(service.get("environment", {}))
    arguments = set(re.findall(r"^ARG ([A-Z]+)=", CONTAINERFILE, re.M))
    assert named - FOREIGN - arguments - VARIABLES.keys() == set()


def test_the_example_environment_names_what_must_be_set():
    text = (DEPLOY / "systemd/cms.env.example").read_text()
    assert [name for name, known in VARIABLES.items() if known.default is None and f"\n{name}=" not in text] == []


def test_data_lives_where_the_units_and_the_image_may_write():
    example = dict(re.findall(r"^([A-Z_]+)=(.*)$", (DEPLOY / "systemd/cms.env.example").read_text(), re.M))
    image = dict(re.findall(r"\b([A-Z_]+)=(\S+)", CONTAINERFILE))
    for name in ("MEDIA_ROOT", "DOCUMENT_ROOT", "MAINTENANCE_FILE"):
        assert example[name].startswith("/var/lib/veiligheidsnetwerk/")
        assert image[name].startswith("/srv/data/")


def test_ports_are_the_same_everywhere(monkeypatch):
    monkeypatch.delenv("WEB_BIND", raising=False)
    settings: dict = {}
    exec((DEPLOY / "gunicorn_conf.py").read_text(), settings)  # noqa: S102
    web = settings["bind"]
    frontend = re.search(r"HOST=(\S+) PORT=(\d+)", (DEPLOY / "systemd/veiligheidsnetwerk-frontend.service").read_text())
    assert frontend
    shapes = {path.name: set(re.findall(r"server ([\d.]+:\d+);", path.read_text())) for path in NGINX}
    assert shapes == {"django.conf": {web}, "frontend.conf": {web, ":".join(frontend.groups())}, "proxy.conf": set()}
    assert COMPOSE["services"]["web"]["ports"] == [f"{web}:{web.rpartition(':')[2]}"]
    assert f"EXPOSE {web.rpartition(':')[2]}\n" in CONTAINERFILE
    assert f"EXPOSE {frontend[2]}\n" in CONTAINERFILE


def test_a_thread_never_waits_for_a_connection(monkeypatch):
    monkeypatch.setenv("DATABASE_POOL_SIZE", "5")
    settings: dict = {}
    exec((DEPLOY / "gunicorn_conf.py").read_text(), settings)  # noqa: S102
    assert settings["threads"] == 5


def test_gunicorn_takes_its_settings():
    options = ["--config", "deploy/gunicorn_conf.py", "--check-config"]
    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", "wsgiref.simple_server:demo_app", *options],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_the_proxy_never_passes_on_what_a_reader_says_of_himself():
    proxy = (DEPLOY / "nginx/proxy.conf").read_text()
    for header, value in (("X-Forwarded-Proto", "$scheme"), ("X-Forwarded-For", "$remote_addr")):
        assert f"proxy_set_header {header} {value};" in proxy
    # An `add_header` or `proxy_set_header` in a location would drop all of those above it.
    assert "proxy_set_header" not in "".join(path.read_text() for path in NGINX if path.name != "proxy.conf")


def test_nothing_of_the_data_goes_into_an_image():
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in ignored
    assert not {"!media", "!media-documents", "!.local", "!.git"} & set(ignored)
    assert "USER 10001" in CONTAINERFILE
    assert CONTAINERFILE.count("\nUSER ") == 2


def test_the_images_are_named_without_a_registry():
    images = [*re.findall(r"^ARG \w+=(\S+)", CONTAINERFILE, re.M), COMPOSE["services"]["database"]["image"]]
    assert [image for image in images if "/" in image] == []


def test_every_service_of_the_site_is_read_only_and_without_privileges():
    for name, service in COMPOSE["services"].items():
        if name != "database":
            assert service["read_only"], name
            assert service["cap_drop"] == ["ALL"], name


def test_production_sends_readers_to_https_but_not_the_frontend():
    """The frontend says that its readers use https; probes are answered whatever they say."""
    program = """
import django, json; django.setup()
from django.test import Client
ask = lambda path, **headers: Client(headers={"host": "127.0.0.1", **headers}).get(path).status_code
https = {"x-forwarded-proto": "https"}
print(json.dumps([ask("/api/v1/openapi.json"), ask("/api/v1/openapi.json", **https), ask("/status/leeft")]))
"""
    values = {
        "DJANGO_SETTINGS_MODULE": "cms.settings.production", "TRUSTED_PROXY": "1", "ALLOWED_HOSTS": "127.0.0.1",
        "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789-abcdefghijklmnopqrstuvwxyz",
        "SITE_URL": "https://www.voorbeeld.example", "DATABASE_URL": "postgres://127.0.0.1:1/none",
    }  # fmt: skip
    kept = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=kept | values, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [301, 200, 200]
