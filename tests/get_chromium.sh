#!/bin/sh
# Makes sure that a Chromium is there for the browser tests, or says clearly that there is none.
set -u
bin=${1:-.venv/bin}

found() {
    command -v chromium || command -v chromium-browser || command -v google-chrome \
        || "$bin/python" - <<'PY'
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    path = playwright.chromium.executable_path
print(path)
sys.exit(not pathlib.Path(path).exists())
PY
}

found >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "No Chromium yet: installing it with apt-get."
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends chromium fonts-noto-color-emoji fonts-dejavu-core) \
        >/dev/null 2>&1
    found >/dev/null 2>&1 && exit 0
fi
echo "No Chromium yet: asking playwright for one."
"$bin/playwright" install chromium
found >/dev/null 2>&1 && exit 0
echo "The browser tests need Chromium and none could be had." >&2
echo "Install it (Debian: apt-get install chromium) and run make test again." >&2
exit 1
