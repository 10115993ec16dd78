"""What runs Between for real is right in itself, as far as shows without a container engine."""

import json
import os
import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.config import Settings
from bot.store.master_key import create_master_key

TOP = Path(__file__).parents[2]
SECRETS = re.compile(r"TOKEN|PASSWORD|SECRET|ACCESS_KEY")
ROLES = {"all", "poll", "web", "worker", "clock", "sender"}
OURS = {"bot", "poll", "clock", "sender", "worker", "web"}


def _yaml(name: str) -> Any:
    return YAML(typ="safe").load((TOP / name).read_text())


def _lines(name: str) -> list[str]:
    """Instructions, continued lines joined, comments left out."""
    lines = (TOP / name).read_text().replace("\\\n", " ").splitlines()
    return [re.sub(r"\s+", " ", each) for each in lines if each and not each.startswith("#")]


def _pins(name: str) -> dict[str, set[str]]:
    """Package and version, with all hashes it may have."""
    found: dict[str, set[str]] = {}
    for each in (TOP / name).read_text().replace("\\\n", " ").splitlines():
        pin, *hashes = each.split()
        found[pin] = {one.removeprefix("--hash=") for one in hashes if one.startswith("--hash=")}
    return found


# The image


def test_the_image_holds_only_what_is_locked() -> None:
    """Everything that is installed is held to a hash of requirements.lock, uv too."""
    lock, run = _pins("requirements.lock"), _pins("requirements.run.lock")
    assert run.keys() < lock.keys()
    assert all(hashes and hashes == lock[pin] for pin, hashes in run.items())
    installs = [line for line in _lines("Dockerfile") if "pip install" in line]
    assert len(installs) == 2
    assert all("--require-hashes" in line for line in installs)
    names = {re.split(r"[=\[;]", pin)[0] for pin in run}
    assert {"sqlmodel", "prometheus-client", "psycopg-binary"} <= names
    assert not {"pytest", "playwright", "mypy", "uv"} & names


def test_uv_is_cut_out_of_the_lock_as_the_image_does_it(tmp_path: Path) -> None:
    """The one line of shell that finds uv and its hashes."""
    found = re.search(r"sed -n '[^']+' requirements\.lock", (TOP / "Dockerfile").read_text())
    assert found is not None
    cut = subprocess.run(found[0], shell=True, cwd=TOP, capture_output=True, text=True, check=True)
    (tmp_path / "uv.lock").write_text(cut.stdout)
    lines = cut.stdout.replace("\\\n", " ").splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("uv==")
    assert lines[0].count("--hash=sha256:") > 5


def test_the_image_runs_as_nobody_with_a_health_check_and_without_secrets() -> None:
    """No root, no shell between, no secret, no address of any package host."""
    lines = _lines("Dockerfile")
    last = lines[max(n for n, line in enumerate(lines) if line.startswith("FROM")) :]
    assert "USER 10001" in last
    assert any(line.startswith("HEALTHCHECK") and "/healthz" in line for line in last)
    assert any(line.startswith("ENTRYPOINT [") for line in last)
    assert not any(line.startswith(("ADD", "ARG")) for line in lines)
    for line in (each for each in lines if each.startswith("ENV")):
        assert not SECRETS.search(line), line
    addresses = re.findall(r"https?://([^/:' ]+)", (TOP / "Dockerfile").read_text())
    assert set(addresses) == {"127.0.0.1"}


def test_the_image_copies_only_what_is_named() -> None:
    """And .dockerignore lets exactly that in, so that no .env, key or database can slip in."""
    copied = {
        word
        for line in _lines("Dockerfile")
        if line.startswith("COPY") and "--from" not in line
        for word in line.split()[1:-1]
    }
    ignored = (TOP / ".dockerignore").read_text().splitlines()
    assert ignored[1] == "*"
    assert {line[1:] for line in ignored if line.startswith("!")} == copied
    assert all((TOP / each).exists() for each in copied)
    assert {"**/.env*", "**/*.key", "**/*.db", "**/tombstones"} <= set(ignored)


