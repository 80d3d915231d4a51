"""Anybody does anything with a case on any day, and the clock runs or sleeps.

Whatever comes of it: no state that cannot be, no decision without an untied vote of each group, no
appeal with a worse end, nobody's reading or vote before another's eyes, and from wherever it comes
to stand the right people can bring it to a decision.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import String, cast, or_, select

from accounts.models import Person
from endorsement.sending import actions as sending_actions
from review import clocks, rules, states
from review.allocation import actions as allocating
from review.allocation import answering, leaving
from review.allocation.rules import LOOKED_FOR, is_short
from review.desk import actions as reading
from review.desk import questions
from review.flags import actions as flags
from review.models import Award, Case
from review.moderation import actions as checking
from review.outcome import appeals, conditions
from review.panel import levels, releasing, staging, ties, voting
from review.panel.asking import VOTING
from review.panel.counting import NOT_YET
from review.panel.counting import Cast as Casting
from review.panel.voting import Choice
from review.parts import HAVE_A_PART
from review.report import actions as reporting
from review.report import facts
from review.report.loading import OnePoint, OneStandard
from review.visits import actions as visiting
from steering import actions as steering
from steering.queries import assessor_term_of
from steering.ties import BARS
from tests.builders import accounts, onward, people, sending
from tests.builders import charter as pledges
from tests.builders import panel as panels
from tests.builders import review as build
from tests.builders.group import Group
from tests.builders.panel import who as how
from tests.conftest import SECRET
from web import clock
from web.audit import AuditValue
from web.audit.verify import verify
from web.mail import OutboxMail
from web.workflow import Refused

OFFICERS = ("olu", "petra")
LEADS = ("lea", "sal", "uma")
ADULTS, YOUNG = ("ada 1", "ada 2", "ada 3", *LEADS), ("yara 1", "yara 2")
VOTERS = ("chair", "deputy chair", "agency", "voluntary", "youth 1", "youth 2", "deputy")
WHO = (*OFFICERS, *ADULTS, *YOUNG, *VOTERS, "safe", "lead", "editor", "stranger")
STARTS = {
    "waiting": (states.WAITING, "excellent"),
    "read": (states.DESK, "excellent"),
    "checked": (states.MODERATION, "foundation"),
    "voted on": (states.PANEL, "foundation"),
    "with conditions": (states.PANEL, "foundation"),
    "not yet": (states.PANEL, "foundation"),
}
OWN = ("READING-", "NOTE-", "VOTE-", "FLAG-")
"""What each writes begins so, and ends with the number of whoever wrote it."""
who, yes = st.sampled_from(WHO), st.booleans()
points, some = st.integers(0, 3), st.integers(0, 11)
EXAMPLES = 7


@pytest.fixture
def world(session, group):
    """Cases that have come more or less far, by the usual way; the ids of who may act."""
    petra, safe = people.officer(session, "Petra"), people.safeguarding_lead(session)
    uma, cases = panels.outsider(session, group), {}
    for name, (state, level) in STARTS.items():
        club = accounts.checked_organisation(session, name=f"Club {name}")
        accounts.member(session, club)
        declared = sending.Declared("Joan Price", "Chair", level)
        made = sending.sent(session, sending.ready(session, club), declared=declared)
        case = build.case_at(session, group, state, made)
        if name in ("with conditions", "not yet"):
            wish = panels.endorse(case, with_conditions=True)
            wish = Choice("not yet") if name == "not yet" else wish
            panels.released(session, group, case, **dict.fromkeys(panels.GROUPS, wish))
        cases[name] = case.id
    known = {
        "olu": group.officer, "petra": petra, "lea": group.lead_assessor, "uma": uma,
        "sal": group.second_lead, "chair": group.chair, "deputy chair": group.deputy_chair,
        "agency": group.members["agency"][1], "voluntary": group.members["voluntary"][1],
        "youth 1": group.members["youth"][0], "youth 2": group.members["youth"][1],
        "deputy": group.deputies["youth"][2], "safe": safe, "stranger": people.person(session),
        **{f"ada {n}": one for n, one in enumerate(group.assessors, 1)},
        **{f"yara {n}": one for n, one in enumerate(group.young, 1)},
    }  # fmt: skip
    session.commit()
    return cases, {name: person.id for name, person in known.items()}, clock.now()


def one_of(found, number):
    return found[number % len(found)] if found else None


class Acting(RuleBasedStateMachine):
    """Somebody tries something: it is done and committed, or refused and nothing is changed."""

    session, connection, client, world = None, None, None, None

    @initialize(name=st.sampled_from(tuple(STARTS)))
    def begin(self, name):
        """From where the world was: what the example before did is undone with its savepoint."""
        cases, known, now = self.world
        clock.freeze(now)
        self.session.rollback()
        self.session.expunge_all()
        self.undo, self.id, self.floor = self.connection.begin_nested(), cases[name], None
        self.from_the_start = name == "waiting"
        self.people = {n: self.session.get_one(Person, id_) for n, id_ in known.items()}
        club = self.case().organisation
        self.people["lead"] = pledges.lead_of(club)
        self.people["editor"] = next(m.person for m in club.memberships if m.role == "editor")
        young = [self.people[name] for name in YOUNG]
        self.group = Group(officer=self.people["olu"], young=young)

    def case(self):
        return self.session.get_one(Case, self.id)

    def free(self, name):
        """Whom a tie bars, no page lets in."""
        return bool(onward.free(self.session, self.case(), [self.people[name]]))

    def name_of(self, person):
        """Who comes in later is known by their number."""
        found = (name for name, known in self.people.items() if known.id == person.id)
        name = next(found, f"new {person.id}")
        self.people.setdefault(name, person)
        return name

    def tries(self, name, act, *given, **more):
        """``act`` by them.  Whoever is tied to the place does nothing for the group."""
        free = self.free(name) or name in ("lead", "editor")
        try:
            act(self.session, *given, **how(self.people[name]), **more)
            self.session.commit()
        except Refused as refusal:
            self.session.rollback()
            assert all(reason.endswith(".") for reason in refusal.reasons)  # noqa: PT017
            return False
        assert free
        return True

    def simply(self, name, act, *given):
        """The same for an action that asks no scheme."""

        def without(session, *given, by, at, scheme):
            act(session, *given, by=by, at=at)

        return self.tries(name, without, *given)

    def done_by(self, name, *allowed):
        """Or by somebody who came in later, and was chosen for it."""
        assert name in allowed or name.startswith("new ")


def at(*wanted):
    """Where it makes no difference, an example's steps are too dear to be tried."""
    return precondition(lambda self: self.case().state in wanted)


