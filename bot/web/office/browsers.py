"""Which browser this is, as its owner would call it; nothing that tells two of a kind apart."""

import re

_BROWSERS = (
    ("Edge", re.compile(r"\bEdgA?(iOS)?/")),
    ("Opera", re.compile(r"\b(OPR|Opera)/")),
    ("Samsung Internet", re.compile(r"\bSamsungBrowser/")),
    ("Firefox", re.compile(r"\b(Firefox|FxiOS)/")),
    ("Chrome", re.compile(r"\b(Chrome|CriOS|HeadlessChrome|Chromium)/")),
    ("Safari", re.compile(r"\bVersion/.*\bSafari/")),
)
_SYSTEMS = (
    ("iPhone", re.compile(r"\biPhone\b")),
    ("iPad", re.compile(r"\biPad\b")),
    ("Android", re.compile(r"\bAndroid\b")),
    ("Windows", re.compile(r"\bWindows\b")),
    ("ChromeOS", re.compile(r"\bCrOS\b")),
    ("Mac", re.compile(r"\bMac OS X\b")),
    ("Linux", re.compile(r"\bLinux\b")),
)


def family(agent: str) -> str:
    """ "Firefox, Linux" of what a browser says about itself; "" where it says nothing known."""
    said = agent[:400]
    found = (_first(_BROWSERS, said), _first(_SYSTEMS, said))
    return ", ".join(each for each in found if each)


def _first(known: tuple[tuple[str, re.Pattern[str]], ...], said: str) -> str:
    return next((name for name, pattern in known if pattern.search(said)), "")
