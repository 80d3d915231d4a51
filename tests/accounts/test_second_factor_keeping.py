"""What a person reads of how they sign in, and what is left of it when they are erased."""

import pytest
from sqlalchemy import select

from accounts.models import Device
from accounts.sign_in.keeping import erasure, my_data
from tests.accounts.test_second_factor import recovery_codes, set_up
from tests.accounts.test_sign_in import AMINA
from tests.builders.people import PASSWORD, person
from web import clock
from web.audit.verify import verify


@pytest.fixture
def amina(client, session):
    made = person(session, "Amina Khan", AMINA, password=PASSWORD)
    client.sign_in(made)
    set_up(client)
    session.refresh(made)
    return made


def test_they_read_names_and_days_and_no_secret(app, client, amina, session):
    codes = recovery_codes(client)
    with app.test_request_context():
        devices, factors = my_data(session, amina)
    assert [row["Browser"] for row in devices.rows] == ["Firefox"]
    assert [row["What"] for row in factors.rows] == [
        "Authenticator app",
        "Recovery codes that are left: 10",
    ]
    said = str(factors.rows) + client.get("/my/data/download").text
    assert amina.tf_totp_secret not in said
    assert not [code for code in codes if code in said]


def test_erasing_leaves_nothing_to_sign_in_with(app, client, amina, session):
    erasure.erase(session, amina, by="system:test", at=clock.now())
    session.commit()
    assert amina.tf_totp_secret is None
    assert amina.mf_recovery_codes is None
    assert session.scalars(select(Device)).all() == []
    assert client.get("/my/account").location.startswith("/sign-in?")
    key = app.extensions["settings"].audit_key.get_secret_value().encode()
    assert list(verify(session, key)) == []
