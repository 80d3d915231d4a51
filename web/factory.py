"""Putting the application together.  The only module of the shared core that looks upward."""

from collections.abc import Iterator

from flask import Flask, Response, request
from flask.cli import AppGroup
from werkzeug.middleware.proxy_fix import ProxyFix

import accounts.contribution
import accounts.data_contribution
import charter.contribution
import endorsement.contribution
import review.award.contribution
import review.contribution
import review.outcome.contribution
import review.panel.contribution
import steering.contribution
import training.contribution
from web import access, assets, clock, colours, errors, headers, logs, pages, publishing
from web.commands import core_commands
from web.contributions import Contribution
from web.credentials.contribution import contribution as credentials_contribution
from web.database import Database, close_session
from web.example import example_contribution
from web.files.store import Store
from web.health import bp as health
from web.mail.sending import PortalMail
from web.own import own_contribution
from web.scheme import load_scheme
from web.settings import ROOT, Settings, SettingsError, load_settings

CONTRIBUTIONS: tuple[Contribution, ...] = (
    own_contribution,
    credentials_contribution,
    accounts.data_contribution.contribution,
    accounts.contribution.contribution,
    charter.contribution.contribution,
    training.contribution.contribution,
    endorsement.contribution.contribution,
    steering.contribution.contribution,
    review.contribution.contribution,
    review.award.contribution.contribution,
    review.panel.contribution.contribution,
    review.outcome.contribution.contribution,
)


PACKAGES = (
    "accounts", "charter", "endorsement", "programme", "review", "steering", "training", "web",
)  # fmt: skip


def create_app(settings: Settings | None = None, *more: Contribution) -> Flask:
    """The portal.  Raises SettingsError or SchemeError naming everything that stands in its way.

    ``more`` adds contributions to the portal's own.
    """
    settings = settings or load_settings()
    app = Flask("portal", root_path=str(ROOT), template_folder="templates", static_folder=None)
    app.url_map.strict_slashes = False
    app.extensions["settings"] = settings
    app.extensions["scheme"] = load_scheme(settings.scheme_file)
    _refuse_without_what_the_law_needs(app)
    clock.shift(settings.clock_shift_days)
    _configure(app, settings)
    app.extensions["database"] = Database(settings.database_url)
    app.extensions["files"] = Store(settings)
    app.teardown_appcontext(close_session)
    app.extensions["mail"] = PortalMail(app)
    app.extensions["door_steps"] = []
    access.csrf.init_app(app)
    assets.install(app)
    pages.install(app)
    errors.install(app)
    _contribute(app, (*_contributions(settings), *more))
    app.register_blueprint(health)
    app.register_blueprint(colours.bp)
    access.refuse_unguarded(app)
    _wrap(app, settings)
    return app


def _refuse_without_what_the_law_needs(app: Flask) -> None:
    settings, scheme = app.extensions["settings"], app.extensions["scheme"]
    if settings.production:
        missing = scheme.what_the_law_needs_and_is_missing()
        if missing:
            raise SettingsError(
                [f"{settings.scheme_file.name}: {sentence}" for sentence in missing]
            )


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        TESTING=settings.environment == "test",
        MAX_CONTENT_LENGTH=settings.max_body_mb * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=settings.max_body_mb * 1024 * 1024,
        MAX_FORM_PARTS=500,
        PERMANENT_SESSION_LIFETIME=settings.session_hours * 3600,
        SESSION_COOKIE_NAME="portal",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.site_url.startswith("https://"),
        WTF_CSRF_CHECK_DEFAULT=False,  # the door asks, after it knows who stands there
        WTF_CSRF_TIME_LIMIT=None,  # a form left open over lunch must still be good
        WTF_CSRF_SSL_STRICT=False,  # the session cookie is SameSite; some proxies drop Referer
        MAIL_DEFAULT_SENDER=settings.mail_from or None,
    )


def _contributions(settings: Settings) -> tuple[Contribution, ...]:
    return (*CONTRIBUTIONS, example_contribution) if settings.example else CONTRIBUTIONS


def _contribute(app: Flask, parts: tuple[Contribution, ...]) -> None:
    app.extensions["contributions"] = parts
    app.extensions["jobs"] = [job for part in parts for job in part.jobs]
    app.extensions["navigation"] = [entry for part in parts for entry in part.navigation]
    app.extensions["mail_secrets"] = {
        name: maker for part in parts for name, maker in part.mail_secrets.items()
    }
    for part in parts:
        app.jinja_env.globals.update(part.template_globals)
        if part.set_up is not None:
            part.set_up(app)
        for blueprint in part.blueprints:
            app.register_blueprint(blueprint)
        _add_commands(app, part.commands)
    _add_commands(app, core_commands)


def _add_commands(app: Flask, groups: tuple[AppGroup, ...]) -> None:
    for group in groups:
        app.cli.add_command(group)


def _wrap(app: Flask, settings: Settings) -> None:
    """The layers before Flask, innermost first."""
    build = publishing.build_name(settings.site_url.encode(), *_what_pages_are_made_of(settings))
    layer = publishing.Publishing(app, app.wsgi_app, build)
    app.extensions["publishing"] = layer
    app.wsgi_app = layer  # type: ignore[method-assign]
    assets.serve(app)
    https = settings.site_url.startswith("https://")
    app.wsgi_app = headers.SecurityHeaders(app.wsgi_app, https=https)  # type: ignore[method-assign]
    app.wsgi_app = logs.RequestLog(app.wsgi_app)  # type: ignore[method-assign]
    app.wsgi_app = headers.OwnAddress(app.wsgi_app, site_url=settings.site_url)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        n = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]

    @app.before_request
    def refuse_nul() -> Response | None:
        """No person types NUL; PostgreSQL cannot keep it."""
        query = request.query_string
        if b"%00" in query or b"\0" in query or "\0" in request.path:
            return errors.error_page(400)
        return None


def _what_pages_are_made_of(settings: Settings) -> Iterator[bytes]:
    """Whatever a new release may change: with it every page's ETag changes too."""
    yield (assets.STATIC / "manifest.json").read_bytes()
    yield settings.scheme_file.read_bytes()
    for folder in ("content", "templates", "requirements", *PACKAGES):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in (".py", ".toml", ".html", ".svg", ".txt"):
                yield file.read_bytes()
