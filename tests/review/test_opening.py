"""Every submission that waits has a case, also one that an earlier release left without."""

from sqlalchemy import select

from endorsement.sending import following
from review import opening
from review.models import Case
from tests.builders import sending
from web import clock


def test_what_an_earlier_release_left_gets_its_case_once(session, monkeypatch):
    (job,) = opening.jobs
    monkeypatch.setitem(following._followers, "send", [])
    submission = sending.sent.__wrapped__(session)  # as it is made now, not as it was made before
    assert session.scalar(select(Case.id)) is None
    assert job.run.find(session, clock.now(), 0) == [submission.id]
    for _ in range(2):
        job.run.do(session, submission.id, clock.now())
        session.commit()
    (case,) = session.scalars(select(Case))
    assert (case.reference, case.state) == (submission.reference, "waiting")
    assert job.run.find(session, clock.now(), 0) == []