class Assessing(Acting):
    """Until the panel."""

    @at(*LOOKED_FOR)
    @rule(name=st.sampled_from(OFFICERS), by_hand=st.sampled_from((*ADULTS, *YOUNG, "", "", "")))
    def propose_and_ask(self, name, by_hand):
        if not self.free(name):
            return
        if by_hand:
            term = assessor_term_of(self.session, self.people[by_hand])
            self.tries(name, allocating.add, self.case(), term)
        elif self.case().state == states.WAITING:
            self.tries(name, allocating.propose_for, [self.case()])
        self.session.refresh(self.case(), ["allocations"])
        self.tries(name, allocating.ask, self.case())

    @at(*LOOKED_FOR)
    @rule(number=some, act=st.sampled_from(
        (answering.accept, answering.accept, leaving.decline, leaving.stand_aside)))  # fmt: skip
    def answer_the_call(self, number, act):
        parts = [a for a in self.case().allocations if a.state in HAVE_A_PART]
        part = one_of(parts, number)
        if part is not None and self.free(self.name_of(part.person)):
            more = {"why": "No time."} if act is leaving.decline else {}
            self.tries(self.name_of(part.person), act, part, **more)

    @at(*states.UNDECIDED)
    @rule(name=st.sampled_from(OFFICERS), number=some, tie=yes)
    def part_ends(self, name, number, tie):
        part = one_of(self.case().allocations, number)
        if part is not None and self.free(name):
            act, why = (leaving.find_tie, "trustee") if tie else (leaving.take_out, "Away.")
            self.tries(name, act, part, why)

    @at(*LOOKED_FOR)
    @rule(number=some, rating=points, sends=yes)
    def read(self, number, rating, sends):
        parts = [a for a in self.case().allocations if a.state in HAVE_A_PART]
        part = one_of(parts, number)
        if part is None or not self.free(name := self.name_of(part.person)):
            return
        whole = build.reader_of(self.session, part)
        said = reading.Said(
            rating, reason=f"READING-{part.person_id}.", private_note=f"NOTE-{part.person_id}."
        )
        for standard in whole.standards:
            reader = build.reader_of(self.session, part)
            if not self.simply(name, reading.write, reader, standard, said):
                return
        if sends:
            self.tries(name, reading.send, build.reader_of(self.session, part))

    @at(*LOOKED_FOR)
    @rule(name=who, number=some, does=st.sampled_from(("ask", "ask", "answer", "more", "back")))
    def question(self, name, number, does):
        part = one_of([a for a in self.case().allocations if a.state in HAVE_A_PART], number)
        open_ = next((q for q in self.case().questions if q.closed_at is None), None)
        if does == "ask" and part is not None and self.free(self.name_of(part.person)):
            reader = build.reader_of(self.session, part)
            asks = self.name_of(part.person)
            if self.tries(asks, questions.ask, reader, reader.standards[0], "How often?"):
                assert part.part == "adult"
        elif does in ("answer", "more") and open_ is not None:
            name = name if number == 0 else "lead"
            more = ("Every week.",) if does == "answer" else ()
            act = questions.answer if does == "answer" else questions.more_time
            if self.tries(name, act, open_, *more):
                self.done_by(name, "lead", "editor")
        elif open_ is not None:
            asked_it = self.session.get_one(Person, open_.asked_by_id)
            self.tries(self.name_of(asked_it), questions.take_back, open_)

    @at(*states.ASSESSED)
    @rule(name=who, act=st.sampled_from((visiting.met, facts.send, checking.pass_on)))
    def move_on(self, name, act):
        allowed = {visiting.met: ADULTS, facts.send: ("lead",), checking.pass_on: LEADS}[act]
        if self.tries(name, act, self.case()):
            self.done_by(name, *allowed)

    @at(states.REPORT)
    @rule(name=who)
    def send_report(self, name):
        if self.tries(name, reporting.send, self.case(), []):
            self.done_by(name, *ADULTS)

    @at(states.MODERATION)
    @rule(name=st.sampled_from((*LEADS, "ada 1", "olu")))
    def back_to_the_report(self, name):
        if self.tries(name, checking.send_back, self.case(), "Look again."):
            self.done_by(name, *LEADS)

    @at(states.FACT_CHECK, states.MODERATION)
    @rule(name=st.sampled_from(("lead", "editor", "ada 1", "stranger")))
    def fact(self, name):
        point = OnePoint(self.case(), "", None)
        if self.simply(name, facts.write_point, point, "We have two."):
            self.done_by(name, "lead", "editor")

    @at(states.MODERATION)
    @rule(name=st.sampled_from((*LEADS, "ada 1", "olu")), rating=points, number=some)
    def settle(self, name, rating, number):
        case = self.case()
        standard = one_of(case.standards, number)
        finding = next(f for f in case.report.findings if f.standard == standard.key)
        one = OneStandard(case, standard, finding)
        if self.free(name) and self.simply(name, checking.settle, one, rating, "It is so."):
            self.done_by(name, *LEADS)

    @at(*states.UNDECIDED, states.STAGED)
    @rule(number=some, closes=yes)
    def flag(self, number, closes):
        case = self.case()
        open_ = [f for f in case.flags if f.closed_at is None]
        part = one_of([a for a in case.allocations if a.state in HAVE_A_PART], number)
        if open_ and closes:
            self.tries("safe", flags.close, open_[0], "Seen to.")
        elif part is not None and self.free(name := self.name_of(part.person)):
            self.tries(name, flags.raise_one, case, f"FLAG-{part.person_id}.")


