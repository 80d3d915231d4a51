"""Every page of the portal that a person can open, by person and address, on the example county.

People are the keys of the example's one-click sign-in (accounts/example.py).
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from accounts.actions import colleagues, data_requests, leading
from accounts.addresses import actions as addresses
from accounts.addresses.links import token_of as address_token
from accounts.invitation_links import token_of
from accounts.models import (
    MailboxRequest,
    MembershipRequest,
    Merger,
    Organisation,
)
from accounts.queries import person_by_email
from accounts.request_links import token_of as request_token
from charter.models import CharterDraft, CharterSession, Pledge, WorkerPledge
from charter.queries import current_charter
from charter.workers import actions as workers
from charter.workers.links import token_of as worker_token
from charter.workers.rules import mark_of
from endorsement import versions as frameworks
from endorsement.drafting import actions as drafting
from endorsement.evidence import actions as evidence_actions
from endorsement.evidence import contents
from review import queries as cases
from review.models import Award, Flag
from review.states import DESK as AT_THE_DESK
from review.states import FACT_CHECK as AT_THE_FACTS
from review.states import MODERATION as AT_MODERATION
from review.states import REPORT as AT_THE_REPORT
from review.states import VISIT as AT_THE_VISIT
from review.visits import actions as visiting
from review.visits.actions import Planned
from steering import actions as steering_actions
from steering import queries as steering
from steering.youth.queries import named
from tests.builders import (
    accounts,
    evidence,
    imports,
    panel,
    pathway_drafts,
    platforms,
    quality,
    sending,
    training,
    youth,
)
from tests.builders import review as reviews
from tests.builders.credentials import credential
from tests.builders.group import Group
from tests.web.files import making
from training.models import TrainingSession
from training.passport.links import token_of as passport_token
from web import clock
from web.audit import record

UNLED = "green-lane-wheels"
DRAFT, RETURNED, LIVE = "long-row-homework-house", "tin-roof-skate", "lantern-street-youth-club"

RENEWING, RENEWED = "bulwell-brass", "blue-door-drop-in"
PAUSED = "iron-gate-fitness"

NO_PAGES = frozenset(
    {
        "charter.certificate", "charter.lettering", "charter.poster", "charter.register_csv",
        "charter.register_json", "colours.colours", "award.certificate", "award.credential", "award.picture", "my_data.download", "health.live", "health.ready", "static",
        "versions.preview_lettering", "versions.preview_poster", "frameworks.download", "pathway_drafts.download",
        "planning.ics", "planning.spreadsheet", "training_sessions.as_calendar", "evidence_files.download", "evidence_files.picture",
        "assess.download", "assess.picture", "practice.together",
        "meetings.minutes_file", "training_team.spreadsheet", "training_imports.bad_rows", "checking.certificate", "checking.picture", "checking_desk.certificate", "checking_desk.picture", "checking_buddy.certificate", "checking_buddy.picture",
        "my_training.certificate", "credentials.did", "credentials.key_set", "credentials.revoked",
        "my_badges.as_set", "my_badges.document", "my_badges.picture", "my_badges.bitmap", "my_passport.on_paper", "my_passport.link_on_paper",
        "my_training.as_csv", "my_training.as_json",
        "record.as_pdf", "record.export",
        "charter.poster_to_copy", "workers.certificate", "charter.register_feed", "charter.robots", "charter.sitemap", "charter.sitemap_index",
    }
)  # fmt: skip
"""Endpoints that answer with a file."""

NOBODY = (
    "/", "/charter", "/charter/versions/2026", "/charter/versions/2025", "/charter/versions/2026/changes",
    "/training", "/training/2026", "/training/2026/W2", "/training/2026/roles/diversion-worker",
    "/quality", "/quality/2026", "/quality/2026/A1", "/quality/2026/B2",
    "/charter/versions/2025/changes?since=2026", "/charter/easy-read", "/register", "/worried",
    "/register?page=2", "/register?q=nobody+at+all", "/register?area=gedling&commitment=heard",
    "/register/data", "/accessibility", "/privacy", "/cookies", "/words", "/pledge", "/verify", "/credentials",
    f"/organisations/{LIVE}", "/organisations/three-bridges-boxing", "/sign-in", "/create-account",
    "/create-account/check-your-mail", "/confirm", "/forgot-password", "/example/",
    "/your-data/", "/your-data/ask", "/your-data/asked", "/account-deleted",
    "/forgot-password/check-your-mail", "/example/mail", "/example/mail/1", "/pledge/start",
    "/join-seat", "/join-seat/code", "/join-seat/waits", "/seat-sign-in",
    "/workers", "/workers?area=nottingham", "/workers?area=rushcliffe", "/pledge/worker",
    "/pledge/worker/check-your-mail", "/pledge/worker/link", "/lost-mailbox", "/lost-mailbox/asked",
)  # fmt: skip

REFUSED = (
    ("nobody", "/no-such-page", 404),
    ("nobody", "/organisations/nobody", 404),
    ("nobody", "/register?page=99", 404),
    ("nobody", "/register?area=atlantis", 422),
    ("nobody", "/register?q=%00", 400),
    ("nobody", "/confirm/no-such-token", 410),
    ("nobody", "/reset/no-such-token", 410),
    ("nobody", "/addresses/no-such-token", 404),
    ("newcomer", "/my/account/addresses/remove", 403),
    ("viewer", f"/my/organisations/{LIVE}/details", 403),
    ("lead", f"/my/organisations/{LIVE}", 404),
    ("lead", "/team/", 403),
    ("officer", "/data-protection/", 403),
    ("nobody", "/your-data/requests/no-such-token", 404),
    ("nobody", "/charter/versions/1999", 404),
    ("nobody", "/quality/1999", 404),
    ("nobody", "/training/1999", 404),
    ("nobody", "/training/2026/Z9", 404),
    ("nobody", "/training/2026/roles/wizard", 404),
    ("nobody", "/quality/2026/Z9", 404),
    ("nobody", "/charter/versions/2026/changes?since=1999", 404),
    ("newcomer", "/my/invitations/no-such-token", 404),
    ("nobody", "/pledge/worker/mine/no-such-token", 410),
    ("nobody", "/lost-mailbox/notice/no-such-token", 404),
    ("nobody", "/workers/no-such-pledge", 404),
    ("nobody", "/workers?area=atlantis", 422),
)  # fmt: skip
"""Who, the address, the status: pages that say no."""

FORMS = (
    ("nobody", "/create-account"),
    ("nobody", "/sign-in"),
    ("nobody", "/forgot-password"),
    ("nobody", "/verify"),
    ("nobody", "/lost-mailbox"),
    ("nobody", "/confirm"),
    ("newcomer", "/my/organisations/new"),
    ("newcomer", "/my/password"),
    ("newcomer", "/my/proof/app"),
    ("officer", "/team/second-step"),
    ("newcomer", "/my/name"),
    ("newcomer", "/my/account/delete"),
    ("nobody", "/your-data/ask"),
    ("data-protection", "/data-protection/requests/{data_request}"),
    ("data-protection", "/data-protection/requests/{data_request}/erase"),
    ("newcomer", "/my/account/addresses/add"),
    ("mending", "/my/account/mine-alone"),
    ("officer", "/team/mailboxes/{mailbox}"),
    ("nobody", "/pledge/worker/link"),
    ("nobody", "/pledge/worker/mine/{worker_token}/change"),
    ("half-way", "/pledge/worker/you"),
    ("editor", "/my/pledge/change"),
    ("with-code", "/sign-in/code"),
    ("lead", f"/my/organisations/{DRAFT}/details"),
    ("lead", f"/my/organisations/{DRAFT}/pledge/details"),
    ("lead", f"/my/organisations/{DRAFT}/pledge/signatory"),
    ("lead", f"/my/organisations/{DRAFT}/pledge/withdraw"),
    ("lead", f"/my/organisations/{DRAFT}/colleagues/invite"),
    ("lead", f"/my/organisations/{DRAFT}/projects/new"),
    ("lead", f"/my/organisations/{DRAFT}/projects/after-school-house/change"),
    ("lead", f"/my/organisations/{DRAFT}/projects/after-school-house/places/new"),
    ("lead", "/my/training/add"),
    ("lead", "/my/training/passport/new"),
    ("lead", "/my/training/prior-learning"),
    ("lead", "/my/training/records/{training_returned}/change"),
    ("lead", f"/my/organisations/{DRAFT}/quality/evidence/add/words"),
    ("lead", f"/my/organisations/{DRAFT}/quality/evidence/add/files"),
    ("lead", f"/my/organisations/{DRAFT}/quality/evidence/{{evidence}}/replace/words"),
    ("lead", f"/my/organisations/{DRAFT}/quality/evidence/{{evidence_file}}/replace/file"),
    ("lead", f"/my/organisations/{DRAFT}/quality/evidence/{{evidence_file}}/versions/1/remove"),
    ("lead", f"/my/organisations/{DRAFT}/training/import"),
    ("lead", f"/my/organisations/{DRAFT}/training/volunteers/new"),
    ("lead", f"/my/organisations/{DRAFT}/training/volunteers/{{volunteer}}"),
    ("newcomer", f"/my/join/{LIVE}"),
    ("lead", f"/my/organisations/{DRAFT}/hand-over"),
    ("lead", f"/my/organisations/{DRAFT}/requests/{{request}}"),
    ("left-alone", f"/my/organisations/{UNLED}/lead-it"),
    ("officer", f"/team/organisations/{UNLED}/lead"),
    ("officer", f"/team/organisations/{UNLED}/close"),
    ("officer", "/team/pledges/{sent}"),
    ("officer", "/team/pledges/{live}/suspend"),
    ("officer", "/team/sessions/{session_interested}/offer"),
    ("officer", "/team/sessions/{session_booked}/held"),
    ("officer", "/team/sessions/{session_booked}/call-off"),
    ("editor", f"/my/organisations/{DRAFT}/session/another"),
    ("live", f"/my/organisations/{LIVE}/session/ask"),
    ("live", "/my/training/sessions/here"),
    ("officer", "/my/training/sessions/new"),
    ("officer", "/my/training/sessions/{training_coming}/call-off"),
    ("officer", "/team/pledges/{suspended}/restore"),
    ("officer", "/team/pledges/{suspended}/keep-paused"),
    ("officer", "/team/pledges/{suspended}/end"),
    ("second-officer", "/team/pledges/{suspended}/appeal"),
    ("renewing", f"/my/organisations/{RENEWING}/pledge/looking-back/{{back}}"),
    ("officer", "/team/quality/drafts/{framework_draft}/words"),
    ("officer", "/team/quality/drafts/{framework_draft}/tracks/small"),
    ("officer", "/team/quality/drafts/{framework_draft}/areas/A"),
    ("officer", "/team/quality/drafts/{framework_draft}/levels/excellent"),
    ("officer", "/team/quality/drafts/{framework_draft}/standards/B2"),
    ("officer", "/team/quality/drafts/{framework_draft}/add"),
    ("officer", "/team/quality/drafts/{framework_draft}/file"),
    ("officer", "/team/quality/drafts/{framework_draft}/approval"),
    ("officer", "/team/quality/drafts/{framework_draft}/publish"),
    ("officer", "/team/quality/drafts/{framework_draft}/discard"),
    ("officer", "/team/charter/drafts/{charter_draft}/words"),
    ("officer", "/team/charter/drafts/{charter_draft}/commitments/safe"),
    ("officer", "/team/charter/drafts/{charter_draft}/add"),
    ("officer", "/team/charter/drafts/{charter_draft}/approval"),
    ("officer", "/team/charter/drafts/{charter_draft}/publish"),
    ("officer", "/team/charter/drafts/{charter_draft}/discard"),
    ("nobody", "/join-seat/code"),
    ("nobody", "/seat-sign-in"),
    ("with-seat-code", "/join-seat/you"),
    ("officer", "/team/steering-group/youth/new"),
    ("officer", "/team/steering-group/seats/new"),
    ("officer", "/team/steering-group/seats/{seat}/appoint"),
    ("officer", "/team/steering-group/chair"),
    ("officer", "/team/steering-group/assessors/new"),
    ("officer", "/team/steering-group/terms/{seat_term}/end"),
    ("officer", "/team/steering-group/ties/new"),
    ("member", "/my/steering/ties/new"),
    ("member", "/my/steering/ties/{tie}/over"),
)  # fmt: skip
"""Forms that say what is missing when they are sent empty."""


def known(portal: Any) -> dict[str, str]:
    """References that the addresses need.  One invitation is sent, since the county has none."""
    with (
        portal.app.app_context(),
        portal.app.extensions["database"].session(writes=True) as session,
    ):
        found = {
            pledge.state: pledge.reference
            for pledge in session.scalars(select(Pledge).order_by(Pledge.id))
        }
        draft = session.scalars(select(CharterDraft).order_by(CharterDraft.id.desc())).first()
        found["charter_draft"] = draft.reference if draft else ""
        bookings = session.scalars(select(CharterSession).order_by(CharterSession.id.desc()))
        found |= {f"session_{booking.state}": booking.reference for booking in bookings}
        club = session.scalars(select(Organisation).where(Organisation.slug == DRAFT)).one()
        renewals = session.scalars(select(Pledge).where(Pledge.renews_id.is_not(None)))
        by_state = {p.state: p for p in renewals}
        found["renewal"] = by_state["sent"].reference
        earlier = by_state["draft"].renews
        found["back"] = min(a.commitment.key for a in earlier.actions)
        by_role = {m.role: m for m in club.memberships}
        found |= {
            "lead_membership": by_role["lead"].reference,
            "editor_membership": by_role["editor"].reference,
            "place": next(p for project in club.projects for p in project.places).reference,
        }
        waiting = [i for i in club.invitations if i.email == "jordan.miles@people.example"]
        if not waiting:
            waiting = [_invite(session, club, by_role["lead"].person)]
            session.commit()
        request = session.scalars(select(MembershipRequest)).first()
        found["request"] = request.reference
        # The county's own: a journey in the same portal may have made another.
        oldest = select(Merger.reference).order_by(Merger.id).limit(1)
        found["merger"] = session.scalars(oldest).one()
        found |= _evidence(session, club, by_role["lead"].person)
        _offer_lead(session)
        session.commit()
        found |= quality.in_every_stage(session, DRAFT)
        found |= training.to_check(session, by_role["lead"].person, by_role["editor"].person)
        live = session.scalars(select(Organisation).where(Organisation.slug == LIVE)).one()
        found["buddy"] = training.buddies(session, club, live).reference
        found["framework_draft"] = _framework_draft(session)
        officer = person_by_email(session, "priya@charter.example")
        learning = platforms.in_hand(session, officer)[1]
        found |= {name: learning[f"learning.{name}"] for name in ("activity", "actor")}
        found["checked_again"] = training.in_sample(session, by_role["editor"].person)
        found["pathway_draft"] = pathway_drafts.in_hand(session, officer)
        found |= _training(session, club, by_role["lead"].person)
        found["import"] = imports.of_every_kind(session, by_role["lead"].person, club).reference
        found |= sending.sent_by(session, DRAFT)
        found |= _at_the_desk(session, officer, found["submission"])
        found |= _further_cases(session, officer)
        sending.ready_by(session, LIVE)
        found |= _training_sessions(session) | {"credential": credential(session).reference}
        found |= _steering(session)
        found |= _panel(session, officer, by_role["lead"].person)
        found["an_award"] = _award(session)
        found |= _data_request(session) | _addresses(session) | _workers(session)
        found["invitation"] = token_of(waiting[0].reference)
    return found


def _evidence(session: Any, club: Organisation, lead: Any) -> dict[str, str]:
    """Words that were replaced, and a file with pages."""
    words = evidence.item(session, club, "How we ask", by=lead, standards=("B1", "B2"))
    again = contents.words("We ask every Friday and write it on the wall.")
    evidence_actions.replace(session, words, again, by=lead, at=clock.now())
    file = evidence.file(session, club, making.pdf(), title="Minutes", by=lead, standards=("B1",))
    return {"evidence": words.reference, "evidence_file": file.reference}


def _at_the_desk(session: Any, officer: Any, reference: str) -> dict[str, str]:
    """Yasmin and Derek read the case; she asked something, and is worried."""
    readers = [
        person_by_email(session, f"{n}@people.example") for n in ("yasmin.blake", "derek.shaw")
    ]
    case = cases.by_reference(session, reference)
    assert case is not None
    _with_room(session, readers)
    if not case.allocations:
        reviews.case_at(
            session, Group(officer=officer, assessors=readers), AT_THE_DESK, case.submission
        )
        reviews.asked(session, case.allocations[0], "B1", "How often do you ask them?")
        reviews.flagged(session, case.allocations[0])
    flag = session.scalars(select(Flag).where(Flag.case_id == case.id)).one()
    found = {"question": case.questions[0].reference, "flag": flag.reference}
    return found | {"a_part": case.allocations[0].reference}


FURTHER = {
    "visit": ("quarry-edge-climbing", AT_THE_VISIT),
    "report": ("saltbox-theatre", AT_THE_REPORT),
    "facts": (RENEWING, AT_THE_FACTS),
    "moderation": ("wheelhouse-bikes", AT_MODERATION),
}
"""Clubs without a case of the county's own, and how far theirs come."""


