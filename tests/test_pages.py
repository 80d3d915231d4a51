"""Every page in a real browser: axe, the W3C's checker, 320 px, light and dark, the keyboard."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from tests import page_list
from tests.browser import Portal, missing, running
from web import clock
from web.settings import ROOT

VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
MOST_TABS = 150

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def still_clock() -> None:
    """The county lives today: the clock runs."""
    clock.freeze(None)


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A county that no journey has changed: which journeys ran before is a matter of chance."""
    with running(tmp_path_factory, "pages") as portal:
        yield portal


@pytest.fixture(scope="module")
def known(portal: Any) -> dict[str, str]:
    clock.freeze(None)
    return page_list.known(portal)


@pytest.fixture(scope="module")
def axe() -> Any:
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


HERE = {name: name.upper() for name in (
    "data_request", "data_token",
    "invitation", "editor_membership", "lead_membership", "place", "sent", "returned", "live",
    "lapsed", "suspended", "charter_draft", "framework_draft", "pathway_draft", "checked_again", "activity", "actor", "youth_seat", "seat", "seat_term", "tie", "action", "earlier_assessment", "request", "merger", "renewal", "back",
    "session_interested", "session_offered", "session_booked", "session_done",
    "address_new", "address_old", "mailbox", "mailbox_waiting", "mailbox_token", "mailbox_old_token",
    "buddy", "evidence", "evidence_file", "worker_live", "worker_withdrawn", "worker_token", "worker_token_unconfirmed",
    "worker_token_withdrawn", "submission", "to_check", "training_waiting", "training_checked", "training_returned", "training_refused",
    "training_recognised", "training_coming", "training_code", "training_done", "volunteer", "credential", "question", "flag", "a_part", "passport", "import",
    "case_visit", "case_report", "case_facts", "case_moderation", "a_visit",
    "panel_submission", "panel_panel_meeting", "staged_submission",
    "told_submission", "told_condition", "told_slug", "heard_submission", "an_award",
)}  # fmt: skip
"""References stand in for themselves in the tests' names: they differ from run to run."""
PAGES = page_list.pages(HERE)


def _address(address: str, known: dict[str, str]) -> str:
    for name, stands in sorted(HERE.items(), reverse=True):  # the longer of two alike first
        address = address.replace(f"/{stands}", f"/{known[name]}").replace(
            f"{{{name}}}", known[name]
        )
    return address


def _name(value: object) -> str:
    return str(value).strip("/").replace("/", "_") or "front"


# What passes need not be told node by node: that is most of what axe says, and of its time.
ALL = {"resultTypes": ["violations"]}
# These rules look at colours, and take longer than all others together.
COLOURS = ("color-contrast", "link-in-text-block")
OF_COLOURS = ALL | {"runOnly": list(COLOURS)}
ALL_BUT_COLOURS = ALL | {"rules": {rule: {"enabled": False} for rule in COLOURS}}
# A narrow page is the same page: what it hides, and how large and how wide things are, differs.
NARROW = ALL | {
    "runOnly": [
        "target-size", "scrollable-region-focusable", "aria-hidden-focus", "label", "link-name",
        "button-name", "page-has-heading-one", "landmark-one-main", "bypass",
    ]
}  # fmt: skip
RULES = {320: NARROW, 1280: ALL_BUT_COLOURS}
FACES = ("light", "dark")
# Nothing has a colour, a ring or a size but by its tag, class and state, and what it stands in:
# nothing is inline.
KINDS = """selector => {
  const kind = e => e ? e.tagName + '.' + (e.getAttribute('class') || '') + (e.disabled ? '!' : '')
    + (e.getAttribute('aria-current') || '') + (e.getAttribute('type') || '') : '';
  const chain = e => [e, e.parentElement, e.parentElement?.parentElement].map(kind).join(' < ');
  return [...new Set([...document.body.querySelectorAll(selector)].map(chain))];
}"""
EVERYTHING = "*"
STEPS = "a[href], button, input, select, textarea, summary, [tabindex]"
_seen: set[str] = set()
"""What axe has looked at on a narrow page and in both faces, and found no fault."""
_walked: set[str] = set()
"""What the keyboard has been on, and was seen to be on."""


def _kinds(page: Any, selector: str) -> set[str]:
    return set(page.evaluate(KINDS, selector))


def _faults(page: Any, options: Any) -> list[str]:
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [f"{v['id']}: {n['target']} {n['failureSummary']}" for v in found for n in v["nodes"]]


def _look(axe: Any, page: Any) -> list[str]:
    """Every fault of the page that stands open: at both widths, and in both faces what is new."""
    page.evaluate(axe.axe_script)  # once a page: it is half a megabyte
    faults = []
    kinds = _kinds(page, EVERYTHING)
    known = kinds <= _seen
    for width, rules in RULES.items():
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            faults.append(f"{wide} px wide at {width} px: {_widest(page, width)}")
        if not (known and rules is NARROW):
            faults += [f"{width}: {fault}" for fault in _faults(page, rules)]
    if not known:
        faults += _faults_of_colours(page)
    if not faults:
        _seen.update(kinds)
    return faults


def _faults_of_colours(page: Any) -> list[str]:
    faults = []
    for face in FACES:
        page.emulate_media(color_scheme=face)
        faults += [f"{face}: {fault}" for fault in _faults(page, OF_COLOURS)]
    page.emulate_media(color_scheme="light")
    return faults


def _widest(page: Any, width: int) -> str:
    return str(
        page.evaluate(
            """width => [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > width + 1)
            .slice(0, 3).map(e => e.tagName + '.' + e.className)""",
            width,
        )
    )


