"""The portal without a shelf: every page is made anew, as the first one after a change is."""

from web.factory import create_app
from web.publishing import Page, Shelf


class Bare(Shelf):
    def put(self, key: tuple[str, ...], page: Page) -> None:
        """Forget it at once."""


app = create_app()
app.extensions["publishing"].shelf = Bare()