def _further_cases(session: Any, officer: Any) -> dict[str, str]:
    """Yasmin and Owen have read them; Derek, a lead assessor, had no part."""
    readers = [
        person_by_email(session, f"{n}@people.example") for n in ("yasmin.blake", "owen.tait")
    ]
    seats = [named(session, name) for name in ("Finch", "Marble")]
    young = [seat.person for seat in seats if seat is not None]
    _with_room(session, [*readers, *young])
    group, found = Group(officer=officer, assessors=readers, young=young), {}
    for name, (slug, state) in FURTHER.items():
        sent = cases.by_reference(session, sending.sent_by(session, slug)["submission"])
        assert sent is not None
        case = reviews.case_at(session, group, state, sent.submission)
        found[f"case_{name}"] = case.reference
        if name == "visit" and not case.visits:
            found["a_visit"] = _arranged(session, case, readers)
        if name == "moderation" and case.report and not case.report.fact_points:
            reviews.with_a_fact(session, case)
    return found


def _with_room(session: Any, people: list[Any]) -> None:
    """They have offered to hold more cases at once than is usual."""
    for person in people:
        term = steering.assessor_term_of(session, person)
        term.most_open = 20
        record(session, term, "change", by="system:test", at=clock.now())
    session.flush()


def _arranged(session: Any, case: Any, readers: list[Any]) -> str:
    """Both fill in a sheet: the county's young assessors have no one-click sign-in."""
    planned = Planned("visit", clock.today(), "Two of us, and a youth worker", readers)
    made = visiting.arrange(session, case, planned, by=readers[0], at=clock.now())
    return made.reference


