"""Every page that any test fetches is linted: an accessibility net nobody has to remember."""

import re
from hashlib import sha256

import html5lib
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

UNLABELLED = "input:not([type=hidden]):not([type=submit]):not([type=button]), textarea, select"


UNREAD = re.compile(r'\b(value|content|datetime|action|src|href)="[^"&#][^"&]*"')
WORDS = re.compile(r">\s*[^<>&\s][^<>&]*<")
HEADINGS = re.compile(r"(?s)<(?:h1|title)\b.*?</(?:h1|title)>")
_good: set[tuple[str, int]] = set()
"""The shapes of pages that had no fault: most pages of a run differ in names and dates alone."""


def lint(response: TestResponse) -> None:
    """Fail with every fault of the page."""
    text = response.get_data(as_text=True)
    shape = _shape(text), response.status_code
    if shape in _good:
        return
    found = [*_malformed(text), *faults(BeautifulSoup(text, "html.parser"), response.status_code)]
    assert not found, f"{response.request.path} ({response.status_code}): " + "; ".join(found)
    _good.add(shape)


def _shape(text: str) -> str:
    """The page without what no rule here reads: plain values of some attributes, and plain words
    outside the h1 and the title.  Whatever is not plain (a quote, an entity, a tag) stays."""
    bare = WORDS.sub(">x<", UNREAD.sub(r'\1="x"', text))
    return sha256("".join((bare, *HEADINGS.findall(text))).encode()).hexdigest()


def _malformed(text: str) -> list[str]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(text)
    return [f"not valid HTML5: {code} at {place}" for place, code, _ in parser.errors]


def faults(page: BeautifulSoup, status: int) -> list[str]:
    return [*_heading(page, status), *_ids(page), *_inline(page), *_labels(page), *_parts(page)]


def _words(node: object) -> str:
    return " ".join(node.get_text(" ", strip=True).split()) if node is not None else ""  # type: ignore[attr-defined]


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _heading(page: BeautifulSoup, status: int) -> list[str]:
    headings = page.select("h1")
    if len(headings) != 1:
        return [f"{len(headings)} h1"]
    title = _words(page.title)
    found = []
    if page.select_one(".govuk-error-summary") and not title.startswith("Error: "):
        found.append("a page with mistakes has a title that does not say Error")
    if not _squeezed(title.removeprefix("Error: ")).startswith(_squeezed(_words(headings[0]))):
        found.append(f"the title {title!r} does not start with the h1 {_words(headings[0])!r}")
    return found


def _ids(page: BeautifulSoup) -> list[str]:
    ids = [tag["id"] for tag in page.select("[id]")]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    wanted = {
        w
        for tag in page.select("[aria-describedby], [aria-labelledby]")
        for name in ("aria-describedby", "aria-labelledby")
        for w in tag.get(name, "").split()
    }
    nowhere = sorted(wanted - set(ids))
    links = sorted({a["href"][1:] for a in page.select('a[href^="#"]')} - set(ids) - {""})
    return (
        [f"ids twice: {twice}"] * bool(twice)
        + [f"described by what is not there: {nowhere}"] * bool(nowhere)
        + [f"links to what is not there: {links}"] * bool(links)
    )


def _inline(page: BeautifulSoup) -> list[str]:
    found = [f"inline style on {tag.name}" for tag in page.select("[style]")]
    found += ["a style element" for _ in page.select("style")]
    found += [
        "an inline script"
        for tag in page.select("script:not([src])")
        if tag.get("type") != "application/ld+json"
    ]
    found += [
        f"{name} on {tag.name}"
        for tag in page.find_all(True)
        for name in tag.attrs
        if name.startswith("on")
    ]
    return found


def _labels(page: BeautifulSoup) -> list[str]:
    labelled = {label.get("for") for label in page.select("label[for]")}
    found = [
        f"{tag.name} {tag.get('name')} has no label"
        for tag in page.select(UNLABELLED)
        if tag.get("id") not in labelled
        and not tag.get("aria-label")
        and not tag.find_parent("label")
    ]
    found += ["an image without alt" for tag in page.select("img:not([alt])")]
    found += [
        "a button without words"
        for tag in page.select("button")
        if not _words(tag) and not tag.get("aria-label")
    ]
    found += [
        "a link without words"
        for tag in page.select("a[href]")
        if not _words(tag)
        and not tag.get("aria-label")
        and not tag.select("img[alt]:not([alt='']), svg[aria-label]")
    ]
    return found


def _parts(page: BeautifulSoup) -> list[str]:
    found = []
    if not page.select_one("html[lang]"):
        found.append("no language")
    if len(page.select("main")) != 1:
        found.append("not one main")
    found += ["a form without an action" for tag in page.select("form:not([action])")]
    found += [
        "a post without a CSRF token"
        for tag in page.select("form[method=post]")
        if not tag.select_one("input[name=csrf_token]")
    ]
    return found
