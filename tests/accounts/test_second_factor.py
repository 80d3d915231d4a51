"""The second step: who owes it, what it opens, and what it is worth to somebody with a password."""

import re
from datetime import timedelta

import pytest
from passlib.totp import TOTP

from accounts.actions import factors, people
from accounts.models.people import OFFICER
from accounts.sign_in import authenticator, keys
from tests.accounts.test_devices import copied
from tests.accounts.test_sign_in import AMINA, sign_in
from tests.builders.people import PASSWORD, officer, person
from tests.client import soup
from tests.conftest import settings_for_tests
from web import clock
from web.audit.chain import history_of
from web.factory import create_app
from web.settings import SettingsError

SET_UP, PROVE = "/my/proof", "/sign-in/second-step"


@pytest.fixture
def amina(session):
    return person(session, "Amina Khan", AMINA, password=PASSWORD)


@pytest.fixture
def olu(session):
    return officer(session, email=AMINA, password=PASSWORD)


def later(**much):
    clock.freeze(clock.now() + timedelta(**much))


def codes_of(key):
    """What the phone shows now."""
    return TOTP(key=key).generate(clock.now()).token


def set_up(client, address="/my/proof/app"):
    """As a person does it; returns the key, and the page that follows."""
    key = soup(client.get(address)).select_one(".app-key").get_text()
    answer = client.send(address, "Save", code=codes_of(key))
    assert answer.status_code == 303
    return key, answer.location


def recovery_codes(client):
    page = soup(client.get("/my/proof/recovery-codes"))
    return [code.get_text() for code in page.select("code")]


def has_set_up(client, who):
    """Somebody with an app; signed out again.  Returns their key and recovery codes."""
    client.sign_in(who)
    key, _ = set_up(client)
    codes = recovery_codes(client)
    client.send("/my/account", "Sign out")
    client.comes_back = None
    later(minutes=1)
    return key, codes


# Who owes it


def test_without_one_a_password_is_enough_for_those_whose_role_does_not_demand_it(client, amina):
    sign_in(client)
    assert client.get("/my/account").status_code == 200


def test_an_officer_is_led_to_set_it_up_and_then_to_where_they_were_going(client, olu):
    page = client.get("/team/")
    sign_in(client, address=page.location)
    answer = client.get("/team/")
    assert answer.location == "/my/proof?next=/team/"
    address = soup(client.get(answer.location)).select_one("main a.govuk-button")["href"]
    _, onward = set_up(client, address)
    assert len(soup(client.get(onward)).select("code")) == 10
    last = client.send(onward, "I have kept them: go on")
    assert last.location == "/team/"
    assert client.get("/team/").status_code == 200


def test_until_then_only_setting_up_signing_out_and_open_pages_are_there(client, olu):
    sign_in(client)
    assert client.get("/my/account").status_code == 302
    assert client.get("/cookies").status_code == 200
    assert client.get("/worried").status_code == 200
    for address in (SET_UP, "/my/proof/app", "/my/proof/passkeys/add"):
        assert client.get(address).status_code == 200
    assert client.get("/my/proof/recovery-codes").status_code == 302
    client.send(SET_UP, "Sign out")
    assert client.get(SET_UP).location.startswith("/sign-in")


def test_open_pages_meet_nobody(client, olu):
    sign_in(client)
    assert AMINA not in client.get("/forgot-password").text


def test_somebody_appointed_in_mid_session_sets_it_up_before_going_on(client, amina, session):
    sign_in(client)
    page = soup(client.get("/my/name"))
    people.appoint(session, amina, OFFICER, by="system:test", at=clock.now())
    session.commit()
    typed = {f["name"]: f.get("value", "") for f in page.select("main form input")}
    answer = client.post("/my/name", data={**typed, "name": "Amina K"})
    assert answer.location == "/my/proof?next=/my/name&kept=yes"
    session.refresh(amina)
    assert amina.name == "Amina Khan"
    assert "What you typed is kept" in client.get(answer.location).text
    _, onward = set_up(client, "/my/proof/app?next=/my/name")
    back = client.send(onward, "I have kept them: go on").location
    assert soup(client.get(back)).select_one("input[name=name]")["value"] == "Amina K"