def _training(session: Any, club: Organisation, lead: Any) -> dict[str, str]:
    """The lead works there too, and has records of every kind."""
    training.with_roles(session, lead, club, "diversion-worker", "worker-in-charge")
    link = training.passport_link(session, lead)
    found = {"badge": training.badge(session, lead), "passport": passport_token(link.reference)}
    return training.every_state(session, lead) | found


def _training_sessions(session: Any) -> dict[str, str]:
    """One that is to come, with a waiting list, and one that is over."""
    ordered = select(TrainingSession).order_by(TrainingSession.starts_at)
    of_state = {it.state: it for it in session.scalars(ordered)}
    wanted = select(TrainingSession).where(TrainingSession.title == "Emergency first aid")
    full = session.scalars(wanted).one()
    return {
        "training_coming": full.reference,
        "training_code": full.code,
        "training_done": of_state["done"].reference,
    }


def _offer_lead(session: Any) -> None:
    """Marcia asks Ola to take over: the county has no such offer."""
    club = session.scalars(select(Organisation).where(Organisation.slug == LIVE)).one()
    by_role = {m.role: m for m in club.memberships if m.ended_at is None}
    leading.offer_lead(
        session,
        club,
        by_role["viewer"],
        afterwards="editor",
        by=by_role["lead"].person,
        at=clock.now(),
        good_for=timedelta(days=14),
    )


