"""People, their organisations, and what the organisations run."""

from accounts.models.addresses import AddressChange, MailboxRequest
from accounts.models.changes import (
    JOIN,
    TO_LEAD,
    LeadHandover,
    MembershipRequest,
    Merger,
    OrganisationAddress,
    OrganisationEvent,
    OrganisationRename,
)
from accounts.models.data_requests import DataRequest, DataRequestEvent
from accounts.models.organisations import (
    CHECKED,
    CLOSED,
    EDITOR,
    KINDS,
    LEAD,
    MEMBER_ROLES,
    UNCHECKED,
    VIEWER,
    Invitation,
    Membership,
    Organisation,
)
from accounts.models.people import DATA_PROTECTION, OFFICER, Appointment, Person, TakenAddress
from accounts.models.projects import OPEN_ACCESS, SORTS, Place, Project
from accounts.models.signing_in import Device, Passkey

__all__ = [
    "CHECKED",
    "CLOSED",
    "DATA_PROTECTION",
    "EDITOR",
    "JOIN",
    "KINDS",
    "LEAD",
    "MEMBER_ROLES",
    "OFFICER",
    "OPEN_ACCESS",
    "SORTS",
    "TO_LEAD",
    "UNCHECKED",
    "VIEWER",
    "AddressChange",
    "Appointment",
    "DataRequest",
    "DataRequestEvent",
    "Device",
    "Invitation",
    "LeadHandover",
    "MailboxRequest",
    "Membership",
    "MembershipRequest",
    "Merger",
    "Organisation",
    "OrganisationAddress",
    "OrganisationEvent",
    "OrganisationRename",
    "Passkey",
    "Person",
    "Place",
    "Project",
    "TakenAddress",
]
