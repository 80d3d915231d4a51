"""A young person's ten seconds: what can I expect, and has my club signed?"""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_young_person_finds_out_in_ten_seconds(visit, scripts):
    page = visit(width=360, height=740, scripts=scripts)
    page.goto("/")
    # The first screen says what this is and asks the one question. The example's own lines, which
    # stand on no real portal, push it down.
    example = (".app-ribbon", ".intro p strong")
    screen = 740 + sum(page.locator(line).bounding_box()["height"] for line in example)
    for seen in (page.locator("h1"), page.get_by_label("Has your club signed?")):
        box = seen.bounding_box()
        assert box["y"] + box["height"] <= screen
    assert page.locator("h1").inner_text().replace("\n", " ") == "What you can expect"
    first = page.locator(".band h2").first.bounding_box()
    assert first["y"] <= 740 + 360  # and the first promise is half a flick away

    page.get_by_label("Has your club signed?").fill("the LANTERN stréet")
    page.get_by_label("Has your club signed?").press("Enter")
    page.wait_for_url("**/register?q=*")
    entry = page.locator("ol.entries > li")
    assert entry.count() == 1
    assert "Lantern Street Youth Club" in entry.inner_text()
    assert "Signed" in entry.inner_text()

    entry.get_by_role("link").click()
    assert page.locator("h1").inner_text() == "Lantern Street Youth Club"
    assert page.get_by_text("Signed since").is_visible()
    assert page.context.cookies() == []


def test_help_is_two_touches_away_and_so_is_the_way_out(visit):
    page = visit(width=360, height=740)
    page.goto("/")
    page.locator("header").get_by_role("link", name="Worried about someone?").click()
    page.wait_for_url("**/worried")
    out = page.get_by_role("link", name="Leave this page now")
    box = out.bounding_box()
    assert box["y"] + box["height"] <= 740
    assert page.get_by_role("link", name="0800 1111").get_attribute("href") == "tel:08001111"
    page.mouse.wheel(0, 4000)
    page.wait_for_timeout(200)
    assert out.bounding_box()["y"] >= -1  # it stays in sight


def test_a_name_that_is_not_there_is_told_kindly(visit):
    page = visit(width=360, height=740)
    page.goto("/register?q=nowhere+at+all")
    assert page.get_by_text("Nobody here fits.").is_visible()
    page.get_by_role("link", name="See them all").click()
    page.wait_for_url("**/register", wait_until="load")
    assert page.locator("ol.entries > li").count() == 20