def _steering(session: Any) -> dict[str, str]:
    """A seat without a deputy, and a tie of the member's."""
    farah = person_by_email(session, "farah.malik@people.example")
    club = session.scalars(select(Organisation).where(Organisation.slug == LIVE)).one()
    tie = next(iter(steering.ties_of(session, farah)), None)
    if tie is None:
        tie = steering_actions.note_tie(session, farah, club, "relative", by=farah, at=clock.now())
        session.commit()
    seat = next(s for s in steering.seats(session) if len(s.terms) == 1)
    term = seat.terms[0].reference
    CODES["youth"] = _youth_seat(session)
    return {
        "youth_seat": CODES["youth"][0],
        "seat": seat.reference,
        "seat_term": term,
        "tie": tie.reference,
    }


def _youth_seat(session: Any) -> tuple[str, str]:
    """A code is out for a young assessor, whom Marcia supports; the seat and the code."""
    priya, marcia = (
        person_by_email(session, email)
        for email in ("priya@charter.example", "marcia.bell@people.example")
    )
    asked = youth.invited(session, None, "young assessor", by=priya, supporter=marcia)
    session.commit()
    return asked.reference, youth.code(asked)


def _award(session: Any) -> str:
    wanted = select(Award.reference).join(Award.organisation).where(Organisation.slug == LIVE)
    return session.scalars(wanted).one()


def _panel(session: Any, officer: Any, lead: Any) -> dict[str, str]:
    """Cases before the panel, decided, and told; everybody has said that nothing ties them."""
    group = panel.group_of(session, officer)
    _with_room(session, [*group.assessors, *group.young])
    clubs = {
        name: {"slug": accounts.checked_organisation(session, lead, name=f"Club {name}").slug}
        for name in panel.CLUBS
    }
    made = panel.for_the_table(session, group, clubs)
    session.commit()
    made["told"] |= clubs["told"]
    return {f"{club}_{name}": it for club, names in made.items() for name, it in names.items()}


def _framework_draft(session: Any) -> str:
    """The Charter team has begun the framework's next version, and changed a word and a code."""
    officer = person_by_email(session, "priya@charter.example")
    draft = drafting.begin(session, frameworks.newest(session), by=officer, at=clock.now())
    if len(draft.text["standards"]) == len(draft.based_on.text["standards"]):
        drafting.take_out(session, draft, "G2", by=officer, at=clock.now())
    session.commit()
    return draft.reference


def _data_request(session: Any) -> dict[str, str]:
    """Jordan asks what is held of them; the data protection lead has looked."""
    jordan = person_by_email(session, "jordan.miles@people.example")
    grace = person_by_email(session, "grace@charter.example")
    asked = data_requests.ask(
        session, kind="see", name=jordan.name, email=jordan.email, words="What do you hold?",
        by=jordan, at=clock.now(), days=30,
    )  # fmt: skip
    if not asked.events:
        data_requests.look(session, asked, by=grace, at=clock.now())
    session.commit()
    return {"data_request": asked.reference, "data_token": request_token(asked.reference)}


def _addresses(session: Any) -> dict[str, str]:
    """Del adds an address, and Callum says that his mailbox is his club's."""
    del_, callum = (
        person_by_email(session, f"{n}@people.example") for n in ("del.kent", "callum.reid")
    )
    change = addresses.ask_to_add(
        session, del_, "del@home.example", shared=False, at=clock.now(), good_for=timedelta(days=7)
    )
    if not callum.shared:
        addresses.mark_shared(session, callum, at=clock.now())
    session.commit()
    lost = session.scalars(select(MailboxRequest).order_by(MailboxRequest.id)).all()
    by_state = {request.state: request.reference for request in lost}
    return {
        "address_new": address_token("address", change.reference, addresses.NEW),
        "address_old": address_token("address", change.reference, addresses.OLD),
        "mailbox": by_state["asked"],
        "mailbox_waiting": by_state["waiting"],
        "mailbox_token": address_token("mailbox", by_state["waiting"], "new"),
        "mailbox_old_token": address_token("mailbox", by_state["waiting"], "old"),
    }


