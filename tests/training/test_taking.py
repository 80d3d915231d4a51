"""One's own record, taken along as files."""

import csv
import io
import json

from tests.builders import training as build
from training.my.taking import FIELDS
from training.states import PRIOR


def test_a_record_goes_along_whole(session, organisation, browser):
    worker = build.worker(session, organisation, "volunteer")
    build.checked(session, worker, "W1")
    build.entered(session, worker, "W2", provider="=cmd|' /C calc'!A0")
    build.checked(session, worker, "K1", how=PRIOR)
    own = browser(worker)
    text = own.get("/my/training/record.csv").text
    assert text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}")
    rows = {row["module"]: row for row in csv.DictReader(io.StringIO(text[1:]))}
    assert set(rows["W1"]) == set(FIELDS)
    assert (rows["W1"]["state"], rows["W1"]["checked_on"]) == ("checked", "2027-03-02")
    assert rows["W2"]["provider"].startswith("'="), "no formula"
    told = json.loads(own.get("/my/training/record.json").text)
    assert told["name"] == worker.name
    by_module = {record["module"]: record for record in told["records"]}
    assert "ten years" in by_module["K1"]["words"]
    assert by_module["W2"]["provider"].startswith("=")
    today = {standing["module"]: standing for standing in told["today"]}
    assert today["W1"]["counts"]
    assert not today["W2"]["counts"]
    assert told["stages_done"] == []
