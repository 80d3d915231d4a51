"""Anybody does anything on any day, and the worker runs or sleeps.

Whatever comes of it: no state that cannot be, no two pledges that stand, no mail told twice, nobody
stuck, and a register and an audit that agree with the pledges.
"""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from charter import actions, queries, rules, states
from charter.models import Pledge, RegisterEntry
from charter.reminding import reminders
from charter.workflow import TRANSITIONS
from tests.builders import charter as build
from tests.builders import people
from tests.conftest import NOW, SECRET
from web import clock
from web.audit.verify import verify
from web.mail import OutboxMail
from web.workflow import Refused, obstacles

WHO = ("lead", "editor", "viewer", "stranger", "olu", "petra", "tied")
TOLD_ONCE = {
    "charter/lapsed": "lapse",
    "charter/confirmed": "confirm",
    "charter/ended": "end",
    "charter/upheld": "uphold",
    "charter/turned-down": "turn down",
    "charter/suspended": "suspend",
    "charter/restored": "restore",
}
who = st.sampled_from(WHO)


def machine(session):
    class Pledges(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            clock.freeze(NOW)
            if queries.current_charter(session) is None:
                build.agreed_charter(session)
            self.organisation = build.club(session)
            tied = build.joined(session, self.organisation, "viewer", "Tied")
            people.people.appoint(session, tied, "officer", by="system:test", at=clock.now())
            self.people = {
                "lead": build.lead_of(self.organisation),
                "editor": build.joined(session, self.organisation, "editor"),
                "viewer": build.joined(session, self.organisation, "viewer"),
                "stranger": people.person(session),
                "olu": people.officer(session, "Olu"),
                "petra": people.officer(session, "Petra"),
                "tied": tied,
            }
            build.check_organisation(
                session, self.organisation, by=self.people["olu"], at=clock.now()
            )
            session.commit()
            self.reminded = Counter()

        def pledge(self):
            return queries.newest_pledge(session, self.organisation)

        def standing(self):
            return queries.standing_pledge(session, self.organisation)

        def attempt(self, act, *given, **more):
            """Done and committed, or refused with a sentence and nothing changed."""
            try:
                act(session, *given, **more)
                session.commit()
            except Refused as refusal:
                session.rollback()
                assert all(reason.endswith(".") for reason in refusal.reasons)  # noqa: PT017
                return False
            return True

        def may(self, name, *allowed):
            assert name in allowed

        @rule(name=who)
        def begin(self, name):
            version = queries.current_charter(session)
            what = {"by": self.people[name], "at": clock.now(), "scheme": build.scheme()}
            if self.attempt(actions.begin, self.organisation, version, **what):
                self.may(name, "lead", "editor")

        @precondition(lambda self: getattr(self.pledge(), "state", "") in states.EDITABLE)
        @rule()
        def write_everything(self):
            build.fill(session, self.pledge())

        @precondition(lambda self: self.pledge() is not None)
        @rule(name=who)
        def send(self, name):
            what = {"by": self.people[name], "at": clock.now(), "scheme": build.scheme()}
            if self.attempt(actions.send, self.pledge(), **what):
                self.may(name, "lead", "editor")

        @precondition(lambda self: getattr(self.pledge(), "state", "") == states.SENT)
        @rule(name=who, yes=st.booleans())
        def decide(self, name, yes):
            what = {"by": self.people[name], "at": clock.now(), "scheme": build.scheme()}
            if yes:
                done = self.attempt(actions.confirm, self.pledge(), example=False, **what)
            else:
                notes = {"details": "Whose address is it?"}
                done = self.attempt(
                    actions.return_with_notes, self.pledge(), notes, note="", **what
                )
            if done:
                self.may(name, "olu", "petra")

        @precondition(lambda self: self.pledge() is not None)
        @rule(name=who, stands=st.booleans())
        def withdraw(self, name, stands):
            pledge = (self.standing() if stands else None) or self.pledge()
            what = {"by": self.people[name], "at": clock.now(), "note": "Because."}
            if self.attempt(actions.withdraw, pledge, **what):
                self.may(name, "lead", "olu", "petra")

        @precondition(lambda self: self.standing() is not None)
        @rule(name=who, verb=st.sampled_from(("suspend", "restore", "keep_paused", "appeal")))
        def pause(self, name, verb):
            what = {"by": self.people[name], "at": clock.now(), "scheme": build.scheme()}
            if self.attempt(getattr(actions, verb), self.standing(), note="Because.", **what):
                self.may(name, *(("lead",) if verb == "appeal" else ("olu", "petra")))

        @precondition(lambda self: self.standing() is not None)
        @rule(name=who)
        def end(self, name):
            what = {"by": self.people[name], "at": clock.now(), "note": "Because."}
            if self.attempt(actions.end, self.standing(), **what):
                self.may(name, "olu", "petra")

        @precondition(lambda self: self.standing() is not None)
        @rule(name=who, uphold=st.booleans())
        def answer(self, name, uphold):
            pledge = self.standing()
            pauser = pledge.suspension.begun_by_id if pledge.suspension else None
            what = {"by": self.people[name], "at": clock.now(), "scheme": build.scheme()}
            if self.attempt(actions.answer_appeal, pledge, uphold=uphold, note="Because.", **what):
                self.may(name, "olu", "petra")
                assert self.people[name].id != pauser

        @rule(days=st.integers(0, 400), works=st.booleans())
        def time_passes(self, days, works):
            clock.freeze(clock.now() + timedelta(days=days))
            if not works:
                return
            mails = self.mails()["charter/lapsed"]
            moved = actions.move_with_the_date(session, clock.now(), build.scheme())
            session.commit()
            leads = len(queries.leads_of(session, self.organisation))
            assert self.mails()["charter/lapsed"] - mails <= moved[1] * (leads + 1)
            assert actions.move_with_the_date(session, clock.now(), build.scheme()) == (0, 0)
            self.remind()

        def remind(self):
            """The digest tells each key once; at one moment there is one step for a pledge."""
            told = [
                r.key
                for r in reminders(session, clock.now())
                if r.values["slug"] == self.organisation.slug
            ]
            assert len(told) == len(set(told)) <= 1

        def mails(self):
            rows = session.execute(select(OutboxMail.kind, OutboxMail.facts))
            return Counter(k for k, facts in rows if facts.get("slug") == self.organisation.slug)

        def pledges(self):
            wanted = select(Pledge).where(Pledge.organisation_id == self.organisation.id)
            return list(session.scalars(wanted.order_by(Pledge.id)))

        @invariant()
        def nothing_impossible(self):
            pledges = self.pledges()
            assert sum(p.state in states.OPEN_STATES for p in pledges) <= 1
            assert sum(p.state in states.STANDING for p in pledges) <= 1
            for p in pledges:
                assert p.events[-1].after == p.state
                assert all(
                    a.after == b.before for a, b in zip(p.events, p.events[1:], strict=False)
                )
                if p.state == states.RENEWED:
                    (after,) = [r for r in p.renewals if r.live_from]
                    assert after.live_from >= p.live_from
                if p.renews is not None and p.state in states.STANDING:
                    assert p.renews.state == states.RENEWED
                if p.state in states.OPEN_STATES and p.renews is not None:
                    assert p.renews.state in (*states.STANDING, states.LAPSED)
                assert (p.suspension is not None) == (p.state == states.SUSPENDED)

        @invariant()
        def the_register_agrees(self):
            entry = session.get(RegisterEntry, self.organisation.id, populate_existing=True)
            shown = [p for p in self.pledges() if p.live_from]
            shown.sort(key=lambda p: (p.state in states.STANDING, p.id))
            state = shown[-1].state if shown else None
            if state in states.CURRENT:
                assert entry.standing == "current"
                assert entry.pledged_on == shown[-1].signed_since
            elif state in states.PAST:
                assert entry.standing == "not current"
            else:
                assert entry is None

        @invariant()
        def each_move_is_told_once(self):
            mails = self.mails()
            verbs = Counter(e.verb for p in self.pledges() for e in p.events)
            people_told = 2  # a lead, and whoever sent it
            for kind, verb in TOLD_ONCE.items():
                assert verbs[verb] <= mails[kind] <= verbs[verb] * people_told

        @invariant()
        def nobody_is_stuck(self):
            pledge = self.pledge()
            if pledge is None or pledge.state in states.ENDS or pledge.state == states.LAPSED:
                begin = rules.may_begin_beside(self.pledges(), clock.today())
                assert begin is True
                return
            everyone = [*self.people.values(), rules.CLOCK]
            open_moves = [
                name
                for name in TRANSITIONS
                for person in everyone
                if not obstacles(TRANSITIONS, name, pledge, person)
            ]
            assert open_moves or pledge.state in states.EDITABLE

        def teardown(self):
            assert list(verify(session, SECRET[::-1].encode())) == []

    return Pledges


@pytest.mark.once
@pytest.mark.slow
def test_whatever_happens_pledges_make_sense(session):
    run_state_machine_as_test(
        lambda: machine(session)(),
        settings=settings(
            max_examples=18,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
