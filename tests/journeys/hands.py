"""How a person works a page: with a finger, or with the keyboard alone.

Both find things by the words that stand on them.
"""

from dataclasses import dataclass
from typing import Any

MOST_TABS = 200
HELD = "e => e === document.activeElement"


@dataclass
class Finger:
    """Touches and types."""

    page: Any

    def press(self, words: str) -> None:
        self._leave(self.page.get_by_role("button", name=words, exact=True))

    def follow(self, words: str) -> None:
        self._leave(self.page.get_by_role("link", name=words).first)

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def tick(self, label: str) -> None:
        self.page.get_by_label(label).first.check()

    def _leave(self, target: Any) -> None:
        with self.page.expect_navigation():
            target.click()


@dataclass
class Keyboard:
    """Tab, the arrows, space and Enter: nothing is touched."""

    page: Any

    def press(self, words: str) -> None:
        self._enter(self.page.get_by_role("button", name=words, exact=True))

    def follow(self, words: str) -> None:
        self._enter(self.page.get_by_role("link", name=words).first)

    def type(self, label: str, text: str) -> None:
        self._go_to(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def tick(self, label: str) -> None:
        target = self.page.get_by_label(label).first
        if target.get_attribute("type") == "radio":
            self._choose(target)
            return
        self._go_to(target)
        if not target.is_checked():
            self.page.keyboard.press("Space")

    def _choose(self, target: Any) -> None:
        """Tab leads into a group of radios, the arrows lead through it."""
        name = target.get_attribute("name")
        group = self.page.locator(f"input[type=radio][name='{name}']")
        self._go_to(group)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{name}: the arrows do not lead there")

    def _go_to(self, target: Any) -> None:
        """Tab until one of the target's elements has the focus."""
        assert target.count(), target
        for _ in range(MOST_TABS):
            if any(one.evaluate(HELD) for one in target.all()):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {target}")

    def _enter(self, target: Any) -> None:
        self._go_to(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
