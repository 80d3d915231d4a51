"""Settings: every wrong value is named, all at once; production refuses what is unsafe."""

from pathlib import Path

import pytest

from tests.client import PortalClient
from tests.conftest import SECRET, settings_for_tests
from web.factory import create_app
from web.settings import ROOT, Settings, SettingsError, as_markdown, load_settings, variable

GOOD = {
    "_env_file": None,
    "environment": "production",
    "secret_key": SECRET,
    "audit_key": SECRET[::-1],
    "site_url": "https://charter.example.org",
    "mail_server": "smtp.example.org",
    "mail_from": "portal@example.org",
}


@pytest.fixture(autouse=True)
def no_environment(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)


def problems(**values):
    with pytest.raises(SettingsError) as caught:
        load_settings(**{**GOOD, **values})
    for problem in caught.value.problems:
        assert problem in str(caught.value)
    return caught.value.problems


def test_good_settings_for_production_are_taken():
    assert load_settings(**GOOD).production


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "environment",
            "live",
            "PORTAL_ENVIRONMENT must be 'production', 'development' or 'test'.",
        ),
        ("example", "perhaps", "PORTAL_EXAMPLE must be true or false."),
        ("trusted_proxies", "one", "PORTAL_TRUSTED_PROXIES must be a whole number."),
        ("trusted_proxies", "9", "PORTAL_TRUSTED_PROXIES must be less than or equal to 5."),
        ("max_body_mb", "0", "PORTAL_MAX_BODY_MB must be greater than or equal to 1."),
        ("mail_port", "70000", "PORTAL_MAIL_PORT must be less than or equal to 65535."),
        ("mail_security", "ssl", "PORTAL_MAIL_SECURITY must be 'starttls', 'tls' or 'none'."),
        ("attempts_per_hour", "2", "PORTAL_ATTEMPTS_PER_HOUR must be greater than or equal to 3."),
        ("log_level", "debug", "PORTAL_LOG_LEVEL must be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'."),
        (
            "DATABASE_URL",
            "mysql://x",
            "DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://.",
        ),
        ("site_url", "charter.example.org", "PORTAL_SITE_URL must be like https://"),
        ("site_url", "https://x.example.org/", "PORTAL_SITE_URL must be like https://"),
        ("site_url", "https://", "PORTAL_SITE_URL must be like https://"),
        ("site_url", "https://[", "PORTAL_SITE_URL must be like https://"),
        ("mail_from", "nobody", "PORTAL_MAIL_FROM must be an e-mail address"),
        ("mail_ca_file", "/nowhere.pem", "PORTAL_MAIL_CA_FILE names /nowhere.pem"),
        ("files", "ftp://x", "PORTAL_FILES must be a folder, or like s3://bucket/prefix."),
        ("files", "s3://", "PORTAL_FILES must be a folder, or like s3://bucket/prefix."),
        ("files_endpoint", "s3.example.org", "PORTAL_FILES_ENDPOINT must begin with https://"),
        ("clamd", "localhost", "PORTAL_CLAMD must be a socket's path that begins with /"),
        ("max_file_mb", "0", "PORTAL_MAX_FILE_MB must be greater than or equal to 1."),
        ("clock_shift_days", "3", "PORTAL_CLOCK_SHIFT_DAYS works only with PORTAL_EXAMPLE=true."),
        # Unsafe in production
        ("example", "true", "PORTAL_EXAMPLE must not be on in production"),
        ("secret_key", "short", "PORTAL_SECRET_KEY must be a secret of your own"),
        ("audit_key", "short", "PORTAL_AUDIT_KEY must be a secret of your own"),
        ("audit_key", SECRET, "PORTAL_AUDIT_KEY must differ from PORTAL_SECRET_KEY."),
        ("site_url", "http://charter.example.org", "PORTAL_SITE_URL must begin with https://"),
        ("mail_server", "", "PORTAL_MAIL_SERVER must name your mail server"),
        ("mail_security", "none", "PORTAL_MAIL_SECURITY must be starttls or tls in production."),
    ],
)
def test_a_wrong_value_is_named_with_how_to_mend_it(monkeypatch, name, value, said):
    from_environment = {k: v for k, v in GOOD.items() if k != name}
    monkeypatch.setenv(variable(name), value)
    with pytest.raises(SettingsError) as caught:
        load_settings(**from_environment)
    assert [p for p in caught.value.problems if p.startswith(said)], caught.value.problems


