"""What the browsers themselves say of the packages, as at a reader who installs one."""

from __future__ import annotations

from .chromium import Chromium


def test_chrome_has_no_complaint_about_its_manifest(chromium: Chromium) -> None:
    chromium.open("chrome://extensions")
    complaints = chromium.page(
        "chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })"
        f".then(() => chrome.developerPrivate.getExtensionInfo({chromium.id!r}))"
        ".then(({ manifestErrors, installWarnings }) =>"
        " [...manifestErrors.map(error => error.message), ...installWarnings])"
    )
    assert complaints == []
