"""What of the containers can be checked without an engine."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[3]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
SETTINGS = (ROOT / "deliberation" / "project" / "settings.py").read_text()
OURS = ["web", "worker", "sealer", "scheduler"]


@pytest.mark.parametrize("service", ["postgres", "redis", "relay", *OURS])
def test_every_service_is_there_with_a_health_check(service):
    assert COMPOSE["services"][service]["healthcheck"]["test"]


def test_redis_evicts_nothing():
    command = COMPOSE["services"]["redis"]["command"]
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"


@pytest.mark.parametrize("service", OURS)
def test_every_variable_is_a_setting_and_no_secret_stands_in_the_file(service):
    for name, value in COMPOSE["services"][service]["environment"].items():
        assert f'"{name}"' in SETTINGS
        if any(word in name for word in ("SECRET", "KEY", "PASSWORD", "URL")):
            assert "${" in value
    for service_ in ("postgres", "redis"):
        for name, value in COMPOSE["services"][service_]["environment"].items():
            assert "PASSWORD" not in name or value.startswith("${")


def test_what_has_to_be_secret_has_no_default():
    text = (ROOT / "docker-compose.yml").read_text()
    for name in ("SECRET_KEY", "RECORD_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD"):
        assert set(re.findall(rf"\$\{{{name}(:.)", text)) == {":?"}


def test_the_worker_takes_every_queue_the_settings_name():
    command = COMPOSE["services"]["worker"]["command"]
    queues = command[command.index("-Q") + 1].split(",")
    assert set(re.findall(r'"queue": "(\w+)"', SETTINGS)) | {"celery"} <= set(queues)


def test_the_image_copies_what_is_there_and_does_not_run_as_root():
    for source in re.findall(r"^COPY (\S+) ", DOCKERFILE, re.MULTILINE):
        assert (ROOT / source).exists(), source
    assert re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE) == ["groundwork"]
    for app in ("elicitation", "deliberation", "templates", "static"):
        assert f"COPY {app} " in DOCKERFILE


def test_the_services_start_what_the_project_has():
    for service in OURS:
        command = " ".join(COMPOSE["services"][service]["command"])
        assert "deliberation.project.wsgi" in command or "-A deliberation" in command


def test_the_key_of_the_record_is_given_to_those_alone_who_seal():
    with_key = [s for s in OURS if "RECORD_KEY" in COMPOSE["services"][s]["environment"]]
    assert with_key == ["worker", "sealer"]
