"""What a browser says it is, in words that its owner knows: "Firefox on Android".

Guessed from the first word that matches; most browsers also name the ones they descend from.
"""

LONGEST = 500
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def described(agent: str) -> tuple[str | None, str | None]:
    """Browser and system; None for what it does not say."""
    said = agent[:LONGEST]
    browser = next((name for word, name in BROWSERS if word in said), None)
    return browser, next((name for word, name in SYSTEMS if word in said), None)
