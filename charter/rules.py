"""Who may do what with a pledge, and what must hold.  True, or a sentence that says why not."""

from typing import Any

from accounts import rules as accounts_rules
from charter.states import CURRENT, LAPSED, OPEN_STATES, SENT, STANDING, SUSPENDED
from web.access import Verdict

CLOCK = "system:clock"
"""Who makes the moves that nobody makes: they come with the date."""
PORTAL = "system:portal"
"""Who makes the moves that follow from a move of another pledge, or from merging."""

FEWEST_WORDS, FEWEST_LETTERS = 4, 12
"""Less than this is no sentence that anybody could be held to."""


# Who


def may_edit_pledge(person: Any, pledge: Any) -> Verdict:
    return accounts_rules.may_edit_organisation(person, pledge.organisation)


def may_withdraw(person: Any, pledge: Any) -> Verdict:
    """A lead; or the Charter team for it, for instance when its last lead has gone."""
    if accounts_rules.may_lead_organisation(person, pledge.organisation) is True:
        return True
    if is_officer(person) is True and pledge.sent_at is not None:
        return may_decide(person, pledge)
    return "Only a lead of your organisation can take the pledge back."


def is_officer(person: Any, *_: object) -> Verdict:
    if isinstance(person, str):  # the clock, or a command
        return "Only the Charter team can do this."
    return accounts_rules.is_officer(person)


def may_decide(person: Any, pledge: Any) -> Verdict:
    """An officer who does not belong to the organisation."""
    if is_officer(person) is not True:
        return "Only the Charter team can do this."
    if belongs_to(person, pledge.organisation):
        return "You belong to this organisation, so somebody else on the Charter team decides."
    return True


def belongs_to(person: Any, organisation: Any) -> bool:
    return accounts_rules.role_in(person, organisation) is not None


def the_clock(person: Any, _pledge: Any) -> Verdict:
    return True if person == CLOCK else "This comes with the date. Nobody can do it by hand."


def the_portal(person: Any, _pledge: Any) -> Verdict:
    return True if person == PORTAL else "This follows from something else."


def may_appeal(person: Any, pledge: Any) -> Verdict:
    if isinstance(person, str):
        return "Only a lead of your organisation can do this."
    return accounts_rules.may_lead_organisation(person, pledge.organisation)


def may_answer_appeal(person: Any, pledge: Any) -> Verdict:
    """An officer who neither belongs to the organisation nor paused it."""
    verdict = may_decide(person, pledge)
    if verdict is True and pledge.suspension and pledge.suspension.begun_by_id == person.id:
        return "You paused this pledge, so somebody else on the Charter team answers the appeal."
    return verdict


# What must hold


def may_begin_beside(pledges: list[Any], opens: Any = None) -> Verdict:
    """Whether a pledge may be begun beside the organisation's earlier ones.

    ``opens``: until which date a pledge must be due to be renewed already; None: not yet.
    """
    states = {pledge.state: pledge for pledge in pledges}
    if states.keys() & set(OPEN_STATES):
        return "Your organisation has a pledge under way already."
    if SUSPENDED in states:
        return "Your organisation's pledge is paused. Ask the Charter team what comes next."
    standing = next((p for p in pledges if p.state in CURRENT), None)
    if standing is not None and (opens is None or standing.due_on > opens):
        return "Your organisation has signed already, and it is too early to renew."
    return True


def to_renew(pledges: list[Any]) -> Any:
    """The pledge whose year the next one goes on from, or None: then that is a first one.

    ``pledges``: an organisation's, newest first.
    """
    lived = [p for p in pledges if p.live_from is not None]
    standing = next((p for p in lived if p.state in STANDING), None)
    if standing is not None:
        return standing
    return lived[0] if lived and lived[0].state == LAPSED else None


def looked_back(pledge: Any) -> Verdict:
    """A renewal says of every earlier action how it went."""
    if pledge.renews is None:
        return True
    said = {o.action_id for o in pledge.outcomes if is_a_sentence(o.text) is True}
    left = [a.commitment.title for a in pledge.renews.actions if a.id not in said]
    if left:
        return "Say how you did with what you promised: " + ", ".join(left) + "."
    return True


def a_renewal_waits(pledge: Any) -> Verdict:
    if any(renewal.state == SENT for renewal in pledge.renewals):
        return True
    return "Nobody has sent a renewal of this pledge."


def nothing_is_paused(pledge: Any) -> Verdict:
    if pledge.renews is not None and pledge.renews.state == SUSPENDED:
        return "The pledge that this one renews is paused. Decide about that first."
    return True


def no_appeal_yet(pledge: Any) -> Verdict:
    """Once per pause."""
    if pledge.suspension is None:
        return "This was paused before appeals were made here. Write to the Charter team."
    if pledge.suspension.appealed_at is not None:
        return "Your organisation has asked already. It can be asked once."
    return True


def in_time_to_appeal(pledge: Any, today: Any) -> Verdict:
    if pledge.suspension is not None and today > pledge.suspension.appeal_until:
        return "The time to ask is over. You can still write to the Charter team."
    return True


def every_appeal_is_answered(pledge: Any) -> Verdict:
    if pledge.suspension is not None and pledge.suspension.appeal_waits:
        return "Answer the organisation's appeal first."
    return True


def an_appeal_waits(pledge: Any) -> Verdict:
    if pledge.suspension is not None and pledge.suspension.appeal_waits:
        return True
    return "The organisation has not appealed, or it has had its answer."


def details_seen(pledge: Any) -> Verdict:
    if pledge.details_seen_at is None or not pledge.contact_email:
        return "Check your organisation's details, and say whom we can ask."
    return True


def covers_a_project(pledge: Any) -> Verdict:
    return True if pledge.covered else "Choose at least one project that the pledge covers."


def signatory_named(pledge: Any) -> Verdict:
    if pledge.signatory_name and pledge.signatory_role:
        return True
    return "Say who signs, and what they are in your organisation."


def enough_actions(pledge: Any) -> Verdict:
    written = len(pledge.actions)
    if written < pledge.least_actions:
        return f"Write at least {pledge.least_actions} actions. You have written {written}."
    return True


def actions_are_sentences(pledge: Any) -> Verdict:
    short = [a.commitment.title for a in pledge.actions if is_a_sentence(a.text) is not True]
    if short:
        return "Say a little more, in a whole sentence: " + ", ".join(short) + "."
    return True


def is_a_sentence(text: str) -> Verdict:
    letters = sum(c.isalpha() for c in text)
    if letters < FEWEST_LETTERS or len(text.split()) < FEWEST_WORDS:
        return "Say a little more: who does what, and when. A whole sentence is enough."
    return True


def organisation_is_checked(pledge: Any) -> Verdict:
    if pledge.organisation.state == "checked":
        return True
    return "Check the organisation first: say that you have looked at who it is."


def text_is_agreed(pledge: Any) -> Verdict:
    """The law of the house: nobody is held to a text that young people have not agreed."""
    if not pledge.charter_version.example_text:
        return True
    return (
        "The charter is still example text: no group of young people has agreed it, so no pledge "
        "to it can be confirmed. Load a version that carries who agreed it, and when."
    )