def _workers(session: Any) -> dict[str, str]:
    """Ben signs for himself."""
    ben = person_by_email(session, "ben.carter@people.example")
    answers = workers.Answers("Ben", "youth-worker", "nottingham", False)
    version = current_charter(session)
    workers.sign(session, version, answers, by=ben, at=clock.now(), example=True)
    session.commit()
    pledges = session.scalars(select(WorkerPledge).order_by(WorkerPledge.id.desc()))
    found = {pledge.state: pledge for pledge in pledges}
    tokens = {s: worker_token(p.reference, mark_of(p.email)) for s, p in found.items()}
    return {f"worker_{state}": pledge.reference for state, pledge in found.items()} | {
        "worker_token": tokens["live"],
        "worker_token_unconfirmed": tokens["unconfirmed"],
        "worker_token_withdrawn": tokens["withdrawn"],
    }


def _invite(session: Any, club: Organisation, lead: Any) -> Any:
    return colleagues.invite(
        session,
        club,
        email="jordan.miles@people.example",
        role="viewer",
        by=lead,
        at=clock.now(),
        good_for=timedelta(days=14),
        most_a_day=50,
    )


def _write_own_pledge(page: Any) -> None:
    page.goto("/pledge/worker")
    page.get_by_role("button", name="I will keep these", exact=True).click()
    page.get_by_label("Your first name", exact=True).fill("Sam")
    page.get_by_label("What you do", exact=True).select_option(label="Coach or instructor")
    page.get_by_label("Where", exact=True).select_option(label="Gedling")
    page.get_by_label("Email address", exact=True).fill("sam@people.example")
    page.get_by_role("button", name="Go on", exact=True).click()
    page.wait_for_url("**/check")


def _ask_for_code(page: Any) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email address", exact=True).fill("nobody.at.all@people.example")
    page.get_by_role("button", name="Send me a code instead", exact=True).click()
    page.wait_for_url("**/sign-in/code")


CODES: dict[str, tuple[str, str]] = {}
"""What ``known`` made and a browser has to type: the seat's reference and its code."""


def _type_seat_code(page: Any) -> None:
    page.goto("/join-seat/code")
    page.get_by_label("Your code", exact=True).fill(CODES["youth"][1])
    page.get_by_role("button", name="Go on", exact=True).click()
    page.wait_for_url("**/you")


NOT_SIGNED_IN: dict[str, Callable[[Any], None]] = {
    "nobody": lambda _page: None,
    "half-way": _write_own_pledge,
    "with-code": _ask_for_code,
    "with-seat-code": _type_seat_code,
}
"""People without an account, and what each did first in their browser."""


def pages(known: dict[str, str]) -> list[tuple[str, str]]:
    """(person, address) of every page."""
    return [
        *(("nobody", address) for address in NOBODY),
        ("nobody", f"/credentials/{known['credential']}"),
        *_for_newcomer(known),
        *_for_workers(known),
        *_for_lead(known),
        *_for_evidence(known),
        *_for_addresses(known),
        *_for_others(known),
        *_for_officer(known),
        *_for_my_training(known),
        *_for_quality(known),
        *_for_sending(known),
        *_for_the_desk(known),
        *_for_allocation(known),
        *_for_the_report(known),
        *_for_team(known),
        *_for_training(known),
        *_for_steering(known),
        *_for_panel(known),
        *_for_awards(known),
    ]


def _for_awards(known: dict[str, str]) -> list[tuple[str, str]]:
    return [
        ("nobody", f"/organisations/{LIVE}/award"),
        ("live", f"/my/organisations/{LIVE}/quality/award"),
        ("live", f"/my/organisations/{LIVE}/quality/closed-weeks"),
        ("officer", "/team/awards/"),
        ("officer", f"/team/awards/{known['an_award']}"),
    ]


def _for_panel(known: dict[str, str]) -> list[tuple[str, str]]:
    pack, chair = f"/panel/{known['panel_submission']}", f"/chair/{known['panel_submission']}"
    staged = f"/chair/{known['staged_submission']}"
    meeting = f"/meetings/{known['panel_panel_meeting']}"
    chairs = (
        "/chair/", chair, f"{chair}/close", staged, f"{staged}/why", f"{staged}/answer",
        f"{staged}/standards/A1", f"{staged}/conditions", f"{staged}/undo",
    )  # fmt: skip
    team = (
        "/team/decisions/", f"/team/decisions/{known['panel_submission']}/guest", "/meetings/",
        "/meetings/new", meeting, f"{meeting}/agenda", f"{meeting}/held", f"{meeting}/minutes",
    )  # fmt: skip
    told = (
        f"/my/organisations/{known['told_slug']}/quality/cases/{known['told_submission']}/outcome"
    )
    own = (told, f"{told}/conditions/{known['told_condition']}", f"{told}/appeal")
    leads = ("/conditions/", f"/conditions/{known['told_condition']}", "/appeals/")
    return [
        *(("lead", page) for page in own),
        *(("lead-assessor", page) for page in (*leads, f"/appeals/{known['heard_submission']}")),
        *(("youth-member", page) for page in (pack, f"{pack}/ties", f"{pack}/vote")),
        *(("member", page) for page in ("/panel/", pack)),
        *(("chair", page) for page in ("/my/", *chairs)),
        *(("officer", page) for page in team),
    ]


