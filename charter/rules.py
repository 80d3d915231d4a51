"""Who may do what with a pledge, and what must hold.  True, or a sentence that says why not."""

from typing import Any

from accounts import rules as accounts_rules
from charter.states import CURRENT, OPEN_STATES, SUSPENDED
from web.access import Verdict

CLOCK = "system:clock"
"""Who makes the moves that nobody makes: they come with the date."""

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


# What must hold


def may_begin_beside(pledges: list[Any]) -> Verdict:
    """Whether a new pledge may be begun beside the organisation's earlier ones."""
    for pledge in pledges:
        if pledge.state in OPEN_STATES:
            return "Your organisation has a pledge under way already."
        if pledge.state in CURRENT:
            return "Your organisation has signed already."
        if pledge.state == SUSPENDED:
            return "Your organisation's pledge is paused. Ask the Charter team what comes next."
    return True


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
