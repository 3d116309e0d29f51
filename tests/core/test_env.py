"""The environment is read once; wrong values stop the start and are named."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.env import Env, database


def faults(read, **values) -> str:
    env = Env(values)
    read(env)
    with pytest.raises(ImproperlyConfigured) as raised:
        env.check()
    return str(raised.value)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("many", lambda env: env.int("THING", 1)),
        ("perhaps", lambda env: env.bool("THING")),
        ("LOUD", lambda env: env.choice("THING", "INFO", ["INFO", "DEBUG"])),
        ("mysql://x/y", lambda env: env.url("THING", "sqlite:///x", ["sqlite", "postgres"])),
        ("postgres://host:port/x", lambda env: env.url("THING", "sqlite:///x", ["sqlite", "postgres"])),
        ("  ", lambda env: env.require("THING", "when the moon is full")),
    ],
)
def test_a_wrong_value_names_its_variable(value, read):
    assert "THING: " in faults(read, THING=value)


def test_all_faults_are_told_together():
    def read(env):
        env.int("ONE", 1)
        env.bool("TWO")
        env.require("THREE", "always")

    told = faults(read, ONE="x", TWO="x")
    assert all(f"{name}: " in told for name in ("ONE", "TWO", "THREE"))


@pytest.mark.parametrize(
    "value", ["postgress://user:geheim@host/x", "postgres://user:geheim", "postgres://u:geheim@h:x/y"]
)
def test_a_password_in_a_wrong_value_is_not_printed(value):
    assert "geheim" not in faults(lambda env: env.url("DATABASE_URL", "sqlite:///x", ["postgres"]), DATABASE_URL=value)


def test_right_values_are_read_and_missing_ones_have_their_default(tmp_path):
    env = Env({"PORT": " 9000 ", "DEBUG": "Yes", "HOSTS": "a, b,,", "EMPTY": ""})
    assert (env.int("PORT", 1), env.bool("DEBUG"), env.list("HOSTS")) == (9000, True, ["a", "b"])
    assert (env.int("EMPTY", 5), env.bool("GONE", default=True), env.str("GONE", "x")) == (5, True, "x")
    env.check()


def test_a_key_is_made_once_and_kept_for_its_owner_alone(tmp_path):
    folder = tmp_path / "keys"
    first = Env({}).key("SECRET_KEY", folder)
    assert len(first) > 50
    assert Env({}).key("SECRET_KEY", folder) == first
    assert Env({"SECRET_KEY": "given"}).key("SECRET_KEY", folder) == "given"
    assert [(file.name, file.stat().st_mode & 0o777) for file in folder.iterdir()] == [("secret_key", 0o600)]


def test_processes_that_start_together_read_the_same_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _number: Env({}).key("LINK_KEYS", tmp_path), range(32)))
    assert len(keys) == 1
    assert keys != {""}


def test_database_addresses_are_taken_apart():
    url = Env({"D": "postgres://us%40er:p%2Fw@db:5433/portal"}).url("D", "", ["postgres"])
    found = database(url)
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "us@er", "p/w", "db", "5433", "portal",
    )  # fmt: skip
    assert database(Env({"D": "sqlite:///data/x.sqlite3"}).url("D", "", ["sqlite"]))["NAME"] == "/data/x.sqlite3"
