"""The page in the docs is the table in the code."""

from web.settings import ROOT


def test_the_docs_show_the_states_as_they_are(app, session):
    shown = app.test_cli_runner().invoke(args=["charter", "states"])
    assert shown.exit_code == 0
    written = (ROOT / "docs" / "states-of-a-pledge.md").read_text("utf-8")
    assert written == shown.output, "run: flask charter states > docs/states-of-a-pledge.md"
