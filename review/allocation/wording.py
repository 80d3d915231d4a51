"""Why somebody is proposed, and why a case cannot be filled, in sentences for the Charter team."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from review import parts
from review.allocation.proposing import Choice, Partner, Shortage
from steering import ties

PARTS = {
    parts.PROPOSED: _l("Proposed, not asked yet"),
    parts.ASKED: _l("Asked"),
    parts.ACCEPTED: _l("Reads it"),
    parts.SENT: _l("Sent their reading"),
    parts.DECLINED: _l("Said no"),
    parts.REPLACED: _l("Somebody else reads it"),
    parts.RECUSED: _l("Has a tie"),
}
KINDS = {"adult": _l("Adult assessor"), "young": _l("Young assessor")}
TIES = {
    ties.MEMBER: _l("Belongs to it, or did"),
    ties.EMPLOYEE: _l("Works there, or did"),
    ties.TRUSTEE: _l("Is a trustee, or was"),
    ties.RELATIVE: _l("Somebody close to them is there"),
    ties.COMPLAINANT: _l("Complained about it"),
    ties.GRANT_MANAGER: _l("Manages a grant that it gets"),
    ties.FUNDER: _l("Their employer gives it money. This is declared, and bars nobody"),
    ties.STANDS_ASIDE: _l("Stands aside"),
}
FOUND = {kind: words for kind, words in TIES.items() if kind in ties.BARS}
"""What an officer can say that they learned."""
NOT_THIS_CASE = _l("Not for this case.")
"""All that is said of a young member's tie: it is theirs."""
SAME_DOMAIN = _l("Their mail address is at a domain of somebody there. Ask them first.")


def why(choice: Choice, names: Mapping[int, str]) -> str:
    """Of one choice.  It says how many had a tie, never who."""
    one = choice.person
    said = [
        _(
            "%(could)s of %(current)s have no tie and room for one more.",
            could=choice.could,
            current=choice.current,
        ),
        ngettext(
            "Holds %(num)s case now, of %(most)s at most.",
            "Holds %(num)s cases now, of %(most)s at most.",
            one.held,
            most=one.most,
        ),
        *(_beside(choice, partner, names) for partner in choice.partners),
    ]
    return " ".join(said)


def _beside(choice: Choice, partner: Partner, names: Mapping[int, str]) -> str:
    name = names.get(partner.key, "")
    if choice.person.is_new and not partner.is_new:
        pair = _("New to this, so beside %(name)s, who has read cases before.", name=name)
    elif partner.is_new and not choice.person.is_new:
        pair = _("Has read cases before, and %(name)s is new to this.", name=name)
    else:
        pair = _("Beside %(name)s.", name=name)
    if not partner.met:
        return f"{pair} {_('They have not read together yet.')}"
    return (
        pair
        + " "
        + ngettext(
            "They read together %(num)s time before.",
            "They read together %(num)s times before.",
            partner.met,
        )
    )


def why_not(shortage: Shortage) -> str:
    needs = _needs(shortage)
    if not shortage.current:
        return needs + " " + _("Nobody is current.")
    if shortage.others_wait_longer:
        return (
            needs + " " + _("Those who could take it are given to cases that have waited longer.")
        )
    return (
        needs
        + " "
        + _(
            "Of %(current)s who are current, %(tied)s have a tie or had a part in it before, and"
            " %(full)s hold as many cases as they can.",
            current=shortage.current,
            tied=shortage.tied,
            full=shortage.full,
        )
    )


def _needs(shortage: Shortage) -> str:
    if shortage.kind == "adult":
        return ngettext(
            "It needs %(num)s adult assessor.", "It needs %(num)s adult assessors.", shortage.needs
        )
    return ngettext(
        "It needs %(num)s young assessor.", "It needs %(num)s young assessors.", shortage.needs
    )
