"""Back to the page somebody came from, which the address carries as ``back``."""

from flask import current_app, request


def back_to(default: str) -> str:
    """A page of this portal's signed-in side, or ``default`` where ``back`` names none."""
    wanted = request.args.get("back", "")
    return wanted if _is_own_page(wanted) else default


def _is_own_page(address: str) -> bool:
    """Only a page we know: whoever made the link, nobody is led out of the portal."""
    path, _, _ = address.partition("?")
    adapter = current_app.url_map.bind("")
    return address.startswith("/my/") and bool(adapter.test(path, method="GET"))