def test_when_the_role_ends_a_password_is_enough_again(client, olu, session):
    sign_in(client)
    assert client.get("/my/account").status_code == 302
    people.end_appointment(session, olu, OFFICER, by="system:test", at=clock.now())
    session.commit()
    assert client.get("/my/account").status_code == 200


# Showing it


def test_the_app_is_asked_for_after_the_password(client, amina):
    key, _ = has_set_up(client, amina)
    answer = sign_in(client, address="/sign-in?next=/my/name")
    assert client.get(answer.location).location == f"{PROVE}?next=/my/name"
    answer = client.send(f"{PROVE}?next=/my/name", "Go on", code=codes_of(key))
    assert answer.location == "/my/name"
    assert client.get("/my/name").status_code == 200


def test_who_has_one_cannot_set_up_another_with_the_password_alone(client, amina):
    has_set_up(client, amina)
    sign_in(client)
    for address in (SET_UP, "/my/proof/app", "/my/proof/passkeys/add"):
        assert client.get(address).location.startswith(PROVE)
    assert client.post_raw("/my/proof/app", {"code": "000000"}).location.startswith(PROVE)


def test_a_wrong_code_opens_nothing(client, amina):
    key, _ = has_set_up(client, amina)
    sign_in(client)
    wrong = f"{(int(codes_of(key)) + 1) % 1_000_000:06}"
    answer = client.send(PROVE, "Go on", code=wrong)
    assert answer.status_code == 422
    assert "Check the code" in answer.text
    assert client.get("/my/name").status_code == 302


def test_a_code_works_once(app, client, amina):
    key, _ = has_set_up(client, amina)
    code = codes_of(key)
    for expected in (303, 422):
        browser = app.test_client()
        sign_in(browser)
        assert browser.send(PROVE, "Go on", code=code).status_code == expected


def test_the_code_that_set_it_up_does_not_also_sign_in(app, client, amina):
    client.sign_in(amina)
    key, _ = set_up(client)
    browser = app.test_client()
    sign_in(browser)
    assert browser.send(PROVE, "Go on", code=codes_of(key)).status_code == 422


@pytest.mark.parametrize(("seconds", "status"), [(29, 303), (-29, 303), (120, 422)])
def test_a_phones_clock_may_be_half_a_minute_off(client, amina, seconds, status):
    key, _ = has_set_up(client, amina)
    sign_in(client)
    code = TOTP(key=key).generate(clock.now() + timedelta(seconds=seconds)).token
    assert client.send(PROVE, "Go on", code=code).status_code == status


def test_guessing_ends_soon(app, client, amina):
    has_set_up(client, amina)
    sign_in(client)
    answers = [client.send(PROVE, "Go on", code="000000").status_code for _ in range(8)]
    assert answers == [422] * 8
    assert client.post_raw(PROVE, {"code": "000000"}).status_code == 429


def test_a_copy_of_the_cookie_from_before_is_worth_nothing_after(app, client, amina):
    key, _ = has_set_up(client, amina)
    sign_in(client)
    thief = copied(app, client)
    client.send(PROVE, "Go on", code=codes_of(key))
    assert client.get("/my/name").status_code == 200
    assert thief.get("/my/name").location.startswith("/sign-in?")


def test_adding_one_asks_for_it_where_they_are_signed_in_already(app, client, amina):
    phone = app.test_client()
    sign_in(phone)
    phone_without = phone.get("/my/name").status_code
    client.sign_in(amina)
    set_up(client)
    assert phone_without == 200
    # That sign-in was made by password alone.
    assert phone.get("/my/name").location.startswith(PROVE)


def test_a_new_password_does_not_ask_for_it_again_here(client, amina):
    client.sign_in(amina)
    set_up(client)
    client.send("/my/password", password=PASSWORD, new_password="seven quiet harbours")
    assert client.get("/my/name").status_code == 200


