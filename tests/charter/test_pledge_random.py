"""Whoever does whatever in whatever order: no state that cannot be, and never two open pledges."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from charter import actions, queries, states
from charter.models import Pledge, RegisterEntry
from charter.workflow import TRANSITIONS
from tests.builders import charter as build
from tests.builders import people
from web import clock
from web.workflow import Refused

WHO = ("stranger", "viewer", "editor", "lead", "officer")
VERBS = ("begin", "fill", "write", "check", *TRANSITIONS)
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.sampled_from(WHO)), max_size=25)


@given(state=st.sampled_from((None, *states.ALL_STATES)), steps=STEPS)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_order_of_steps_makes_an_impossible_thing(session, state, steps):
    if queries.current_charter(session) is None:
        build.agreed_charter(session)
    organisation = build.club(session)
    who = {
        "stranger": people.person(session),
        "viewer": build.joined(session, organisation, "viewer"),
        "editor": build.joined(session, organisation, "editor"),
        "lead": build.lead_of(organisation),
        "officer": people.officer(session),
    }
    if state is not None:
        build.pledge(session, state, organisation=organisation, by=who["officer"])
    for verb, name in steps:
        before = newest_state(session, organisation)
        try:
            do(session, verb, organisation, who[name])
            session.commit()
        except Refused as refusal:
            session.rollback()
            assert all(refusal.reasons)  # noqa: PT017 - a refusal is one of the two good ends
        else:
            after = newest_state(session, organisation)
            allowed(verb, name, before, after)
        holds(session, organisation)


def newest_state(session, organisation):
    pledge = queries.newest_pledge(session, organisation)
    return pledge.state if pledge else None


def do(session, verb, organisation, by):
    at, scheme = clock.now(), build.scheme()
    pledge = queries.newest_pledge(session, organisation)
    if verb == "begin":
        charter = queries.current_charter(session)
        actions.begin(session, organisation, charter, by=by, at=at, scheme=scheme)
        return
    if verb == "check":
        build.check_organisation(session, organisation, by=by, at=at)
        return
    if pledge is None:
        raise Refused(["There is none."])
    what = {"by": by, "at": at}
    match verb:
        case "fill":
            actions.see_details(session, pledge, contact_name="A", contact_email="a@b.org", **what)
            actions.cover_all_as_one(session, pledge, **what)
            actions.name_signatory(session, pledge, name="Jo", role="Chair", **what)
            for commitment in pledge.charter_version.commitments[:3]:
                actions.write_action(session, pledge, commitment, build.GOOD["safe"], **what)
        case "write":
            first = pledge.charter_version.commitments[0]
            actions.write_action(session, pledge, first, "", **what)
        case "send":
            actions.send(session, pledge, **what, scheme=scheme)
        case "confirm":
            actions.confirm(session, pledge, **what, scheme=scheme, example=False)
        case "return":
            actions.return_with_notes(
                session, pledge, {"details": "A."}, **what, note="", scheme=scheme
            )
        case "withdraw":
            actions.withdraw(session, pledge, **what, note="Because.")
        case "suspend":
            actions.suspend(session, pledge, **what, note="Because.", scheme=scheme)
        case "restore":
            actions.restore(session, pledge, **what, note="Because.", scheme=scheme)
        case "fall due":
            clock.freeze(clock.now().replace(year=clock.now().year + 1))
            actions.move_with_the_date(session, clock.now(), scheme)
        case "lapse":
            raise Refused(["Nobody does this."])


def allowed(verb, name, before, after):
    """What was done is what the table lists, by somebody it lists."""
    if verb in ("begin", "fill", "write", "send"):
        assert name in ("editor", "lead")
    if verb in ("confirm", "return", "suspend", "restore", "check"):
        assert name == "officer"
    if verb in TRANSITIONS and verb != "fall due":
        assert before in TRANSITIONS[verb].sources
        assert after == TRANSITIONS[verb].to


def holds(session, organisation):
    mine = Pledge.organisation_id == organisation.id
    open_ones = select(func.count()).where(mine, Pledge.state.in_(states.OPEN_STATES))
    standing = select(func.count()).where(
        mine, Pledge.state.in_((*states.CURRENT, states.SUSPENDED))
    )
    assert session.scalar(open_ones) + session.scalar(standing) <= 1
    pledges = session.scalars(select(Pledge).where(mine).order_by(Pledge.id)).all()
    for pledge in pledges:
        assert pledge.events[-1].after == pledge.state
        assert all(
            a.after == b.before for a, b in zip(pledge.events, pledge.events[1:], strict=False)
        )
        if pledge.state in (states.LIVE, states.DUE):
            assert organisation.state == "checked"
            assert len(pledge.actions) >= 3
    entry = session.get(RegisterEntry, organisation.id, populate_existing=True)
    shown = [p for p in pledges if p.live_from]
    expected = shown[-1].state if shown else None
    if expected in states.CURRENT:
        assert entry.standing == "current"
    elif expected in states.PAST:
        assert entry.standing == "not current"
    else:
        assert entry is None
