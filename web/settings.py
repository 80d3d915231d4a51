"""Every setting of the portal, its type, its default and what it is for: one list.

Read from the environment.  The README's table is generated from it (``flask settings list``).
What a county would change about the scheme itself is not here but in the scheme file.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE_SECRET = "example-secret-for-one-machine-only"  # noqa: S105 - refused in production


class SettingsError(Exception):
    """What is wrong with the settings, all of it at once, each with how to mend it."""

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__("The settings need mending:\n" + "\n".join(f"  - {p}" for p in problems))


class Settings(BaseSettings):
    """Defaults are safe in public: production, no example, nothing sent anywhere."""

    model_config = SettingsConfigDict(env_prefix="PORTAL_", extra="ignore", frozen=True)

    environment: Literal["production", "development", "test"] = Field(
        "production", description="`production` checks all that the law and safety need"
    )
    example: bool = Field(
        False, description="example mode: ribbon, one-click sign-in, example mailbox, movable clock"
    )
    secret_key: SecretStr = Field(
        SecretStr(EXAMPLE_SECRET),
        description="signs sessions and mailed links; 32 characters or more",
    )
    audit_key: SecretStr = Field(
        SecretStr(EXAMPLE_SECRET),
        description="keys the audit chain; keep it apart from the database",
    )
    site_url: str = Field(
        "http://127.0.0.1:8000", description="the address people use; stands in mails and QR codes"
    )
    database_url: str = Field(
        "sqlite:///instance/portal.sqlite",
        validation_alias="DATABASE_URL",
        description="`sqlite:///file` or `postgresql+psycopg://…`",
    )
    scheme_file: Path = Field(
        ROOT / "content" / "scheme.toml", description="the county's own file: names, areas, clocks"
    )
    trusted_proxies: int = Field(
        0, ge=0, le=5, description="how many reverse proxies stand in front and set X-Forwarded-*"
    )
    max_body_mb: int = Field(2, ge=1, le=500, description="the largest form that is accepted")
    session_hours: int = Field(
        12, ge=1, le=24 * 14, description="a sign-in ends after this long unused"
    )
    session_days: int = Field(
        7, ge=1, le=90, description="a sign-in ends after this many days, used or not"
    )
    seat_session_minutes: int = Field(
        60,
        ge=5,
        le=24 * 60,
        description="minutes unused until a youth seat is signed out",
    )
    second_factor_roles: str = Field(
        "officer, data protection, safeguarding, assessor, lead assessor, steering group, chair",
        description="roles whose people must show a passkey or a code of an app, with commas",
    )
    totp_keys: SecretStr = Field(
        SecretStr(""),
        description="keys of the second step, `2:key,3:key`; empty: derived from the secret key",
    )
    mail_server: str = Field("", description="SMTP server; empty in example mode only")
    mail_port: int = Field(587, ge=1, le=65535, description="SMTP port")
    mail_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="how the connection to the SMTP server is kept private"
    )
    mail_username: str = Field("", description="SMTP login, if it asks for one")
    mail_password: SecretStr = Field(SecretStr(""), description="SMTP password")
    mail_from: str = Field("", description="the sender's address")
    mail_ca_file: Path | None = Field(
        None, description="a private certificate authority for SMTP, if any"
    )
    outbox_late_minutes: int = Field(
        30, ge=1, description="`/health/ready` fails when a mail has waited longer than this"
    )
    attempts_per_hour: int = Field(
        30, ge=3, description="sign-in and mail attempts allowed an hour from one connection"
    )
    attempts_per_account: int = Field(
        8, ge=3, description="sign-in and mail attempts allowed an hour for one e-mail address"
    )
    invitations_a_day: int = Field(
        20, ge=1, description="invitations an organisation, or a person, may send in 24 hours"
    )
    worker_pledges_an_hour: int = Field(
        120, ge=3, description="workers' own pledges sent in an hour from one connection"
    )
    worker_mails_a_day: int = Field(
        6, ge=2, description="mails about a worker's own pledge to one address in 24 hours"
    )
    machine_calls_an_hour: int = Field(
        2000, ge=3, description="what one learning platform may send in an hour, in requests"
    )
    files: str = Field(
        "instance/files", description="where files are kept: a folder, or `s3://bucket/prefix`"
    )
    files_endpoint: str = Field(
        "", description="address of an S3-compatible store; empty: Amazon's"
    )
    files_region: str = Field("us-east-1", description="region of the S3 store")
    files_key_id: str = Field("", description="access key of the S3 store")
    files_secret: SecretStr = Field(SecretStr(""), description="its secret")
    max_file_mb: int = Field(50, ge=1, le=500, description="the largest file that is accepted")
    most_pages: int = Field(300, ge=1, description="the most pages of a PDF that is accepted")
    preview_pages: int = Field(
        20, ge=0, le=100, description="of how many pages of a PDF a picture is made"
    )
    clamd: str = Field(
        "", description="virus scan by clamd: a socket's path, or `host:3310`; empty: none"
    )
    clock_shift_days: int = Field(0, description="moves the clock; example mode and tests only")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="how much is logged"
    )

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def roles_with_second_factor(self) -> tuple[str, ...]:
        return tuple(filter(None, (role.strip() for role in self.second_factor_roles.split(","))))

    @property
    def own_totp_keys(self) -> dict[str, str]:
        """By number."""
        written = filter(None, self.totp_keys.get_secret_value().replace(" ", "").split(","))
        return {n: key for n, _, key in (pair.partition(":") for pair in written)}

    @property
    def mail_goes_out(self) -> bool:
        """False: mails stay in the example mailbox."""
        return bool(self.mail_server)


def load_settings(**overrides: object) -> Settings:
    """Read the environment.  Raises SettingsError naming everything that is wrong."""
    problems: list[str] = []
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = {str(e["loc"][0]): _in_words(e) for e in error.errors()}
        problems += wrong.values()
        if "environment" in wrong:
            raise SettingsError(problems) from None
        settings = Settings(**{**overrides, **_defaults(wrong)})  # type: ignore[arg-type]
    problems += contradictions(settings)
    if problems:
        raise SettingsError(problems)
    return settings


def _defaults(names: Iterable[str]) -> dict[str, object]:
    """The defaults in place of wrong values: what else is wrong is said in the same breath."""
    fields = Settings.model_fields
    by_name = {f.validation_alias or name: f.default for name, f in fields.items()}
    return {name: by_name[name] for name in names}


def _in_words(error: Any) -> str:
    said = _MENDS.get(error["type"]) or error["msg"].replace("Input should", "must", 1)
    return f"{variable(str(error['loc'][0]))} {said}."


_MENDS = {
    "bool_parsing": "must be true or false",
    "int_parsing": "must be a whole number",
}


def variable(name: str) -> str:
    """The environment variable that sets a field."""
    if name.isupper():
        return name
    alias = Settings.model_fields[name].validation_alias if name in Settings.model_fields else None
    return str(alias) if alias else f"PORTAL_{name.upper()}"


def contradictions(s: Settings) -> list[str]:
    """What is wrong with the settings taken together; in production, also what is unsafe."""
    found = []
    if not s.database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
        found.append("DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://.")
    if not _is_site(s.site_url):
        found.append(
            "PORTAL_SITE_URL must be like https://charter.example.org, with nothing after the name."
        )
    if s.mail_server and "@" not in s.mail_from:
        found.append("PORTAL_MAIL_FROM must be an e-mail address when PORTAL_MAIL_SERVER is set.")
    if s.mail_ca_file and not s.mail_ca_file.is_file():
        found.append(f"PORTAL_MAIL_CA_FILE names {s.mail_ca_file}, and there is no such file.")
    found += _of_files(s)
    if not all(n.isdecimal() and len(key) >= 32 for n, key in s.own_totp_keys.items()):
        found.append(
            "PORTAL_TOTP_KEYS must be a number, a colon and a key of 32 characters or more; "
            "several with commas between: 2:key,3:key."
        )
    if s.clock_shift_days and not s.example and s.environment != "test":
        found.append("PORTAL_CLOCK_SHIFT_DAYS works only with PORTAL_EXAMPLE=true.")
    return found + (_unsafe_in_production(s) if s.production else [])


def _of_files(s: Settings) -> list[str]:
    found = []
    if "://" in s.files and not re.fullmatch(r"s3://[a-z0-9.-]+(/[\w./-]*)?", s.files):
        found.append("PORTAL_FILES must be a folder, or like s3://bucket/prefix.")
    if s.files_endpoint and not s.files_endpoint.startswith(("https://", "http://")):
        found.append("PORTAL_FILES_ENDPOINT must begin with https:// or http://.")
    if s.clamd and not re.fullmatch(r"/.+|[\w.-]+:\d{1,5}|\[[0-9a-fA-F:]+\]:\d{1,5}", s.clamd):
        found.append("PORTAL_CLAMD must be a socket's path that begins with /, or like host:3310.")
    return found


def _is_site(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    more = (parts.path, parts.query, parts.fragment)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(more)


def _unsafe_in_production(s: Settings) -> list[str]:
    found = []
    if s.example:
        found.append("PORTAL_EXAMPLE must not be on in production: it signs anybody in.")
    for name in ("secret_key", "audit_key"):
        value = getattr(s, name).get_secret_value()
        if value == EXAMPLE_SECRET or len(value) < 32:
            found.append(
                f"{variable(name)} must be a secret of your own, 32 characters or more. "
                'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
            )
    if s.secret_key == s.audit_key and s.secret_key.get_secret_value() != EXAMPLE_SECRET:
        found.append("PORTAL_AUDIT_KEY must differ from PORTAL_SECRET_KEY.")
    if not s.site_url.startswith("https://"):
        found.append("PORTAL_SITE_URL must begin with https:// in production.")
    if not s.mail_server:
        found.append(
            "PORTAL_MAIL_SERVER must name your mail server: people confirm their address by mail."
        )
    if s.mail_server and s.mail_security == "none":
        found.append("PORTAL_MAIL_SECURITY must be starttls or tls in production.")
    return found


def as_markdown() -> str:
    """The README's table of settings."""
    rows = ["| setting | default | what it is for |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        rows.append(f"| `{variable(name)}` | {_shown(field.default)} | {field.description} |")
    return "\n".join(rows)


def _shown(default: object) -> str:
    if isinstance(default, SecretStr):
        return "" if default.get_secret_value() == "" else "none: production needs one"
    if isinstance(default, Path):
        return f"`{default.relative_to(ROOT)}`"
    if default in ("", None):
        return ""
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"
