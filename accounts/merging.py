"""The part of accounts in merging two organisations: people, who is asked, what they run.

Rows move as they are, so that everybody keeps since when they belong.  The memo says for each row
what it was; undoing puts exactly that back, or refuses when somebody changed it since.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts import rules
from accounts.asking import HANDOVERS, JOIN_ENDS_WITH_MERGER, REQUESTS
from accounts.models import (
    Invitation,
    LeadHandover,
    Membership,
    MembershipRequest,
    Organisation,
    Person,
    Project,
)
from accounts.queries import merging as queries
from web.audit import record
from web.contributions import MergePart
from web.folding import slug, sort_key
from web.workflow import Refused, perform

Memo = dict[str, Any]


def obstacles(session: Session, stays: Organisation, goes: Organisation) -> Sequence[str]:
    found = []
    if queries.name_waits(session, stays, goes):
        found.append(_("A new name of one of them waits. Look at it first."))
    if len(queries.members(session, goes)) > queries.MOST:
        found.append(_("It has more people than can be moved at once."))
    return found


def preview(session: Session, stays: Organisation, goes: Organisation) -> Sequence[str]:
    theirs = queries.members(session, goes)
    here = {m.person_id for m in queries.members(session, stays)}
    both = sum(m.person_id in here for m in theirs)
    moved, projects = len(theirs) - both, len(queries.projects(session, goes))
    names = {"stays": stays.name, "goes": goes.name}
    lines = [
        ngettext("One person of %(goes)s comes to %(stays)s, with the role they have.",
                 "%(num)d people of %(goes)s come to %(stays)s, with the roles they have.",
                 moved, **names) if moved else "",
        ngettext("One person belongs to both and keeps the higher of their two roles.",
                 "%(num)d people belong to both and keep the higher of their two roles.",
                 both) if both else "",
        ngettext("One project comes to %(stays)s, with its places.",
                 "%(num)d projects come to %(stays)s, with their places.",
                 projects, **names) if projects else "",
        _("Open invitations and requests to join come along.")
        if queries.invitations(session, goes) or queries.requests(session, goes) else "",
    ]  # fmt: skip
    return [line for line in lines if line]


def merge(
    session: Session, stays: Organisation, goes: Organisation, *, by: Person, at: datetime
) -> Memo:
    move = _Moving(session, stays, goes, by, at)
    return {
        "members": move.members(),
        "invitations": move.invitations(),
        "requests": move.requests(),
        "handovers": move.handovers(),
        "projects": move.projects(),
    }


def undo(
    session: Session,
    stays: Organisation,
    goes: Organisation,
    memo: Memo,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Raises Refused where somebody changed since what would have to go back."""
    back = _Moving(session, stays, goes, by, at)
    back.put_back_members(memo["members"])
    back.put_back_invitations(memo["invitations"])
    back.put_back_requests(memo["requests"])
    back.put_back_handovers(memo["handovers"])
    back.put_back_projects(memo["projects"])
    session.flush()