# Recovery codes


def test_a_recovery_code_works_once_and_the_person_is_told(app, client, amina, session, fetch_mail):
    _, codes = has_set_up(client, amina)
    fetch_mail()
    sign_in(client)
    answer = client.send(f"{PROVE}/recovery-code", "Go on", code=codes[0].upper().replace("-", " "))
    assert answer.status_code == 303
    assert "You have 9 recovery codes left" in client.get("/my/name").text
    [mail] = fetch_mail()
    assert mail.kind == "accounts/recovery_code_used"
    assert "You have 9 codes left" in mail.body
    other = app.test_client()
    sign_in(other)
    assert other.send(f"{PROVE}/recovery-code", "Go on", code=codes[0]).status_code == 422


def test_recovery_codes_are_shown_for_some_minutes_only(client, amina):
    client.sign_in(amina)
    set_up(client)
    assert len(recovery_codes(client)) == 10
    later(minutes=11)
    assert recovery_codes(client) == []
    assert "You have 10 left of ten" in client.get("/my/proof/recovery-codes").text


def test_new_recovery_codes_take_the_place_of_the_old(client, amina):
    client.sign_in(amina)
    set_up(client)
    old = recovery_codes(client)
    later(minutes=11)
    client.send("/my/proof/recovery-codes", "Make ten new codes")
    new = recovery_codes(client)
    assert len(new) == 10
    assert not set(new) & set(old)


def test_the_database_holds_neither_key_nor_codes_to_read(client, amina, session):
    client.sign_in(amina)
    key, _ = set_up(client)
    codes = recovery_codes(client)
    session.refresh(amina)
    plain = key.replace("-", "").replace(" ", "")
    assert plain not in amina.tf_totp_secret.replace("-", "")
    assert not set(codes) & set(amina.mf_recovery_codes)


# Taking it away


def test_the_last_one_stays_while_a_role_demands_it(client, olu, session):
    client.sign_in(olu)
    set_up(client)
    assert "Remove the app" not in client.get(SET_UP).text
    client.post_raw("/my/proof/app/remove", {})
    assert "Your role needs a second way" in client.get(SET_UP).text
    session.refresh(olu)
    assert olu.tf_totp_secret is not None


def test_others_may_take_it_away_and_are_told(client, amina, session, fetch_mail):
    client.sign_in(amina)
    set_up(client)
    assert [m.kind for m in fetch_mail()] == ["accounts/factor_added"]
    client.send(SET_UP, "Remove the app")
    assert [m.kind for m in fetch_mail()] == ["accounts/factor_removed"]
    session.refresh(amina)
    assert amina.tf_totp_secret is None
    assert amina.mf_recovery_codes is None


# Lost


def test_an_officer_resets_anothers(app, client, amina, olu_at_work, session, fetch_mail):
    key, _ = has_set_up(client, amina)
    sign_in(client)
    client.send(PROVE, "Go on", code=codes_of(key))
    fetch_mail()
    answer = olu_at_work.send("/team/second-step", email=AMINA, sure="y")
    assert answer.status_code == 303
    assert client.get("/my/name").location.startswith("/sign-in?")
    sign_in(client)
    assert client.get("/my/name").status_code == 200
    assert [(m.to, m.kind) for m in fetch_mail()] == [(AMINA, "accounts/factors_reset")]
    session.refresh(amina)
    [done] = [e for e in history_of(session, amina) if e.verb == "reset the second factor"]
    assert done.actor.startswith("person:")


@pytest.fixture
def olu_at_work(app, session):
    browser = app.test_client()
    browser.sign_in(officer(session, "Olu", email="olu@example.org"))
    return browser


