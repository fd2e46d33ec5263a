"""Chromium for tests of the page: which one, started how, and what happens where there is none."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium. Without one: a failure where AKRAB_TESTS_NEED_BROWSER is set (CI), else a skip that says what to install."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        why = "no Chromium on this machine: the demo page is not tested (Debian: apt-get install chromium)"
        if os.environ.get("AKRAB_TESTS_NEED_BROWSER"):
            pytest.fail(why)
        pytest.skip(why)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*QUIET, *sandbox])
        yield browser
        browser.close()