class _Moving:
    """One merger, one way or the other."""

    def __init__(
        self, session: Session, stays: Organisation, goes: Organisation, by: Person, at: datetime
    ):
        self.session, self.stays, self.goes, self.by, self.at = session, stays, goes, by, at

    def _record(self, thing: Any, verb: str) -> None:
        record(self.session, thing, verb, by=self.by, at=self.at)

    # There

    def members(self) -> list[Memo]:
        here = {m.person_id: m for m in queries.members(self.session, self.stays)}
        return [self._member(m, here.get(m.person_id)) for m in self._theirs()]

    def _theirs(self) -> list[Membership]:
        return queries.members(self.session, self.goes)

    def _member(self, theirs: Membership, here: Membership | None) -> Memo:
        memo: Memo = {"id": theirs.id, "role": theirs.role}
        if here is None:
            theirs.organisation = self.stays
            self._record(theirs, "merge")
            return memo
        memo |= {"beside": here.id, "role_there": here.role}
        theirs.ended_at = self.at
        self._record(theirs, "merge")
        if rules.RANK.index(theirs.role) < rules.RANK.index(here.role):
            here.role = theirs.role
            self._record(here, "merge")
        return memo | {"role_now": here.role}

    def invitations(self) -> list[Memo]:
        asked = {i.email for i in queries.invitations(self.session, self.stays)}
        return [self._invitation(i, asked) for i in queries.invitations(self.session, self.goes)]

    def _invitation(self, invitation: Invitation, asked: set[str]) -> Memo:
        twice = invitation.email in asked
        if twice:
            invitation.withdrawn_at = self.at
        else:
            invitation.organisation = self.stays
        self._record(invitation, "merge")
        return {"id": invitation.id, "twice": twice}

    def requests(self) -> list[Memo]:
        self.session.flush()
        ask = {r.person_id for r in queries.requests(self.session, self.stays)}
        ask |= {m.person_id for m in queries.members(self.session, self.stays)}
        return [self._request(r, ask) for r in queries.requests(self.session, self.goes)]

    def _request(self, asked: MembershipRequest, ask: set[int]) -> Memo:
        ends = asked.person_id in ask or asked.wants in JOIN_ENDS_WITH_MERGER
        if ends:
            perform(REQUESTS, "set aside", asked, by=self.by, at=self.at)
        else:
            asked.organisation = self.stays
        self._record(asked, "merge")
        return {"id": asked.id, "ended": ends}

    def handovers(self) -> list[int]:
        waiting = queries.handovers(self.session, self.goes)
        for offer in waiting:
            perform(HANDOVERS, "set aside", offer, by=self.by, at=self.at)
            self._record(offer, "merge")
        return [offer.id for offer in waiting]

    def projects(self) -> list[Memo]:
        here = queries.projects(self.session, self.stays)
        slugs, names = {p.slug for p in here}, {p.name for p in here if not p.closed}
        return [self._project(p, slugs, names) for p in queries.projects(self.session, self.goes)]

    def _project(self, project: Project, slugs: set[str], names: set[str]) -> Memo:
        """Two of one name are told apart by where the one came from."""
        memo: Memo = {"id": project.id, "slug": project.slug, "name": project.name}
        if not project.closed and project.name in names:
            project.name = f"{project.name} ({self.goes.name})"
            project.sort_key = sort_key(project.name)
        if project.slug in slugs:
            project.slug = slug(project.slug, slugs | {"new"})
        slugs.add(project.slug)
        names.add(project.name)
        project.organisation = self.stays
        self._record(project, "merge")
        return memo | {"slug_now": project.slug, "name_now": project.name}

    # And back

    def _still(self, so: bool, sentence: str) -> None:
        if not so:
            raise Refused([sentence])

    def put_back_members(self, memos: list[Memo]) -> None:
        for memo in memos:
            theirs = self.session.get_one(Membership, memo["id"])
            who = theirs.person.name
            changed = _(
                "What %(who)s may do, or whether they belong to it, has changed since.", who=who
            )
            if "beside" not in memo:
                same = theirs.organisation_id == self.stays.id and theirs.ended_at is None
                self._still(same and theirs.role == memo["role"], changed)
                theirs.organisation = self.goes
            else:
                here = self.session.get_one(Membership, memo["beside"])
                self._still(here.ended_at is None and here.role == memo["role_now"], changed)
                theirs.ended_at = None
                if here.role != memo["role_there"]:
                    here.role = memo["role_there"]
                    self._record(here, "undo merge")
            self._record(theirs, "undo merge")

    def put_back_invitations(self, memos: list[Memo]) -> None:
        for memo in memos:
            invitation = self.session.get_one(Invitation, memo["id"])
            answered = _("The invitation to %(email)s was answered since.", email=invitation.email)
            if memo["twice"]:
                invitation.withdrawn_at = None
            else:
                open_ = invitation.accepted_at is None and invitation.withdrawn_at is None
                self._still(open_, answered)
                invitation.organisation = self.goes
            self._record(invitation, "undo merge")

    def put_back_requests(self, memos: list[Memo]) -> None:
        for memo in memos:
            asked = self.session.get_one(MembershipRequest, memo["id"])
            if memo["ended"]:
                perform(REQUESTS, "take up again", asked, by=self.by, at=self.at)
            else:
                who = asked.person.name
                answered = _("The request of %(who)s was answered since.", who=who)
                self._still(asked.state == "waiting", answered)
                asked.organisation = self.goes
            self._record(asked, "undo merge")

    def put_back_handovers(self, ids: list[int]) -> None:
        for offer in self.session.scalars(select(LeadHandover).where(LeadHandover.id.in_(ids))):
            perform(HANDOVERS, "take up again", offer, by=self.by, at=self.at)
            self._record(offer, "undo merge")

    def put_back_projects(self, memos: list[Memo]) -> None:
        """A new name that somebody gave one since is kept."""
        for memo in memos:
            project = self.session.get_one(Project, memo["id"])
            project.slug, project.organisation = memo["slug"], self.goes
            if project.name == memo["name_now"]:
                project.name, project.sort_key = memo["name"], sort_key(memo["name"])
            self._record(project, "undo merge")


merge_part = MergePart("accounts", obstacles, preview, merge, undo)