def _for_steering(known: dict[str, str]) -> list[tuple[str, str]]:
    here, seat = "/team/steering-group", f"/team/steering-group/seats/{known['seat']}"
    pages = (
        f"{here}/", f"{here}/seats/new", seat, f"{seat}/appoint", f"{here}/chair",
        f"{here}/assessors/new", f"{here}/terms/{known['seat_term']}/end", f"{here}/ties/",
        f"{here}/ties/new", f"{here}/youth/", f"{here}/youth/new",
        *(f"{here}/youth/{known['youth_seat']}{page}" for page in ("", "/supporter", "/end")),
    )  # fmt: skip
    own = ("/my/steering/", "/my/steering/ties/new", f"/my/steering/ties/{known['tie']}/over")
    return [
        *(("officer", page) for page in pages),
        *(("member", page) for page in own),
        ("live", "/my/supporting/"),
        ("with-seat-code", "/join-seat/you"),
    ]


def _for_my_training(known: dict[str, str]) -> list[tuple[str, str]]:
    here, records = "/my/training", "/my/training/records"
    waiting, returned = known["training_waiting"], known["training_returned"]
    addresses = (
        here, f"{here}/badges", f"{here}/passport", f"{here}/passport/new", f"/passport/{known['passport']}", f"{here}/add?module=W2", f"{here}/prior-learning", f"{here}/roles/{DRAFT}",
        f"{here}/shown/{DRAFT}", f"{records}/{waiting}", f"{records}/{waiting}/withdraw",
        f"{records}/{returned}", f"{records}/{returned}/change",
        *(f"{records}/{known[f'training_{state}']}" for state in ("checked", "refused", "recognised")),
        f"{records}/{known['training_refused']}/change",
    )  # fmt: skip
    return [("newcomer", here), *(("lead", address) for address in addresses)]


def _for_quality(known: dict[str, str]) -> list[tuple[str, str]]:
    here, new = (f"/my/organisations/{slug}/quality" for slug in (DRAFT, RETURNED))
    pages = (
        "", "/standards/A1", "/standards/C2", "/standards/A1/help", "/track", "/history", "/print",
        "/next-year", "/pictures", "/plan", "/plan/new", f"/plan/{known['action']}",
        f"/earlier/{known['earlier_assessment']}",
    )  # fmt: skip
    return [
        *(("lead", here + page) for page in pages),
        ("mending", new),
    ]


def _for_newcomer(known: dict[str, str]) -> list[tuple[str, str]]:
    addresses = (
        "/my/", "/my/account", "/my/account/delete", "/my/data/", "/my/name", "/my/password", "/my/organisations/new", "/pledge/start",
        "/my/account/addresses", "/my/account/addresses/add", "/my/devices", "/my/account/shared",
        f"/my/invitations/{known['invitation']}", "/my/join", "/my/join?q=lantern",
        "/my/join?q=nobody+at+all", f"/my/join/{LIVE}",
        "/my/proof", "/my/proof/app", "/my/proof/passkeys/add", "/my/proof/recovery-codes",
    )  # fmt: skip
    return [("newcomer", address) for address in addresses]


def _for_workers(known: dict[str, str]) -> list[tuple[str, str]]:
    mine = f"/pledge/worker/mine/{known['worker_token']}"
    return [
        ("half-way", "/pledge/worker/you"),
        ("half-way", "/pledge/worker/check"),
        ("nobody", mine),
        ("nobody", f"{mine}/change"),
        ("nobody", f"{mine}/withdraw"),
        ("nobody", f"/pledge/worker/mine/{known['worker_token_unconfirmed']}"),
        ("nobody", f"/pledge/worker/mine/{known['worker_token_withdrawn']}"),
        ("nobody", f"/workers/{known['worker_live']}"),
        ("nobody", f"/workers/{known['worker_withdrawn']}"),
        ("editor", "/my/pledge"),
        ("editor", "/my/pledge/change"),
        ("editor", "/my/pledge/withdraw"),
        ("newcomer", "/pledge/worker"),
    ]


def _for_sending(known: dict[str, str]) -> list[tuple[str, str]]:
    here, one = f"/my/organisations/{DRAFT}/quality", known["submission"]
    pages = ("/summary", "/ready", "/preview", "/submissions", f"/submissions/{one}",
             f"/submissions/{one}/record", f"/submissions/{one}/withdraw")  # fmt: skip
    return [
        *(("lead", here + page) for page in pages),
        ("live", f"/my/organisations/{LIVE}/quality/send"),
        ("officer", "/team/submissions/"),
        ("officer", "/team/essentials/"),
        ("officer", f"/team/submissions/{one}"),
    ]


def _for_the_desk(known: dict[str, str]) -> list[tuple[str, str]]:
    case, question = f"/assess/{known['submission']}", known["question"]
    own = f"/my/organisations/{DRAFT}/quality/cases/{known['submission']}"
    pages = (
        "",
        "/standards/B1",
        "/standards/A1/ask",
        "/send",
        "/worry",
        f"/questions/{question}/take-back",
    )
    return [
        ("assessor", "/assess/"),
        *(("assessor", case + page) for page in pages),
        ("lead", own),
        ("lead", f"{own}/questions/{question}"),
        ("safeguarding", "/safeguarding/"),
        ("safeguarding", f"/safeguarding/{known['flag']}"),
    ]


def _for_allocation(known: dict[str, str]) -> list[tuple[str, str]]:
    case = f"/team/cases/{known['submission']}"
    pages = (
        "",
        "/assessors",
        *(f"/assessors/{known['a_part']}/{do}" for do in ("take-out", "tie")),
    )
    return [
        ("officer", "/team/allocation/"),
        ("officer", "/team/allocation/assessors"),
        ("officer", "/team/cases/"),
        *(("officer", case + page) for page in pages),
        ("assessor", f"/assess/{known['submission']}/part"),
    ]