def test_the_default_secrets_are_refused_in_production():
    usual = {k: v for k, v in GOOD.items() if not k.endswith("_key")}
    with pytest.raises(SettingsError) as caught:
        load_settings(**usual)
    assert [p.split()[0] for p in caught.value.problems] == [
        "PORTAL_SECRET_KEY",
        "PORTAL_AUDIT_KEY",
    ]


def test_everything_that_is_wrong_is_said_at_once():
    said = problems(
        mail_port="x", example="x", DATABASE_URL="x", secret_key="x", site_url="http://x"
    )
    assert sorted(p.split()[0] for p in said) == [
        "DATABASE_URL",
        "PORTAL_EXAMPLE",
        "PORTAL_MAIL_PORT",
        "PORTAL_SECRET_KEY",
        "PORTAL_SITE_URL",
    ]


def test_nothing_set_is_production_and_refused():
    with pytest.raises(SettingsError, match="PORTAL_SECRET_KEY"):
        load_settings(_env_file=None)


def test_secrets_are_not_shown():
    assert SECRET not in repr(load_settings(**GOOD))
    assert "x-secret" not in "".join(problems(secret_key="x-secret"))


# The scheme file


def test_production_does_not_start_with_what_the_law_needs_missing():
    with pytest.raises(SettingsError) as caught:
        create_app(load_settings(**GOOD))
    assert "scheme.toml: example = true" in caught.value.problems[0]
    assert any("controller.ico_registration" in p for p in caught.value.problems)


def test_the_example_file_starts_elsewhere(database_url):
    app = create_app(settings_for_tests(database_url, environment="development"))
    assert app.extensions["scheme"].example
    app.extensions["database"].engine.dispose()


def test_a_second_county_is_a_file_and_no_code(empty_url):
    county = ROOT / "tests" / "content" / "rutland.toml"
    app = create_app(settings_for_tests(empty_url, scheme_file=county))
    app.test_client_class = PortalClient
    assert app.test_cli_runner().invoke(args=["content", "load"]).exit_code == 0
    client = app.test_client()
    front = client.get("/").text
    assert "Our Promise" in front
    assert "The Safer Futures Trust runs this" in front
    register = client.get("/register").text
    for area in ("Oakmere", "Upper Gwash", "Stoke Water"):
        assert area in register
    lost = client.get("/nowhere").text
    assert "promise@vale.example.org" in lost
    for page in (front, register, lost):
        for name in ("Nottingham", "Youth Charter", "Ashfield"):
            assert name not in page
    app.extensions["database"].engine.dispose()


def test_no_template_and_no_code_names_a_county():
    """It would be wrong in every other one."""
    for pattern in (
        "templates/**/*",
        "accounts/**/*.py",
        "charter/**/*.py",
        "endorsement/**/*.py",
        "training/**/*.py",
        "web/*.py",
    ):
        for file in filter(Path.is_file, ROOT.glob(pattern)):
            text = file.read_text() if file.suffix in (".html", ".txt", ".py", ".typ") else ""
            for name in ("Nottingham", "the Youth Charter", "Ashfield", "Rutland"):
                assert name not in text, f"{file.relative_to(ROOT)} says {name}"


def test_the_readme_shows_every_setting():
    assert as_markdown() in (ROOT / "README.md").read_text(), "`flask settings list` prints it"


def test_the_table_has_a_line_a_setting(app):
    said = app.test_cli_runner().invoke(args=["settings", "list"]).output
    for name, field in Settings.model_fields.items():
        assert f"| `{variable(name)}` |" in said
        assert field.description in said
    assert str(ROOT) not in said