def test_every_page_is_in_the_list(portal: Any, known: dict[str, str]) -> None:
    adapter = portal.app.url_map.bind("localhost")
    addresses = [_address(a, known) for _, a in PAGES] + [a for _, a, _ in page_list.REFUSED]
    listed = {adapter.match(a.partition("?")[0])[0] for a in addresses if "no-such-page" not in a}
    every = {r.endpoint for r in portal.app.url_map.iter_rules() if "GET" in r.methods}
    # The second step is asked only of those who have one and have not shown it
    # (tests/journeys/test_passkeys.py).
    assert every - listed - page_list.NO_PAGES == {
        "security.passkey",
        "security.prove",
        "security.prove_by_recovery_code",
    }


@pytest.mark.browser
@pytest.mark.parametrize(("who", "address"), PAGES, ids=_name)
def test_a_page_is_open_to_all(
    signed: Any, known: dict[str, str], axe: Any, who: str, address: str
) -> None:
    page = signed(who)
    response = page.goto(_address(address, known))
    assert response.status == 200
    assert _look(axe, page) == []
    _where_the_keyboard_stands_can_be_seen(page)


@pytest.mark.browser
@pytest.mark.parametrize(("who", "address", "status"), page_list.REFUSED, ids=_name)
def test_a_page_that_says_no_is_open_to_all(
    signed: Any, axe: Any, who: str, address: str, status: int
) -> None:
    page = signed(who)
    assert page.goto(address).status == status
    assert _look(axe, page) == []


EMPTY = """() => {
  const form = [...document.querySelectorAll('main form[method=post]')]
    .find(f => f.querySelector('input:not([type=hidden]), textarea, select'));
  for (const field of form.querySelectorAll('input, textarea, select')) {
    if (['checkbox', 'radio'].includes(field.type)) field.checked = false;
    else if (field.type !== 'hidden') field.value = '';
  }
  form.noValidate = true;
  const button = form.querySelector('button.govuk-button:not([type=button])');
  setTimeout(() => form.requestSubmit(button), 50);
}"""


@pytest.mark.browser
@pytest.mark.parametrize(("who", "address"), page_list.FORMS, ids=_name)
def test_a_form_with_mistakes_is_open_to_all(
    signed: Any, known: dict[str, str], axe: Any, who: str, address: str
) -> None:
    page = signed(who)
    page.goto(_address(address, known))
    with page.expect_response(lambda r: r.request.method == "POST") as sent:
        page.evaluate(EMPTY)
    assert sent.value.status == 422
    summary = page.locator(".govuk-error-summary")
    summary.wait_for()
    for link in summary.locator("a").all():
        assert page.locator(link.get_attribute("href")).count() == 1
    assert page.title().startswith("Error: ")
    assert _look(axe, page) == []


# Before each step of the keyboard, what stands in focus is noted: so a page is walked in one go.
WATCH = """() => {
  const seen = (style) => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
      && !/rgba\\(.*, 0\\)|transparent/.test(style.outlineColor)) || style.boxShadow !== 'none';
  const note = () => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const box = e.getBoundingClientRect();
    const label = e.id && document.querySelector(`label[for="${CSS.escape(e.id)}"]`);
    const drawn = seen(getComputedStyle(e)) || seen(getComputedStyle(e, '::after'))
      || (label && ['radio', 'checkbox'].includes(e.type)
        && seen(getComputedStyle(label, '::before')));
    return {what: e.outerHTML.slice(0, 120), drawn,
      inside: box.bottom > 0 && box.top < innerHeight && box.width > 0};
  };
  document.activeElement.blur();
  window.stops = [];
  document.addEventListener('keydown', () => window.stops.push(note()), true);
}"""
A_FEW = 15


def _where_the_keyboard_stands_can_be_seen(page: Any) -> None:
    steps = _kinds(page, STEPS)
    if steps <= _walked:
        return
    _walk(page)
    _walked.update(steps)


def _walk(page: Any) -> None:
    page.evaluate(WATCH)
    stops: list[Any] = []
    while None not in stops[1:] and len(stops) < MOST_TABS:  # the first step leaves the page itself
        for _ in range(A_FEW):
            page.keyboard.press("Tab")
        stops = page.evaluate("window.stops")
    walked = stops[1 : stops.index(None, 1) if None in stops[1:] else None]
    assert [stop for stop in walked if not (stop["drawn"] and stop["inside"])] == []
    assert len(walked) >= 3


@pytest.mark.vnu
@pytest.mark.browser
def test_every_page_is_valid(signed: Any, known: dict[str, str], tmp_path: Any) -> None:
    """The W3C's checker, in one run over all pages saved to files."""
    if shutil.which("java") is None:
        missing("Java is not installed: apt install default-jre-headless")
    if not VNU.exists():
        missing("The HTML checker is not here: python -m tools.build_assets --html-checker")
    asked = [(who, _address(address, known)) for who, address in PAGES]
    asked += [(who, address) for who, address, _ in page_list.REFUSED]
    for number, (who, address) in enumerate(asked):
        (tmp_path / f"{number}.html").write_text(signed(who).request.get(address).text())
    ran = subprocess.run(
        ["java", "-jar", str(VNU), "--format", "json", "--errors-only", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    said = json.loads(ran.stderr)["messages"]
    faults = [f"{_which(m, asked)}: {m['message']} {m.get('extract', '')}" for m in said]
    assert not faults, "\n".join(faults)


def _which(message: dict[str, Any], asked: list[tuple[str, str]]) -> object:
    number = message.get("url", "").rpartition("/")[2].removesuffix(".html")
    return asked[int(number)] if number.isdigit() else message.get("url")