class Deciding(Acting):
    """The panel, and what comes after."""

    @at(*VOTING, states.STAGED)
    @rule(number=some, said=st.sampled_from((*ties.ANSWERS, ties.NONE)))
    def say_what_ties(self, number, said):
        ballot = one_of(panels.ballots(self.case()), number)
        if ballot is not None and self.free(name := self.name_of(ballot.person)):
            self.tries(name, ties.answer, ballot, said)

    @at(*VOTING, states.STAGED)
    @rule(number=some, voters=st.integers(1, 8), with_conditions=yes, choice=st.sampled_from(
        ("for", "for", "not yet", "abstain")))  # fmt: skip
    def vote(self, number, voters, choice, with_conditions):
        """One after the other says what ties them, and votes."""
        for place in range(number, number + voters):
            ballot = one_of(panels.ballots(self.case()), place)
            if ballot is None or not self.free(name := self.name_of(ballot.person)):
                continue
            if ballot.asked_about_ties_at is None:
                self.tries(name, ties.answer, ballot, ties.NONE)
            offered = levels.offered(self.case())
            level = offered[0].key if choice == "for" and offered else None
            words = f"VOTE-{ballot.person_id}."
            wanted = Choice(choice, level, with_conditions and level is not None, words)
            if self.tries(name, voting.cast, ballot, wanted):
                assert self.case().state in VOTING

    @at(*VOTING)
    @rule(name=st.sampled_from((*VOTERS, "chair", "deputy chair", "olu", "lead")), casting=yes)
    def close_the_vote(self, name, casting):
        vote = Casting("agency", levels.most(self.case()) if casting else NOT_YET, casting)
        if self.tries(name, staging.stage, self.case(), casting=vote):
            self.is_led_by(name)
            self.has_its_quorum(rules.standing_decision(self.case()))

    def is_led_by(self, name):
        """The chairs; a second panel's own adults."""
        person, case = self.people[name], self.case()
        mine = rules.ballot_of(person, case)
        second = mine is not None and mine.stage == rules.ON_APPEAL
        assert person.has_role("chair") or (second and mine.constituency != "youth")

    def has_its_quorum(self, decision):
        votes = releasing.counted_votes(decision)
        untied = onward.free(self.session, self.case(), [v.ballot.person for v in votes])
        counting = {v.constituency for v in votes if v.standing == "counts"}
        assert counting == set(panels.GROUPS)
        assert len(untied) == len(votes)

    @at(states.STAGED, *states.DECIDED)
    @rule(name=st.sampled_from(("chair", "deputy chair", "agency", "youth 1", "olu", "lead")))
    def undo_it(self, name):
        act = releasing.undo if self.case().state == states.STAGED else releasing.take_back
        if self.tries(name, act, self.case(), "A slip."):
            self.is_led_by(name)

    @at(states.STAGED)
    @rule(name=who)
    def release(self, name):
        if self.tries(name, releasing.release, self.case()):
            self.done_by(name, *OFFICERS)

    @at(*states.DECIDED, states.LAPSED)
    @rule(name=st.sampled_from(("lead", "lead", "editor", "olu", "chair")))
    def appeal(self, name):
        told = self.rank(rules.standing_decision(self.case()))
        if self.tries(name, appeals.ask, self.case(), "Please look again."):
            self.done_by(name, "lead")
            self.floor = told

    @at(states.APPEAL)
    @rule(name=st.sampled_from((*LEADS, "uma", "olu", "chair")), uphold=yes)
    def hear(self, name, uphold):
        part = rules.took_part(self.people[name], self.case())
        said = {"uphold": uphold, "words": "It is so."}
        if self.tries(name, appeals.answer, self.case(), **said):
            self.done_by(name, *LEADS)
            assert not part

    @at(states.CONDITIONS, states.APPEAL, states.LAPSED)
    @rule(name=st.sampled_from(("lead", "editor", "olu", "lea", "chair")), met=yes)
    def condition(self, name, met):
        decision = rules.standing_decision(self.case())
        found = [c for c in decision.conditions if c.state != "dropped"]
        if not found:
            return
        if found[0].state == "shown":
            said = {"met": met, "words": "It is so."}
            if self.tries(name, conditions.answer, found[0], **said):
                self.done_by(name, *OFFICERS, *LEADS)
        elif self.simply(name, conditions.show, found[0], "We did it.", None):
            self.done_by(name, "lead", "editor")

    def rank(self, decision):
        return levels.rank_of(self.case(), decision.level), decision.outcome != "conditions"


