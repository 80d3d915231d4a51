"""The record of what somebody did, in plain words.  A row has its place in a list, and no name."""

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

DID = {
    "accept": _l("accepted"),
    "add": _l("added"),
    "answer": _l("answered"),
    "appeal": _l("asked to look again"),
    "appoint": _l("gave a role"),
    "approve": _l("agreed"),
    "ask": _l("asked"),
    "begin": _l("began"),
    "change password": _l("changed the password"),
    "change role": _l("changed the role"),
    "change": _l("changed"),
    "check": _l("checked"),
    "close": _l("closed"),
    "confirm": _l("confirmed"),
    "cover": _l("answered for"),
    "decline": _l("declined"),
    "end": _l("ended"),
    "erase": _l("deleted"),
    "expire": _l("let run out"),
    "finish": _l("finished"),
    "forget how they sign in": _l("deleted how to sign in"),
    "forget": _l("deleted the words"),
    "give time": _l("gave more time"),
    "hash anew": _l("stored the password more safely"),
    "hide": _l("hid"),
    "invite": _l("invited"),
    "join": _l("joined"),
    "leave as it was": _l("left as it was"),
    "leave out": _l("left out"),
    "make recovery codes": _l("made recovery codes"),
    "mark as shared": _l("said that several people read the mailbox"),
    "mark as theirs alone": _l("said that one person reads the mailbox"),
    "mend mailbox": _l("put a new address in"),
    "mend": _l("mended"),
    "merge": _l("made two into one"),
    "move": _l("moved"),
    "new address says yes": _l("confirmed the new address"),
    "offer": _l("offered"),
    "open again": _l("opened again"),
    "publish": _l("made public"),
    "refuse": _l("refused"),
    "register again": _l("registered again"),
    "register": _l("registered"),
    "remove second address": _l("took the second address away"),
    "remove": _l("took away"),
    "rename a passkey": _l("renamed a passkey"),
    "rename": _l("renamed"),
    "reset password": _l("set a new password"),
    "reset the second factor": _l("took the second step away"),
    "return": _l("sent back"),
    "send": _l("sent"),
    "send again": _l("sent again"),
    "sign": _l("signed"),
    "sign out everywhere": _l("signed out everywhere"),
    "start": _l("started"),
    "stop": _l("stopped"),
    "suspend": _l("paused"),
    "take away": _l("took away"),
    "take back": _l("took back"),
    "take out": _l("took out"),
    "undo merge": _l("undid a merger"),
    "use a recovery code": _l("used a recovery code"),
    "withdraw": _l("took back"),
    "write": _l("wrote"),
}
"""By the verb of the record (web.audit), or its first word; another stands as it is."""
THINGS = {
    "address_change": _l("a change of address"),
    "appointment": _l("a role in the programme"),
    "data_request": _l("a request about data"),
    "data_request_event": _l("a step of a request about data"),
    "invitation": _l("an invitation"),
    "lead_handover": _l("an offer of the lead"),
    "mailbox_request": _l("a request about a lost mailbox"),
    "membership": _l("somebody’s place in an organisation"),
    "membership_request": _l("a request to join or lead"),
    "merger": _l("a merger"),
    "organisation": _l("an organisation"),
    "organisation_rename": _l("a new name"),
    "person": _l("an account"),
    "place": _l("a place"),
    "project": _l("a project"),
}
"""By table."""


def did(verb: str, *, by_them: bool) -> str:
    done = DID.get(verb) or DID.get(verb.partition(" ")[0], verb)
    if by_them:
        return _("You: %(done)s", done=done)
    return _("The Charter team, or a timed job: %(done)s", done=done)


def thing(subject: str) -> str:
    """``pledge_action:12`` as people say it, with its number."""
    table, _colon, number = subject.partition(":")
    known = (part.things.get(table) for part in current_app.extensions["contributions"])
    said = next((words for words in known if words is not None), table.replace("_", " "))
    return _("%(thing)s (%(number)s)", thing=said, number=number)
