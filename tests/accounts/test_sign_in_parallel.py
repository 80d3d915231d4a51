"""Real threads on a database of their own: a code opens once, and a double click is one click."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.models import Device
from accounts.sign_in import authenticator
from tests.accounts.test_second_factor import codes_of, set_up
from tests.accounts.test_sign_in import AMINA, sign_in
from tests.builders.people import PASSWORD, person
from tests.client import soup
from tests.parallel import at_once
from web import clock

pytestmark = pytest.mark.slow

PROVE = "/sign-in/second-step"


def sent_at_once(browsers, address, *more, **typed):
    """Every browser posts the page's form in the same moment."""
    tokens = [browser.token() for browser in browsers]
    answers = at_once(
        *(
            lambda b=b, t=t: b.post(address, data={"csrf_token": t, **typed})
            for b, t in zip(browsers, tokens, strict=True)
        )
    )
    return [answer.status_code for answer in answers]


@pytest.fixture
def amina(own_app):
    with own_app.app_context(), own_app.extensions["database"].session(writes=True) as session:
        made = person(session, "Amina Khan", AMINA, password=PASSWORD)
        session.expunge_all()
    return made


def with_app(own_app):
    first = own_app.test_client()
    sign_in(first)
    key, _ = set_up(first)
    codes = [c.get_text() for c in soup(first.get("/my/proof/recovery-codes")).select("code")]
    clock.freeze(clock.now() + timedelta(minutes=1))
    browsers = [own_app.test_client() for _ in range(3)]
    for browser in browsers:
        sign_in(browser)
    return key, codes, browsers


def test_one_code_of_the_app_opens_one_of_three(own_app, amina):
    key, _, browsers = with_app(own_app)
    assert sorted(sent_at_once(browsers, PROVE, code=codes_of(key))) == [303, 422, 422]
    with own_app.extensions["database"].session(writes=False) as session:
        shown = select(func.count()).where(Device.proved_at.is_not(None)).select_from(Device)
        assert session.scalar(shown) == 2, "the one that set it up, and one more"


def test_one_recovery_code_opens_one_of_three(own_app, amina):
    _, codes, browsers = with_app(own_app)
    answers = sent_at_once(browsers, f"{PROVE}/recovery-code", code=codes[3])
    assert sorted(answers) == [303, 422, 422]
    with own_app.app_context(), own_app.extensions["database"].session(writes=False) as session:
        assert len(authenticator.recovery_codes(session.merge(amina))) == 9


def test_a_double_click_on_a_new_name_is_one_click(own_app, amina):
    browser = own_app.test_client()
    sign_in(browser)
    assert sent_at_once([browser, browser, browser], "/my/name", name="Amina K") == [303] * 3