def _for_the_report(known: dict[str, str]) -> list[tuple[str, str]]:
    visit, report, facts, checked = (known[f"case_{name}"] for name in FURTHER)
    here, sheet = f"/assess/{report}/report", known["a_visit"]
    own = f"/my/organisations/{RENEWING}/quality/cases/{facts}/report"
    assessor = (
        f"/assess/{visit}/visits", f"/assess/{visit}/visits/arrange",
        f"/assess/visits/{sheet}/change", f"/assess/visits/{sheet}/record", "/assess/sheets",
        f"/assess/sheets/{sheet}", f"{here}/", f"{here}/standards/B1", f"{here}/words",
        f"{here}/level", f"{here}/conditions", f"{here}/send", f"/assess/{checked}/facts/",
        f"/assess/{checked}/facts/1",
    )  # fmt: skip
    lead = ("", f"/{checked}", f"/{checked}/standards/B1", f"/{checked}/back")
    return [
        *(("assessor", address) for address in assessor),
        *(("renewing", own + page) for page in ("", "/facts/A1", "/send")),
        *(("lead-assessor", f"/moderate{page or '/'}") for page in lead),
        ("officer", "/agreement/"),
        ("assessor", "/practice/"),
        ("assessor", "/practice/standards/B1"),
    ]


def _for_team(known: dict[str, str]) -> list[tuple[str, str]]:
    here, one = f"/my/organisations/{DRAFT}/training", known["to_check"]
    buddy = f"{here}/buddies/{known['buddy']}/checks"
    return [
        *(
            ("lead", f"{here}/import{page}")
            for page in ("", f"/{known['import']}", f"/{known['import']}/columns")
        ),
        ("lead", f"{here}/volunteers/new"),
        ("lead", f"{here}/volunteers/{known['volunteer']}"),
        ("editor", f"/my/training-entered/{known['volunteer']}"),
        *(
            ("lead", here + page)
            for page in ("", "?status=expired", "/next", "/gaps", "/checks", f"/checks/{one}")
        ),
        ("officer", "/team/training/checks"),
        ("officer", f"/team/training/checks/{one}"),
        ("lead", f"{here}/buddies?q=club"),
        ("live", buddy),
        ("live", f"{buddy}/{one}"),
    ]


def _for_addresses(known: dict[str, str]) -> list[tuple[str, str]]:
    return [
        ("with-code", "/sign-in/code"),
        ("live", "/my/account/addresses"),
        ("live", "/my/account/addresses/main"),
        ("live", "/my/account/addresses/remove"),
        ("left-alone", "/my/account/addresses"),
        ("mending", "/my/account/addresses"),
        ("mending", "/my/account/mine-alone"),
        ("nobody", f"/addresses/{known['address_new']}"),
        ("left-alone", f"/addresses/{known['address_old']}"),
        ("nobody", f"/lost-mailbox/notice/{known['mailbox_token']}"),
        ("nobody", f"/lost-mailbox/notice/{known['mailbox_old_token']}"),
        ("officer", f"/team/mailboxes/{known['mailbox']}"),
        ("officer", f"/team/mailboxes/{known['mailbox_waiting']}"),
    ]


def _for_lead(known: dict[str, str]) -> list[tuple[str, str]]:
    own = f"/my/organisations/{DRAFT}"
    project = f"{own}/projects/after-school-house"
    pledge = f"{own}/pledge"
    return [
        ("lead", address)
        for address in (
            "/my/", own, f"{own}/details", f"{own}/colleagues", f"{own}/colleagues/invite",
            f"{own}/colleagues/{known['editor_membership']}",
            f"{own}/hand-over", f"{own}/history", f"{own}/requests/{known['request']}",
            f"{own}/colleagues/{known['editor_membership']}/end",
            f"{own}/colleagues/{known['lead_membership']}/end", f"{own}/projects/",
            f"{own}/projects/new", project, f"{project}/change", f"{project}/close",
            f"{project}/places/new", f"{project}/places/{known['place']}",
            f"{project}/places/{known['place']}/remove", pledge, f"{pledge}/details",
            f"{pledge}/projects", f"{pledge}/signatory", f"{pledge}/commitments/safe",
            f"{pledge}/commitments/community", f"{pledge}/check", f"{pledge}/withdraw",
        )
    ]  # fmt: skip


def _for_evidence(known: dict[str, str]) -> list[tuple[str, str]]:
    own = f"/my/organisations/{DRAFT}/quality/evidence"
    words, file = f"{own}/{known['evidence']}", f"{own}/{known['evidence_file']}"
    return [
        ("lead", address)
        for address in (
            own, f"{own}/?standard=B1", f"{own}/add?standard=B1", f"{own}/add/words?standard=B1",
            f"{own}/add/link", f"{own}/add/visit", f"{own}/add/files", words, f"{words}?version=1",
            f"{words}/change", f"{words}/replace/words", f"{words}/replace/visit", file,
            f"{file}/replace/file", f"{file}/versions/1/remove", f"{file}/put-away",
        )
    ]  # fmt: skip


def _for_others(known: dict[str, str]) -> list[tuple[str, str]]:
    return [
        ("live", "/my/"),
        ("live", "/my/messages"),
        ("live", f"/my/organisations/{LIVE}/session"),
        ("mending", f"/my/organisations/{RETURNED}/session"),
        ("mending", f"/my/organisations/{RETURNED}/session/call-off"),
        ("editor", f"/my/organisations/{DRAFT}/session"),
        ("editor", f"/my/organisations/{DRAFT}/session/another"),
        ("live", f"/my/organisations/{LIVE}/session/ask"),
        ("live", "/my/reminders"),
        ("live", f"/my/organisations/{LIVE}"),
        ("live", f"/my/organisations/{LIVE}/pledge"),
        ("live", f"/my/organisations/{LIVE}/pledge/withdraw"),
        ("viewer", f"/my/organisations/{LIVE}"),
        ("viewer", f"/my/organisations/{LIVE}/pledge"),
        ("viewer", f"/my/organisations/{LIVE}/projects/"),
        ("viewer", f"/my/organisations/{LIVE}/take-over"),
        ("live", f"/my/organisations/{LIVE}/hand-over"),
        ("left-alone", "/my/"),
        ("left-alone", f"/my/organisations/{UNLED}/lead-it"),
        ("mending", "/my/"),
        ("mending", f"/my/organisations/{RETURNED}/pledge"),
        ("mending", f"/my/organisations/{RETURNED}/pledge/signatory"),
        ("mending", f"/my/organisations/{RETURNED}/pledge/check"),
        ("editor", f"/my/organisations/{DRAFT}/pledge"),
        ("editor", f"/my/organisations/{DRAFT}/colleagues"),
    ]


