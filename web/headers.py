"""Security headers: nothing inline, nothing from elsewhere, no nonces (they would defeat 304)."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "manifest-src 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """WSGI layer: every answer carries them, also the static files', the cache's and the errors'.

    An answer that says nothing of caching is a person's own: a shared phone must not show it again.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]], *, https: bool):
        self.app = app
        self.headers = {**HEADERS, "Cache-Control": "no-store"}
        if https:
            self.headers["Strict-Transport-Security"] = "max-age=31536000"

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            there = {name.lower() for name, _ in headers}
            added = [(n, value) for n, value in self.headers.items() if n.lower() not in there]
            return start_response(status, headers + added, *rest)

        return self.app(environ, start)


class OwnAddress:
    """WSGI layer: whatever name the browser called us by, we are at the site's address.

    No name that somebody sends can get into a link, and one that is none (``a..b``), for which
    Flask has no addresses at all, is no error.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]], *, site_url: str):
        self.app = app
        site = urlsplit(site_url)
        self.own = {"HTTP_HOST": site.netloc, "wsgi.url_scheme": site.scheme}

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        return self.app(environ | self.own, start_response)
