"""Real Chromium with the real extension, through Playwright and the DevTools protocol.

In: the folder of the built extension and the port of the tests' proxy. Out: a `Browser`. The button
is pressed with Extensions.triggerAction, which is the browser's own path for a click in the toolbar:
it opens the real popup and grants activeTab. Goes wrong: `BrowserMissingError` where there is no Chromium.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import os
import shutil
import signal
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, Playwright

from .browser import HOST, ScriptError
from .waiting import until

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = "apt-get install -y chromium"
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--no-default-browser-check",
    "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication",
    "--force-color-profile=srgb", "--hide-scrollbars",
]  # fmt: skip


class BrowserMissingError(RuntimeError):
    """The browser is not installed; the message is the command that installs it."""


def executable() -> str:
    """Where Chromium is."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    raise BrowserMissingError(f"no Chromium on this machine; on Debian and Ubuntu: {INSTALL}")


class Session:
    """One DevTools session with one target, over Playwright's browser connection."""

    def __init__(self, browser: Any, target: str) -> None:
        self.browser = browser
        self.ids = itertools.count(1)
        self.answers: dict[int, Any] = {}
        self.events: list[dict[str, Any]] = []
        self.gone = False
        self.id = browser.send("Target.attachToTarget", {"targetId": target, "flatten": False})["sessionId"]
        browser.on("Target.receivedMessageFromTarget", self._receive)
        browser.on("Target.detachedFromTarget", self._leave)

    def _receive(self, event: dict[str, Any]) -> None:
        if event.get("sessionId") != self.id:
            return
        message = json.loads(event["message"])
        if "id" in message:
            self.answers[message["id"]] = message
        else:
            self.events.append(message)

    def _leave(self, event: dict[str, Any]) -> None:
        self.gone = self.gone or event.get("sessionId") == self.id

    def send(self, method: str, **params: Any) -> Any:
        number = next(self.ids)
        message = json.dumps({"id": number, "method": method, "params": params})
        self.browser.send("Target.sendMessageToTarget", {"sessionId": self.id, "message": message})

        def answered() -> Any:
            if number not in self.answers and not self.gone:
                self.browser.send("Browser.getVersion")  # lets Playwright hand over what has arrived
            return self.answers.get(number) or self.gone

        answer = until(answered, f"answer to {method}", seconds=20, pause=0.005)
        if answer is True or "error" in answer:
            raise ScriptError(f"{method}: {'the target is gone' if answer is True else answer['error']}")
        return answer["result"]

    def evaluate(self, expression: str) -> Any:
        return value(
            self.send("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        )


def value(result: dict[str, Any]) -> Any:
    """What a Runtime call returned."""
    if details := result.get("exceptionDetails"):
        thrown = details.get("exception", {})
        raise ScriptError(thrown.get("description") or thrown.get("value") or details.get("text"))
    return result["result"].get("value")


class Chromium:
    """A window of Chromium with the extension."""

    name = "chromium"

    def __init__(self, playwright: Playwright, extension: Path | None, proxy: int) -> None:
        self.playwright, self.extension, self.proxy = playwright, extension, proxy
        self.start()

    def restart(self) -> None:
        self.close()
        self.start()

    def crash(self) -> None:
        os.kill(self._process(), signal.SIGKILL)
        with contextlib.suppress(PlaywrightError):
            self.context.close()
        self.start(self.profile)

    def _process(self) -> int:
        """The browser's own process: the others of this profile say of what type they are."""
        wanted = f"--user-data-dir={self.profile}".encode()
        for each in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                arguments = each.read_bytes().split(b"\0")
                if wanted in arguments and not any(a.startswith(b"--type=") for a in arguments):
                    return int(each.parent.name)
        raise RuntimeError("no process has this profile")

    def start(self, profile: str | None = None) -> None:
        playwright, extension, proxy = self.playwright, self.extension, self.proxy
        self.profile = profile or tempfile.mkdtemp(prefix="caveat-chromium-")
        if profile is None:
            self.greetings: list[str] = []  # of a profile's first day, which does not come again
            # Pages ask for connections ahead of time; a policy forbids loading, not connecting.
            settings = Path(self.profile, "Default", "Preferences")
            settings.parent.mkdir()
            settings.write_text(json.dumps({"net": {"network_prediction_options": 2}}))
        self.context = playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=executable(),
            headless=True,
            ignore_default_args=["--disable-extensions", "--disable-back-forward-cache"],
            args=[*QUIET, "--enable-unsafe-extension-debugging", f"--proxy-server=127.0.0.1:{proxy}"],
            viewport={"width": 1280, "height": 800},
            color_scheme="light",
        )
        assert self.context.browser is not None
        self.root = self.context.browser.new_browser_cdp_session()
        self.tab = self.context.pages[0]
        self.id = ""  # a window without the extension, for the lens
        if extension is not None:
            self.id = self.root.send("Extensions.loadUnpacked", {"path": str(extension)})["id"]
            self._dismiss_greetings(is_new=profile is None)
        self.tab_session = self.context.new_cdp_session(self.tab)
        self.errors: list[str] = []
        for event in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"):
            self.tab_session.on(event, lambda params, event=event: self._note("page", event, params))
        self.worlds: dict[int, str] = {}
        self.tab_session.on("Runtime.executionContextCreated", self._world)
        for domain in ("Runtime", "Log", "DOM"):
            self.tab_session.send(f"{domain}.enable")
        self.worker: Session | None = None
        self.popup_session: Session | None = None

    # Places

    def open(self, url: str) -> None:
        self.close_popup()
        self.tab.goto(url, wait_until="load")
        self.tab.bring_to_front()

    def open_own(self, name: str) -> None:
        self.open(f"chrome-extension://{self.id}/{name}")

    def page(self, expression: str) -> Any:
        result = self.tab_session.send(
            "Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True}
        )
        return value(result)

    def background(self, expression: str) -> Any:
        if self.worker is None or self.worker.gone:
            found = until(lambda: self._target("service_worker"), "service worker of the extension")
            self.worker = Session(self.root, found)
            self.worker.send("Runtime.enable")
        return self.worker.evaluate(expression)

    def popup(self, expression: str) -> Any:
        if self.popup_session is None or self.popup_session.gone:
            found = self._target("page")
            if found is None:
                return None
            self.popup_session = Session(self.root, found)
            self.popup_session.send("Runtime.enable")
            self.popup_session.send("Page.enable")
        return self.popup_session.evaluate(expression)

    def shadow(self, function: str) -> Any:
        root = self._root()
        if root is None:
            return None
        object_id = self.tab_session.send("DOM.resolveNode", {"backendNodeId": root["backendNodeId"]})[
            "object"
        ]["objectId"]
        call = {
            "functionDeclaration": f"function () {{ return ({function})(this) }}",
            "objectId": object_id,
            "returnByValue": True,
        }
        try:
            return value(self.tab_session.send("Runtime.callFunctionOn", call))
        finally:
            self.tab_session.send("Runtime.releaseObject", {"objectId": object_id})

    def shadow_kind(self) -> str | None:
        """Whether the cards' shadow root is open or closed."""
        root = self._root()
        return root and str(root["shadowRootType"])

    def _root(self) -> dict[str, Any] | None:
        """What DevTools says of the cards' shadow root; it lets go of what it handed out."""
        host = self.tab_session.send("Runtime.evaluate", {"expression": HOST})["result"].get("objectId")
        if host is None:
            return None
        try:
            node = self.tab_session.send("DOM.describeNode", {"objectId": host, "depth": 1, "pierce": True})[
                "node"
            ]
        finally:
            self.tab_session.send("Runtime.releaseObject", {"objectId": host})
        roots = node.get("shadowRoots", [])
        return roots[0] if roots else None

    # Input

    def press(self) -> None:
        self.close_popup()
        targets = self._targets()
        tab = next(
            t["targetId"] for t in targets if t["type"] == "tab" and not t["url"].startswith("chrome-ext")
        )
        self.root.send("Extensions.triggerAction", {"id": self.id, "targetId": tab})

    def close_popup(self) -> None:
        if self.id and (found := self._target("page")) is not None:
            self.popup("1")  # attached, so that its last complaints are kept
            self._collect(self.popup_session, "popup")
            self.root.send("Target.closeTarget", {"targetId": found})
            until(lambda: self._target("page") is None, "closed popup")
        self.popup_session = None

    def move(self, x: float, y: float) -> None:
        self.tab.mouse.move(x, y, steps=3)

    def click(self, x: float, y: float) -> None:
        self.tab.mouse.move(x, y)
        self.tab.mouse.down()
        self.tab.mouse.up()

    def key(self, name: str, shift: bool = False, alt: bool = False, ctrl: bool = False) -> None:
        held = "Control+" * ctrl + "Shift+" * shift + "Alt+" * alt
        self.tab.keyboard.press(held + name)

    def command(self, name: str) -> None:
        # Without a screen no key reaches the browser itself: this is what it would do.
        self.background(
            "chrome.tabs.query({ active: true, currentWindow: true })"
            f".then(([tab]) => {{ chrome.commands.onCommand.dispatch({name!r}, tab); return 1 }})"
        )

    def choose(self, item: str) -> None:
        # Without a screen there is no menu: this is what it would do.
        self.background(
            "chrome.tabs.query({ active: true, currentWindow: true }).then(([tab]) => {"
            f" chrome.contextMenus.onClicked.dispatch({{ menuItemId: {item!r} }}, tab); return 1 }})"
        )

    def stop_background(self) -> None:
        found = self._target("service_worker")
        if found is None:
            return
        self._collect(self.worker, "background")
        self.root.send("Target.closeTarget", {"targetId": found})
        until(lambda: self._target("service_worker") is None, "stopped service worker")
        self.worker = None

    def popup_click(self, function: str) -> None:
        box = self.popup(
            f"(() => {{ const target = ({function})(document); target.scrollIntoView({{ block: 'center' }});"
            " const r = target.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] })()"
        )
        assert self.popup_session is not None
        for kind in ("mousePressed", "mouseReleased"):
            self.popup_session.send(
                "Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1
            )

    def resize(self, width: int, height: int) -> None:
        self.tab.set_viewport_size({"width": width, "height": height})

    def dark(self, on: bool) -> None:
        """What the system says about light and dark, to every page that is open."""
        for page in self.context.pages:
            page.emulate_media(color_scheme="dark" if on else "light")

    # What is seen

    def picture(self, path: Path) -> None:
        if self.page("devicePixelRatio") == 1:
            self.tab.screenshot(path=path)
            return
        # Playwright cuts out a part where the browser zooms the page.
        data = self.tab_session.send("Page.captureScreenshot", {"format": "png"})["data"]
        path.write_bytes(base64.b64decode(data))

    def popup_picture(self, path: Path) -> None:
        # Without a screen the popup's window does not grow with its content, and takes no other size:
        # the same page in a tab, told whose popup it is, is what a person would see.
        tab = self.background("chrome.tabs.query({ active: true, currentWindow: true }).then(([t]) => t.id)")
        width, height = self.popup("[document.body.offsetWidth, Math.min(document.body.offsetHeight, 600)]")
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"chrome-extension://{self.id}/popup.html?tab={tab}")
        page.wait_for_selector("[data-state]:not([data-state=progress])")
        page.screenshot(path=path)
        page.close()
        self.tab.bring_to_front()

    def complaints(self) -> list[str]:
        self.root.send("Browser.getVersion")
        self._collect(self.popup_session, "popup")
        self._collect(self.worker, "background")
        found, self.errors = self.errors, []
        return found

    def close(self) -> None:
        try:
            self.context.close()
        finally:
            shutil.rmtree(self.profile, ignore_errors=True)

    # Inside

    def _dismiss_greetings(self, is_new: bool) -> None:
        """Close what the extension opens on the first day, which in a profile that is not new it may not."""

        def opened() -> list[Page]:
            self.root.send("Browser.getVersion")  # lets Playwright hear of new tabs
            return [p for p in self.context.pages if p is not self.tab and p.url.startswith("chrome-ext")]

        if not is_new:
            until(lambda: self._target("service_worker"), "service worker of the extension")
        for page in until(lambda: opened() or None, "page of the first day") if is_new else opened():
            self.greetings.append(page.url.rpartition("/")[2])
            page.close()
        self.tab.bring_to_front()

    def _targets(self) -> list[dict[str, Any]]:
        return list(self.root.send("Target.getTargets", {"filter": [{}]})["targetInfos"])

    def _target(self, kind: str) -> str | None:
        """The extension's popup ("page") or its background ("service_worker")."""
        name = "popup.html" if kind == "page" else ""
        for target in self._targets():
            if target["type"] == kind and target["url"].startswith(f"chrome-extension://{self.id}/{name}"):
                return str(target["targetId"])
        return None

    def _world(self, params: dict[str, Any]) -> None:
        context = params["context"]
        self.worlds[context["id"]] = context.get("origin", "")

    def _collect(self, session: Session | None, where: str) -> None:
        if session is not None:
            events, session.events = session.events, []
            for event in events:
                self._note(where, event["method"], event.get("params", {}))

    def _note(self, where: str, event: str, params: dict[str, Any]) -> None:
        """Keep what reads like an error, with the world it came from."""
        if event == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            text = details.get("exception", {}).get("description") or details.get("text")
            world = self.worlds.get(details.get("executionContextId", 0), "")
            self.errors.append(f"{where} {details.get('url') or world}: uncaught {text}")
        elif event == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning", "assert"):
            said = " ".join(str(a.get("value", a.get("description", ""))) for a in params["args"])
            self.errors.append(f"{where} {self.worlds.get(params['executionContextId'], '')}: console {said}")
        elif event == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            entry = params["entry"]
            self.errors.append(f"{where} {entry.get('url', '')}: {entry['source']} {entry['text']}")