def _for_training(known: dict[str, str]) -> list[tuple[str, str]]:
    own = "/my/training/sessions"
    coming, done = f"{own}/{known['training_coming']}", f"{own}/{known['training_done']}"
    return [
        *(("live", f"{own}{page}") for page in ("/", "/?module=W1", "/here")),
        ("newcomer", f"{own}/"),
        ("live", coming),
        ("live", f"{coming}/team"),
        ("live", f"{own}/here/{known['training_code']}"),
        ("officer", f"{own}/offered"),
        ("officer", f"{own}/new"),
        *(
            ("officer", f"{coming}{page}")
            for page in ("", "/change", "/call-off", "/people", "/code")
        ),
        ("officer", f"{done}/people"),
    ]


def _for_officer(known: dict[str, str]) -> list[tuple[str, str]]:
    return [
        ("data-protection", "/my/"),
        ("data-protection", "/data-protection/"),
        ("data-protection", "/data-protection/kept"),
        ("data-protection", f"/data-protection/requests/{known['data_request']}"),
        ("data-protection", f"/data-protection/requests/{known['data_request']}/data"),
        ("data-protection", f"/data-protection/requests/{known['data_request']}/erase"),
        ("nobody", f"/your-data/requests/{known['data_token']}"),
        ("officer", "/my/"),
        ("officer", "/my/data/"),
        ("officer", "/team/"),
        ("officer", "/team/leads"),
        ("officer", "/team/names/"),
        ("officer", f"/team/mergers/{known['merger']}"),
        ("officer", f"/team/organisations/{UNLED}/merge"),
        ("officer", f"/team/organisations/{UNLED}/merge?q=street"),
        ("officer", f"/team/organisations/{UNLED}/merge/{DRAFT}"),
        ("officer", f"/team/organisations/{UNLED}/close"),
        ("officer", "/team/organisations/main-street-marchers/close"),
        ("officer", "/my/organisations/bulwell-brass/history"),
        ("officer", f"/team/organisations/{UNLED}/lead"),
        ("officer", "/team/second-step"),
        ("new-officer", "/my/proof"),
        ("officer", "/team/organisations"),
        ("officer", "/team/mailboxes/"),
        ("officer", "/team/workers"),
        ("officer", "/team/organisations?q=nobody+at+all"),
        ("officer", "/team/organisations/riverside-young-gardeners"),
        ("officer", f"/team/organisations/{LIVE}"),
        *(("officer", f"/team/pledges/{known[s]}") for s in ("sent", "returned", "live", "lapsed")),
        ("officer", f"/team/pledges/{known['live']}/suspend"),
        ("officer", f"/team/pledges/{known['live']}/withdraw"),
        ("officer", f"/team/pledges/{known['suspended']}/restore"),
        ("officer", "/team/paused"),
        ("officer", f"/team/pledges/{known['suspended']}"),
        ("officer", f"/team/pledges/{known['suspended']}/keep-paused"),
        ("officer", f"/team/pledges/{known['suspended']}/end"),
        ("officer", f"/team/pledges/{known['renewal']}"),
        ("second-officer", f"/team/pledges/{known['suspended']}/appeal"),
        ("renewing", "/my/"),
        ("renewing", f"/my/organisations/{RENEWING}/pledge"),
        ("renewing", f"/my/organisations/{RENEWING}/pledge/looking-back/{known['back']}"),
        ("renewing", f"/my/organisations/{RENEWING}/pledge/commitments/safe"),
        ("paused", f"/my/organisations/{PAUSED}/pledge"),
        ("paused", f"/my/organisations/{PAUSED}/pledge/appeal"),
        ("nobody", f"/organisations/{RENEWED}"),
        ("officer", f"/my/organisations/{LIVE}"),
        *_versions(f"/team/charter/drafts/{known['charter_draft']}"),
        *_frameworks(f"/team/quality/drafts/{known['framework_draft']}"),
        ("officer", "/team/training/again/"),
        ("officer", f"/team/training/again/{known['checked_again']}"),
        ("officer", "/team/learning/"),
        ("officer", f"/team/learning/courses/{known['activity']}"),
        ("officer", f"/team/learning/people/{known['actor']}"),
        *_pathways(f"/team/pathways/drafts/{known['pathway_draft']}"),
        ("officer", "/team/sessions/"),
        *(
            ("officer", f"/team/sessions/{known[f'session_{s}']}")
            for s in ("interested", "offered", "booked", "done")
        ),
        ("officer", f"/team/sessions/{known['session_interested']}/offer"),
        ("officer", f"/team/sessions/{known['session_booked']}/held"),
        ("officer", f"/team/sessions/{known['session_booked']}/nobody-came"),
        ("officer", f"/team/sessions/{known['session_booked']}/call-off"),
    ]


def _versions(draft: str) -> list[tuple[str, str]]:
    pages = (
        "", "/words", "/commitments/heard", "/commitments/safe/remove", "/add", "/changes",
        "/approval", "/publish", "/discard", "/preview", "/preview/easy-read",
    )  # fmt: skip
    return [("officer", "/team/charter/"), *(("officer", f"{draft}{page}") for page in pages)]


def _frameworks(draft: str) -> list[tuple[str, str]]:
    pages = (
        "", "/words", "/scale", "/ways", "/tracks/small", "/areas/A", "/levels/excellent",
        "/standards/B2", "/standards/A1/remove", "/add", "/file", "/changes", "/approval", "/publish", "/discard", "/preview", "/preview/A1",
    )  # fmt: skip
    return [("officer", "/team/quality/"), *(("officer", f"{draft}{page}") for page in pages)]


def _pathways(draft: str) -> list[tuple[str, str]]:
    pages = (
        "",
        "/file",
        "/changes",
        "/changes/M4",
        "/approval",
        "/publish",
        "/discard",
        "/preview",
    )
    return [("officer", "/team/pathways/"), *(("officer", f"{draft}{page}") for page in pages)]
