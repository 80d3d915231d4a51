"""Rendering: our strict environment, the GOV.UK macros in their own, and the words for dates.

The GOV.UK macros read parameters that are not there, so they need ChainableUndefined; ours must
not, so a misspelt name fails.  They are handed to ours as the global ``govuk``.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from flask import (
    Flask,
    Response,
    current_app,
    has_request_context,
    make_response,
    render_template,
    request,
)
from flask.templating import Environment as FlaskEnvironment
from flask_babel import Babel, get_translations, gettext, ngettext
from jinja2 import (
    ChainableUndefined,
    Environment,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    pass_eval_context,
)
from jinja2.nodes import EvalContext
from markupsafe import Markup
from wtforms import SelectFieldBase

from web import clock
from web.access import may
from web.assets import asset, sign
from web.parking import owner_token
from web.returning import back_to


class _OneSetOfGlobals:
    """Templates share their environment's globals.  Jinja gives each its own, laid over them, and
    with every import compares the two, one by one: a tenth of the time of a page of forms."""

    globals: dict[str, Any]

    def make_globals(self, d: Any) -> Any:
        return {**self.globals, **d} if d else self.globals


class PortalEnvironment(_OneSetOfGlobals, FlaskEnvironment):
    """For our templates."""


class _GovukEnvironment(_OneSetOfGlobals, Environment):
    """For the GOV.UK macros, which no edit of ours changes."""


class GovukMacros:
    """``govuk.button({...})`` calls the macro govukButton.  Each is loaded once."""

    def __init__(self) -> None:
        self._environment = _GovukEnvironment(
            auto_reload=False,
            loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            autoescape=True,
            undefined=ChainableUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        folder = name.replace("_", "-")
        module = self._environment.get_template(
            f"govuk_frontend_jinja/components/{folder}/macro.html"
        ).module
        macro = getattr(module, "govuk" + "".join(part.title() for part in name.split("_")))
        setattr(self, name, macro)
        return macro


def show(template: str, /, status: int = 200, **context: Any) -> Response:
    """Render a page.  Its form is always called ``form``; with mistakes the answer is 422."""
    form = context.get("form")
    if form is not None and request.method == "POST" and form.errors:
        status = 422
    return make_response(render_template(template, **context), status)


def long_date(day: date | datetime) -> str:
    """3 March 2027."""
    if isinstance(day, datetime):
        day = clock.london(day).date()
    return _day_in_words(day, current_app.config["BABEL_DEFAULT_LOCALE"])


@lru_cache(maxsize=4000)
def _day_in_words(day: date, locale: str) -> str:
    return str(format_date(day, "d MMMM y", locale))


def long_time(moment: datetime) -> str:
    """3 March 2027, 14:32."""
    return f"{long_date(moment)}, {clock.london(moment):%H:%M}"


def how_long(day: date | datetime) -> str:
    """How long ago, or how long left: stands beside every date on the working pages."""
    if isinstance(day, datetime):
        day = clock.london(day).date()
    days = (day - clock.today()).days
    if days == 0:
        return str(gettext("today"))
    amount = _amount(abs(days))
    return str(gettext("in %(t)s", t=amount) if days > 0 else gettext("%(t)s ago", t=amount))


def _amount(days: int) -> str:
    if days < 14:
        return str(ngettext("%(num)d day", "%(num)d days", days))
    if days < 60:
        return str(ngettext("%(num)d week", "%(num)d weeks", days // 7))
    if days < 730:
        return str(ngettext("%(num)d month", "%(num)d months", days // 30))
    return str(ngettext("%(num)d year", "%(num)d years", days // 365))


def paragraphs(text: str) -> list[str]:
    """A typed text, by its empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def items(field: SelectFieldBase) -> list[dict[str, Any]]:
    """A choice field's options, as the GOV.UK radios, checkboxes and select take them.

    ``render_kw={"hint": "…"}`` on a choice becomes its hint.
    """
    options = []
    for value, label, chosen, extra in field.iter_choices():
        option = {"value": value, "text": str(label), "checked": chosen, "selected": chosen}
        if extra.get("hint"):
            option["hint"] = {"text": str(extra["hint"])}
        options.append(option)
    return options


def words_of(translate: Callable[[str], str]) -> Callable[..., str]:
    """``_`` for templates.  Most words have nothing to fill in: those are looked up once."""
    known: dict[tuple[bool, str], str] = {}

    @pass_eval_context
    def words(context: EvalContext, text: str, /, **values: object) -> str:
        kind = Markup if context.autoescape else str
        if values:
            return kind(translate(text)) % values
        if (context.autoescape, text) not in known:
            known[context.autoescape, text] = kind(translate(text)) % {}
        return known[context.autoescape, text]

    return words


def addresses_of(app: Flask) -> Callable[..., str]:
    """``url_for`` for templates.  An address without variables is always the same."""
    known: dict[str, str] = {}

    def address(endpoint: str, **values: Any) -> str:
        if values or endpoint.startswith(".") or not has_request_context():
            return app.url_for(endpoint, **values)
        if endpoint not in known:
            known[endpoint] = app.url_for(endpoint)
        return known[endpoint]

    return address


def fixed_parts() -> Callable[..., Markup]:
    """``fixed("part.html", name=…)``: a part that shows nothing but what it is given, made once."""

    @lru_cache(maxsize=5000)
    def fixed(template: str, **given: Any) -> Markup:
        return Markup(render_template(template, **given))  # noqa: S704 - escaped in there

    return fixed


def install(app: Flask) -> None:
    """Set up Jinja and Babel."""
    scheme = app.extensions["scheme"]
    # en-GB is en_GB to Babel.
    app.config["BABEL_DEFAULT_LOCALE"] = scheme.language.replace("-", "_")
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/London"
    Babel(app)
    app.jinja_environment = PortalEnvironment
    env = app.jinja_env
    with app.app_context():  # one portal, one language: not to be found out anew at every word
        words = words_of(get_translations().gettext)
        env.install_gettext_translations(get_translations(), newstyle=True)  # type: ignore[attr-defined]
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.add_extension("jinja2.ext.do")
    env.filters.update(
        date=long_date, time=long_time, how_long=how_long, paragraphs=paragraphs, items=items
    )
    env.globals.update(
        _=words,
        gettext=words,
        url_for=addresses_of(app),
        fixed=fixed_parts(),
        govuk=GovukMacros(),
        asset=asset,
        sign=sign,
        may=may,
        back_to=back_to,
        scheme=scheme,
        settings=app.extensions["settings"],
        owner_token=owner_token,
        today=clock.today,
        navigation=navigation,
    )


def navigation() -> list[Any]:
    """The entries of the signed-in navigation that this person may open."""
    return [entry for entry in current_app.extensions["navigation"] if may(entry.rule)]