def test_not_their_own_and_not_without_having_made_sure(olu_at_work, amina, client):
    set_up(olu_at_work)
    own = olu_at_work.send("/team/second-step", email="olu@example.org", sure="y")
    assert own.status_code == 422
    assert "Ask somebody else on the team" in own.text
    has_set_up(client, amina)
    answer = olu_at_work.send("/team/second-step", email=AMINA)
    assert answer.status_code == 422
    assert "Make sure who they are" in answer.text


def test_when_it_is_an_officers_the_whole_team_is_told(app, olu_at_work, session, fetch_mail):
    third = officer(session, "Petra", email="petra@example.org")
    lost = officer(session, "Lost", email="lost@example.org")
    browser = app.test_client()
    has_set_up(browser, lost)
    fetch_mail()
    olu_at_work.send("/team/second-step", email=lost.email, sure="y")
    told = {(m.to, m.kind) for m in fetch_mail()}
    assert told == {
        (lost.email, "accounts/factors_reset"),
        (third.email, "accounts/colleague_reset"),
    }


def test_from_the_command_line(app, client, olu, session):
    has_set_up(client, olu)
    with app.app_context():
        done = app.test_cli_runner().invoke(args=["second-step", "reset", AMINA])
    assert done.exit_code == 0, done.output
    assert "signed out everywhere" in done.output
    session.refresh(olu)
    assert olu.tf_totp_secret is None
    assert history_of(session, olu)[0].actor == "system:flask second-step"
    sign_in(client)
    assert client.get("/team/").location.startswith(SET_UP)


# Keys


def test_a_new_key_reads_what_the_old_one_wrote_and_encrypts_anew(app, client, amina, session):
    key, codes = has_set_up(client, amina)
    url = app.extensions["settings"].database_url
    newer = create_app(settings_for_tests(url, totp_keys="2:" + "k" * 40))
    with newer.app_context():
        assert keys.encrypt_anew(session) == (1, 0)
    session.commit()
    moved = create_app(
        settings_for_tests(url, totp_keys="2:" + "k" * 40, secret_key="another secret " * 4)
    )
    with moved.app_context():
        assert authenticator.counter_of(codes_of(key), amina.tf_totp_secret, after=None)
        assert authenticator.recovery_codes(amina) == codes
    with app.app_context():
        assert authenticator.counter_of(codes_of(key), amina.tf_totp_secret, after=None) is None
    for made in (newer, moved):
        made.extensions["database"].engine.dispose()


@pytest.mark.parametrize("wrong", ["2:short", "two:" + "k" * 40, "k" * 40])
def test_keys_that_are_none_are_refused(database_url, wrong):
    with pytest.raises(SettingsError, match="PORTAL_TOTP_KEYS"):
        settings_for_tests(database_url, totp_keys=wrong)


def test_a_role_that_nobody_ever_has_is_refused(database_url):
    with pytest.raises(SettingsError, match="nobody is ever 'oficer'"):
        create_app(settings_for_tests(database_url, second_factor_roles="oficer"))


def test_every_word_about_it_is_in_the_trail(client, amina, session):
    client.sign_in(amina)
    set_up(client)
    verbs = {entry.verb for entry in history_of(session, amina)}
    assert {"add an authenticator app", "make recovery codes"} <= verbs
    assert factors.has_any(amina)


def test_the_key_as_text_and_the_picture_say_the_same(client, amina, monkeypatch):
    drawn = []
    monkeypatch.setattr(authenticator.segno, "make", _keeping(drawn, authenticator.segno.make))
    client.sign_in(amina)
    page = soup(client.get("/my/proof/app"))
    plain = re.sub(r"[^A-Z2-7]", "", page.select_one(".app-key").get_text())
    assert f"secret={plain}" in drawn[0]
    assert page.select_one(".app-picture-code svg")


def _keeping(kept, make):
    def keeping(address, **more):
        kept.append(address)
        return make(address, **more)

    return keeping


def test_the_team_finds_the_page_and_others_do_not(client, olu_at_work, amina):
    assert "/team/second-step" in olu_at_work.get(SET_UP).text
    client.sign_in(amina)
    assert "/team/second-step" not in client.get(SET_UP).text