class Anybody(Assessing, Deciding):
    """All of it, and what must hold."""

    @rule(steps=st.integers(1, 4))
    def the_right_people_go_on(self, steps):
        for _ in range(steps):
            if self.case().state in onward.STEPS:
                onward.go_on(self.session, self.group, self.case())

    @rule(name=st.sampled_from(("lead", "editor", "olu")), sure=st.integers(0, 3))
    def withdraw(self, name, sure):
        """Seldom: nothing comes after it."""
        submission = self.case().submission

        def act(session, submission, *, by, at, scheme):
            sending_actions.withdraw(
                session, submission, note="A gap.", by=by, at=at, team=sending.TEAM
            )

        if sure == 0 and self.tries(name, act, submission):
            self.done_by(name, "lead")

    @rule(name=st.sampled_from((*ADULTS, *YOUNG, *VOTERS, "olu")), kind=st.sampled_from(
        (BARS[1], "funder")))  # fmt: skip
    def a_tie_is_found(self, name, kind):
        club = self.case().organisation
        self.simply("petra", steering.note_tie, self.people[name], club, kind)

    @rule(days=st.integers(0, 30), runs=yes)
    def time_passes(self, days, runs):
        clock.freeze(clock.now() + timedelta(days=days))
        if runs:
            onward.the_clock_runs(self.session)

    @rule(name=who, first=st.integers(0, 4))
    def look(self, name, first):
        """What they find on pages of it: nothing that another wrote and is not told yet."""
        case, person = self.case(), self.people[name]
        slug, told = case.organisation.slug, case.state not in (*states.BEFORE_READING,
                                                                *states.READING)  # fmt: skip
        hidden = [one for one in OWN if not (told and one == "READING-")]
        hidden = [one for one in hidden if not (one == "FLAG-" and name == "safe")]
        at, key = case.reference, case.standards[0].key
        self.session.rollback()
        self.client.sign_in(person)
        for address in PAGES[first::5]:
            page = self.client.get(address.format(at=at, key=key, slug=slug))
            words = page.get_data(as_text=True)
            for start in hidden:
                assert words.count(start) == words.count(f"{start}{person.id}."), address

    @invariant()
    def its_history_holds_together(self):
        case = self.case()
        assert case.state in states.ALL_STATES
        assert [e.before for e in case.events[1:]] == [e.after for e in case.events[:-1]]
        assert case.events[-1].after == case.state
        assert (case.due_on is not None) == (case.state in clocks.FIELDS)
        if case.state in states.UNDECIDED and case.state not in states.BEFORE_READING:
            assert not is_short(case)

    @invariant()
    def a_decision_stands_where_one_should(self):
        case = self.case()
        standing = [d for d in case.decisions if d.undone_at is None]
        assert len({d.stage for d in standing}) == len(standing)
        last = rules.standing_decision(case)
        if case.state in (*states.UNDECIDED, states.WITHDRAWN):
            assert last is None
        elif case.state == states.STAGED:
            assert last.released_at is None
        else:
            assert last.released_at is not None
            assert (case.state == states.NOT_YET) <= (last.level is None)
        if case.state in states.DECIDED and self.floor is not None:
            assert self.rank(last) >= self.floor

    @invariant()
    def the_award_agrees(self):
        case = self.case()
        wanted = select(Award).where(
            Award.organisation_id == case.organisation_id, Award.state.in_(("live", "paused"))
        )
        award, last = self.session.scalar(wanted), rules.standing_decision(case)
        if case.state in (states.ENDORSED, states.CONDITIONS):
            assert (award.decision_id, award.level) == (last.id, last.level)
        elif case.state in (states.NOT_YET, states.LAPSED, states.WITHDRAWN):
            assert award is None

    def teardown(self):
        try:
            self.it_comes_to_an_end()
        finally:
            self.session.rollback()
            self.undo.rollback()

    def it_comes_to_an_end(self):
        """From wherever it stands the right people can bring it there; and nothing leaked."""
        for _ in range(60):
            if self.case().state not in onward.STEPS:
                break
            onward.go_on(self.session, self.group, self.case())
        assert self.case().state in (*states.DECIDED, *states.ENDS)
        self.its_history_holds_together()
        self.a_decision_stands_where_one_should()
        assert list(self.leaked()) == []
        if self.from_the_start:
            assert list(verify(self.session, SECRET[::-1].encode())) == []

    def leaked(self) -> Iterator[object]:
        for column in (AuditValue.after, OutboxMail.facts):
            written = cast(column, String)
            found = or_(*(written.contains(start) for start in OWN))
            yield from self.session.scalars(select(written).where(found))


PAGES = (
    "/my/", "/my/data", "/assess/", "/assess/{at}", "/assess/{at}/standards/{key}",
    "/assess/{at}/report/", "/assess/{at}/report/standards/{key}", "/assess/{at}/visits",
    "/moderate/{at}", "/moderate/{at}/standards/{key}", "/team/cases/{at}", "/panel/",
    "/panel/{at}", "/panel/{at}/vote", "/chair/{at}", "/team/decisions/", "/appeals/{at}",
    "/my/organisations/{slug}/quality/cases/{at}",
    "/my/organisations/{slug}/quality/cases/{at}/outcome",
)  # fmt: skip


@pytest.mark.once
@pytest.mark.slow
def test_whatever_happens_a_case_makes_sense(app, session, client, world):
    class Cases(Anybody):
        connection = app.extensions["database"].pinned

    Cases.session, Cases.client, Cases.world = session, client, world
    run_state_machine_as_test(
        Cases,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