def test_the_command_of_the_image_hands_its_words_on() -> None:
    """`between` is there as in docs/operating.md, from any folder and with words as they are."""
    made = re.search(r"printf '([^']+)' > /usr/local/bin/between", " ".join(_lines("Dockerfile")))
    assert made is not None
    script = made[1].replace(r"\n", "\n").replace("/opt/between/bin/python", sys.executable)
    script = script.replace("/app", str(TOP)).partition("\n")[2]
    said = subprocess.run(
        ["sh", "-c", script, "between", "exercises", "show", "two words"],
        cwd="/", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "two words" in said.stdout + said.stderr


def test_every_volume_of_compose_is_a_folder_of_the_image_that_the_bot_may_write() -> None:
    """A volume takes its owner from the image: without the folder it would be root's."""
    lines = _lines("Dockerfile")
    made = next(line for line in lines if "install -d -o between" in line).partition("install")[2]
    volumes = json.loads(next(line for line in lines if line.startswith("VOLUME"))[7:])
    assert set(re.findall(r"/[a-z]+", made)) == set(volumes)
    for name in OURS:
        mounted = _yaml("compose.yaml")["services"][name]["volumes"]
        assert {each.partition(":")[2] for each in mounted} == set(volumes)


WATCHED = """
import os, sys, runpy
def hook(event, about):
    if event == "open" and isinstance(about[0], (str, bytes)) and about[2] is not None:
        if about[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            print("WROTE", os.path.abspath(os.fsdecode(about[0])), file=sys.stderr)
    if event == "os.mkdir":
        print("WROTE", os.path.abspath(os.fsdecode(about[0])), file=sys.stderr)
sys.addaudithook(hook)
runpy.run_module("bot", run_name="__main__", alter_sys=True)
"""


@pytest.mark.long
def test_nothing_is_written_outside_the_volumes(tmp_path: Path) -> None:
    """So a read-only root file system is enough: set up, upgraded, looked at, backed up."""
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(TOP),
        "PYTHONDONTWRITEBYTECODE": "1",
        "DATA_DIR": str(tmp_path / "data"),
        "MASTER_KEY_FILE": str(tmp_path / "keys" / "master.key"),
        "TOMBSTONES_FILE": str(tmp_path / "lists" / "tombstones"),
    }
    for words in (["init"], ["db", "forget-again"], ["backup", "--to", str(tmp_path / "data/b")]):
        done = subprocess.run(
            [sys.executable, "-c", WATCHED, *words],
            cwd=TOP, env=env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        wrote = {line[6:] for line in done.stderr.splitlines() if line.startswith("WROTE ")}
        allowed = (str(tmp_path), "/tmp/", "/dev/")
        assert not {each for each in wrote if not each.startswith(allowed)}
    assert wrote


# compose.yaml


def test_compose_has_one_service_on_sqlite_and_several_on_postgresql() -> None:
    """With two workers, a database, and every role that is needed."""
    services = _yaml("compose.yaml")["services"]
    by = {
        profile: {name for name, each in services.items() if profile in each["profiles"]}
        for profile in ("sqlite", "postgres")
    }
    assert by == {"sqlite": {"bot"}, "postgres": {"db", *OURS} - {"bot"}}
    assert services["worker"]["deploy"]["replicas"] == 2
    asked = {each["command"][-1] for name, each in services.items() if name in OURS - {"bot"}}
    assert asked == ROLES - {"all"}


@pytest.mark.parametrize("name", sorted(OURS))
def test_each_of_our_services_is_shut_in(name: str) -> None:
    """Read-only, without rights, ended gently, and set up by settings that exist."""
    made = _yaml("compose.yaml")
    service = made["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["user"] == "10001"
    assert int(service["stop_grace_period"].rstrip("s")) >= 20
    assert {each.lower() for each in service["environment"]} <= Settings.model_fields.keys()
    assert {each.partition(":")[0] for each in service["volumes"]} <= made["volumes"].keys()
    assert set(service["networks"]) <= made["networks"].keys()
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    on_volumes = {each.partition(":")[2] for each in service["volumes"]}
    for setting in ("DATA_DIR", "MASTER_KEY_FILE", "TOMBSTONES_FILE"):
        assert "/" + service["environment"][setting].split("/")[1] in on_volumes


def test_the_database_of_compose_is_reached_from_inside_only() -> None:
    """No port, an inner network, and no password in the file."""
    made = _yaml("compose.yaml")
    assert "ports" not in made["services"]["db"]
    assert made["services"]["db"]["networks"] == ["inside"]
    assert made["networks"]["inside"]["internal"] is True
    for service in made["services"].values():
        for setting, value in service.get("environment", {}).items():
            if SECRETS.search(setting):
                assert str(value).startswith("${")


# systemd


def _unit(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in _lines(f"deploy/{name}.service"):
        key, equals, value = line.partition("=")
        if equals:
            found.setdefault(key, []).append(value)
    return found


HARD = (
    *("ProtectHome", "PrivateTmp", "PrivateDevices", "ProtectHostname", "ProtectClock"),
    *("ProtectKernelTunables", "ProtectKernelModules", "ProtectKernelLogs"),
    *("ProtectControlGroups", "RestrictNamespaces", "RestrictRealtime", "RestrictSUIDSGID"),
    *("LockPersonality", "MemoryDenyWriteExecute", "NoNewPrivileges"),
)


@pytest.mark.parametrize("name", ["between", "between-watch"])
def test_the_unit_is_hardened(name: str) -> None:
    """Line by line, also where no systemd is."""
    unit = _unit(name)
    assert all(unit[each] == ["yes"] for each in HARD)
    assert unit["User"] == ["between"]
    assert unit["ProtectSystem"] == ["strict"]
    assert unit["CapabilityBoundingSet"] == [""]
    assert unit["UMask"] == ["0077"]
    assert unit["StateDirectoryMode"] == ["0700"]
    assert unit["SystemCallFilter"] == ["@system-service", "~@privileged @resources @obsolete"]
    assert unit["RestrictAddressFamilies"] == ["AF_INET AF_INET6 AF_UNIX"]
    pairs = " ".join(unit["Environment"]).split()
    assert {pair.partition("=")[0].lower() for pair in pairs} <= Settings.model_fields.keys()
    assert not any(SECRETS.search(pair) for pair in pairs)


def test_the_unit_hands_over_secrets_as_credentials() -> None:
    """The token and the keys, in memory, for this service alone; it is asked to stop gently."""
    unit = _unit("between")
    assert unit["LoadCredential"] == ["bot_token:/etc/between/bot_token", "keys:/etc/between/keys"]
    assert "MASTER_KEY_FILE=%d/keys_master.key" in unit["Environment"]
    assert unit["KillSignal"] == ["SIGTERM"]
    assert unit["LimitCORE"] == ["0"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
@pytest.mark.parametrize("name", ["between", "between-watch"])
def test_systemd_finds_little_exposed(name: str) -> None:
    """systemd's own figure: 0 is shut in, 10 is open; below 2 is called OK."""
    command = ["systemd-analyze", "security", "--offline=true", str(TOP / f"deploy/{name}.service")]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = re.search(r"exposure level for .*: ([0-9.]+)", told)
    assert found is not None, told
    assert float(found[1]) < 2.0


def test_a_credential_is_read_and_its_rights_are_left_to_systemd(tmp_path: Path) -> None:
    """systemd shows it as readable by a group; anywhere else such a key is refused."""
    (tmp_path / "bot_token").write_text("42:FROM-A-FILE\n")
    key = tmp_path / "keys_master.key"
    create_master_key(key)
    key.chmod(0o440)
    script = (
        "from bot.config import Settings; from bot.store.master_key import load_master_key as load;"
        "s = Settings(); print(s.bot_token.get_secret_value(), load(s.master_key_file).version)"
    )
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(TOP), "MASTER_KEY_FILE": str(key)}
    env["BOT_TOKEN"] = ""  # as it stands in .env.example
    run = partial(subprocess.run, [sys.executable, "-c", script], cwd=tmp_path, text=True)
    ends = [
        run(env=env | more, capture_output=True, check=False)
        for more in ({"CREDENTIALS_DIRECTORY": str(tmp_path)}, {})
    ]
    assert ends[0].stdout.strip() == "42:FROM-A-FILE 1", ends[0].stderr
    assert "chmod 600" in ends[1].stderr


def test_the_settings_file_of_the_unit_leaves_its_places_alone() -> None:
    """systemd lets that file win over the unit, so what the unit says must not be in it."""
    unit = (TOP / "deploy" / "between.service").read_text()
    found = re.search(r"sed -E '([^']+)'", unit)
    assert found is not None
    command = ["sed", "-E", found[1], str(TOP / ".env.example")]
    left = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    names = {line.partition("=")[0] for line in left.splitlines() if "=" in line and line[0] != "#"}
    said = {pair.split("=")[0] for pair in " ".join(_unit("between")["Environment"]).split()}
    assert not names & {*said, "BOT_TOKEN"}
    assert {"ZONE", "SMTP_HOST", "ALARM_EMAIL"} <= names


def test_the_command_sees_what_the_unit_sees(tmp_path: Path) -> None:
    """The wrapper names the same places, and hands its words on as they are."""
    text = (TOP / "deploy" / "between").read_text()
    stand_in = tmp_path / "between"
    stand_in.write_text('#!/bin/sh\necho "$DATA_DIR $TOMBSTONES_FILE $ZONE"; echo "$#: $2"\n')
    stand_in.chmod(0o755)
    (tmp_path / "between.env").write_text("ZONE=Europe/Madrid\n")
    script = tmp_path / "wrapper"
    script.write_text(text.replace("/etc/between/between.env", str(tmp_path / "between.env")))
    said = subprocess.run(
        ["sh", str(script), "backup", "a file"], env={"BETWEEN": str(stand_in)},
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    unit = dict(pair.split("=") for pair in " ".join(_unit("between")["Environment"]).split())
    assert said == [f"{unit['DATA_DIR']} {unit['TOMBSTONES_FILE']} Europe/Madrid", "2: a file"]
    assert f"MASTER_KEY_FILE=/etc/between/keys/{unit['MASTER_KEY_FILE'][8:]}\n" in text


def test_the_command_works_from_a_folder_that_is_closed_to_it(tmp_path: Path) -> None:
    """`sudo -u between between doctor`, typed in root's own folder: Python ended there at once,
    as it may not even ask whether there is a .env."""
    (tmp_path / "home").mkdir()
    (tmp_path / "between.env").write_text("ZONE=Europe/Madrid\n")
    stand_in = tmp_path / "between"
    stand_in.write_text("#!/bin/sh\npwd\n")
    stand_in.chmod(0o755)
    text = (TOP / "deploy" / "between").read_text()
    for path, here in (("/etc/between/", f"{tmp_path}/"), ("cd /var/lib/between", "cd ../home")):
        text = text.replace(path, here)
    closed = tmp_path / "closed"
    closed.mkdir()
    # Root may enter any folder, and so may these tests where they are root: `[` says what it does
    # of a folder that is closed.
    script = text.replace("[ -x . ]", '[ "$CLOSED" = no ]')
    assert script != text
    for is_closed, where in (("yes", tmp_path / "home"), ("no", closed)):
        said = subprocess.run(
            ["sh", "-c", script], env={"BETWEEN": str(stand_in), "CLOSED": is_closed}, cwd=closed,
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        assert said == f"{where}\n"


def test_the_command_reads_its_settings_and_runs_none_of_them(tmp_path: Path) -> None:
    """A password with $ and &, an address with < and >: systemd takes them as they are, so the
    wrapper does too, where a shell stopped at them."""
    stand_in = tmp_path / "between"
    stand_in.write_text('#!/bin/sh\necho "$SMTP_PASSWORD"; echo "$SMTP_FROM"; echo "$SMTP_USER"\n')
    stand_in.chmod(0o755)
    lines = (
        *("# a remark with $(false)", "SMTP_PASSWORD=a$b&c #d`e", "", 'SMTP_USER="two words"'),
        "SMTP_FROM=Between <between@example.org>",
    )
    (tmp_path / "between.env").write_text("\n".join(lines))
    script = tmp_path / "wrapper"
    text = (TOP / "deploy" / "between").read_text()
    script.write_text(text.replace("/etc/between/between.env", str(tmp_path / "between.env")))
    said = subprocess.run(
        ["sh", str(script), "doctor"], env={"BETWEEN": str(stand_in)},
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    assert said == ["a$b&c #d`e", "Between <between@example.org>", "two words"]


def test_whatever_is_enabled_was_put_where_systemd_looks_for_it() -> None:
    """The lines to type stand at the top of the unit; typed as they are they must work."""
    top = (TOP / "deploy" / "between.service").read_text()
    (installed,) = re.findall(r"install -m 644 (.*) /etc/systemd/system/\n", top)
    enabled = re.search(r"systemctl enable --now (.*)\n", top)
    assert enabled is not None
    assert installed.split() == [f"deploy/{each}.service" for each in enabled[1].split()]
    assert all((TOP / each).exists() for each in installed.split())


# Litestream


def test_litestream_copies_the_database_and_nothing_else() -> None:
    """The one the unit uses; its credentials come from outside; kept a week at most."""
    made = _yaml("deploy/litestream.yml")
    (database,) = made["dbs"]
    data = next(e for e in _unit("between")["Environment"] if e.startswith("DATA_DIR="))
    assert database["path"] == f"{data.partition('=')[2]}/between.db"
    replica = database["replica"]
    for setting in ("access-key-id", "secret-access-key", "bucket", "endpoint"):
        assert replica[setting].startswith("${LITESTREAM_")


def test_litestream_is_told_how_long_to_keep_copies_where_it_reads_it() -> None:
    """Since 0.5 below `snapshot` at the top: below a replica it is passed over without a word."""
    made = _yaml("deploy/litestream.yml")
    assert made.keys() == {"snapshot", "dbs"}
    assert made["snapshot"] == {"interval": "24h", "retention": "168h"}
    (database,) = made["dbs"]
    assert database.keys() == {"path", "replica"}
    dropped = {"snapshot-interval", "retention", "retention-check-interval", "validation-interval"}
    assert not dropped & database["replica"].keys()
