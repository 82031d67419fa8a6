"""Real Firefox with the real extension, through WebDriver BiDi alone.

In: the folder of the built extension and the port of the tests' proxy. Out: a `Browser`. The button
is the toolbar's own, clicked in the browser's window (BiDi's chrome scope, which
--remote-allow-system-access opens), so the popup is the real one and activeTab is granted by the
browser. The popup and the background are reached with scripts the browser loads beside theirs.
Goes wrong: `BrowserMissingError` where there is no Firefox.
"""

from __future__ import annotations

import atexit
import base64
import json
import re
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .bidi import Bidi, returned
from .browser import HOST
from .chromium import BrowserMissingError
from .waiting import until

INSTALL = "apt-get install -y firefox-esr"
UUID = "7c0f3b8e-5d7e-4b7a-9d55-6f1f6a3f0caa"
COLOUR_SCHEME = "layout.css.prefers-color-scheme.content-override"
KEYS = {
    "Escape": "\ue00c", "Enter": "\ue006", "Tab": "\ue004", "ArrowLeft": "\ue012", "ArrowUp": "\ue013",
    "ArrowRight": "\ue014", "ArrowDown": "\ue015", "Shift": "\ue008", "Alt": "\ue00a",
    "Control": "\ue009", "Space": " ",
}  # fmt: skip

# The popup's browser, once it shows the popup: Firefox loads it in a hidden panel first.
POPUP = (
    "[...document.querySelectorAll('browser.webextension-popup-browser')]"
    f".find(b => b.currentURI.spec.startsWith('moz-extension://{UUID}/')"
    " && b.closest('panel').state === 'open')"
)

# A script beside the popup's or the background's own, which sees the same document.
BESIDE = """new Promise((done, fail) => {
  const browser = %(find)s;
  if (!browser) return done(null);
  const manager = browser.messageManager, name = 'caveat-test:' + Math.random();
  const late = setTimeout(() => fail(new Error('no answer from %(what)s')), 10000);
  manager.addMessageListener(name, function heard(message) {
    clearTimeout(late);
    manager.removeMessageListener(name, heard);
    message.data.error ? fail(new Error(message.data.error)) : done(JSON.parse(message.data.json));
  });
  const script = `(async () => {
    const window = content.wrappedJSObject, document = content.document, chrome = window.browser;
    try {
      const answer = await (${%(expression)s});
      sendAsyncMessage('${name}', { json: JSON.stringify(answer ?? null) });
    } catch (error) { sendAsyncMessage('${name}', { error: String(error) }); }
  })()`;
  manager.loadFrameScript('data:application/javascript;charset=utf-8,' + encodeURIComponent(script), false);
})
"""

# Keys pressed in the browser's window: held from the first to the last, then let go.
PRESSED = """(() => {
  const names = { Alt: ['Alt', 18], Ctrl: ['Control', 17], Shift: ['Shift', 16] };
  const keys = %s.map(name => {
    const [key, keyCode] = names[name] ?? [name, name.charCodeAt(0)];
    return new KeyboardEvent('', { key, keyCode, code: names[name] ? `${key}Left` : `Key${key}` });
  });
  const keyboard = Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor);
  keyboard.beginInputTransactionForTests(window);
  for (const key of keys) keyboard.keydown(key);
  for (const key of keys.reverse()) keyboard.keyup(key);
})()"""


def executable() -> str:
    """Where Firefox is."""
    for name in ("firefox-esr", "firefox"):
        if found := shutil.which(name):
            return found
    raise BrowserMissingError(f"no Firefox on this machine; on Debian and Ubuntu: {INSTALL}")


def preferences(extension_id: str, proxy: int) -> dict[str, Any]:
    """A profile that asks nothing of anybody and goes through the tests' proxy."""
    return {
        # A browser that was killed installs the extension anew; what it kept must be there still.
        "extensions.webextensions.keepStorageOnUninstall": True,
        "extensions.webextensions.keepUuidOnUninstall": True,
        "extensions.webextensions.uuids": json.dumps({extension_id: UUID}),
        "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": proxy,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": proxy,
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "toolkit.telemetry.enabled": False,
        "app.update.disabledForTesting": True,
        "browser.search.update": False,
        "browser.safebrowsing.malware.enabled": False,
        "browser.safebrowsing.phishing.enabled": False,
        "services.settings.server": "data:,#remote-settings-dummy/v1",
        "browser.shell.checkDefaultBrowser": False,
        "browser.startup.page": 0,
        "browser.topsites.contile.enabled": False,
        "extensions.systemAddon.update.enabled": False,
        "extensions.getAddons.cache.enabled": False,
        "geo.provider.testing": True,
        "extensions.webextOptionalPermissionPrompts": False,
        COLOUR_SCHEME: 1,  # light
        "ui.prefersReducedMotion": 1,
        "ui.popup.disable_autohide": True,
    }


class Firefox:
    """A window of Firefox with the extension."""

    name = "firefox"

    def __init__(self, extension: Path, proxy: int) -> None:
        self.extension, self.proxy = extension, proxy
        self.start()

    def restart(self) -> None:
        self.close()
        self.start()

    def crash(self) -> None:
        self.process.kill()
        self.process.wait(10)
        if self.bidi is not None:
            self.bidi.close()
        if self.process.stderr is not None:
            self.process.stderr.close()
        atexit.unregister(self.close)
        self.start(self.profile)

    def start(self, profile: str | None = None) -> None:
        extension, proxy = self.extension, self.proxy
        manifest = json.loads((extension / "manifest.json").read_text())
        self.id = manifest["browser_specific_settings"]["gecko"]["id"]
        self.widget = re.sub(r"[^a-z0-9_-]", "_", self.id.lower())
        self.profile = profile or tempfile.mkdtemp(prefix="caveat-firefox-")
        lines = [
            f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in preferences(self.id, proxy).items()
        ]
        Path(self.profile, "user.js").write_text("".join(lines))
        arguments = [
            "--headless",
            "--no-remote",
            "--profile",
            self.profile,
            "--width",
            "1280",
            "--height",
            "900",
        ]
        arguments += ["--remote-debugging-port", "0", "--remote-allow-system-access"]
        self.process = subprocess.Popen(
            [executable(), *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.bidi: Bidi | None = None
        atexit.register(self.close)  # whatever happens to the tests, no browser is left behind
        try:
            self.bidi = Bidi(self._address())
            self.tab = self.bidi.call("browsingContext.getTree")["contexts"][0]["context"]
            self.greetings: list[str] = []
            self.bidi.call("webExtension.install", extensionData={"type": "path", "path": str(extension)})
            self._dismiss_greetings()
            chrome = self.bidi.call("browsingContext.getTree", **{"moz:scope": "chrome"})["contexts"]
            self.window = chrome[0]["context"]
            self.bidi.call("session.subscribe", events=["log.entryAdded"])
            self.resize(1280, 800)
            self.chrome(f"CustomizableUI.addWidgetToArea('{self.widget}-browser-action', 'nav-bar')")
        except BaseException:
            self.close()
            raise

    def _address(self) -> str:
        assert self.process.stderr is not None
        found: str | None = None
        for line in self.process.stderr:
            if match := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
                found = match[1]
                break
        if found is None:
            raise RuntimeError("Firefox ended before it listened")
        threading.Thread(target=self.process.stderr.read, daemon=True).start()  # an unread pipe would fill
        return found

    def _dismiss_greetings(self) -> None:
        """Close what the extension opens on the first day."""
        bidi = self.bidi
        assert bidi is not None

        def opened() -> list[dict[str, Any]]:
            tabs = bidi.call("browsingContext.getTree", maxDepth=0)["contexts"]
            return [t for t in tabs if t["url"].startswith("moz-extension://")]

        for tab in until(lambda: opened() or None, "page of the first day"):
            self.greetings.append(tab["url"].rpartition("/")[2])
            bidi.call("browsingContext.close", context=tab["context"])

    # Places

    def open(self, url: str) -> None:
        self.close_popup()
        self.bidi.call("browsingContext.navigate", context=self.tab, url=url, wait="complete")

    def open_own(self, name: str) -> None:
        url = f"moz-extension://{UUID}/{name}"
        # Waiting for such a page to be complete would wait for ever.
        self.bidi.call("browsingContext.navigate", context=self.tab, url=url, wait="none")
        until(lambda: self.page(f"location.href === '{url}' && document.readyState === 'complete'"), url)

    def page(self, expression: str) -> Any:
        return self.bidi.evaluate(expression, self.tab)

    def chrome(self, expression: str) -> Any:
        """A value from the browser's own window."""
        return self.bidi.evaluate(expression, self.window)

    def beside_page(self, script: str) -> None:
        """Run a script where the browser's own code for pages runs."""
        data = json.dumps("data:application/javascript;charset=utf-8," + quote(script))
        self.chrome(f"void gBrowser.selectedBrowser.messageManager.loadFrameScript({data}, false)")

    def popup(self, expression: str) -> Any:
        return self._beside("popup", POPUP, expression)

    def background(self, expression: str) -> Any:
        extension = f"WebExtensionPolicy.getByID('{self.id}').extension"
        find = (
            f"(await {extension}.wakeupBackground?.(),"
            f" [...{extension}.views].find(v => v.viewType === 'background')?.xulBrowser)"
        )
        return self._beside("background", find, expression)

    def _beside(self, what: str, find: str, expression: str) -> Any:
        script = BESIDE % {"find": "found", "what": what, "expression": json.dumps(expression)}
        return self.chrome(f"(async () => {{ const found = {find}; return {script} }})()")

    def shadow(self, function: str) -> Any:
        host = self.bidi.call(
            "script.evaluate", expression=HOST, target={"context": self.tab}, awaitPromise=False,
            serializationOptions={"maxDomDepth": 0, "includeShadowTree": "all"},
        )  # fmt: skip
        root = (
            (host["result"].get("value") or {}).get("shadowRoot")
            if host["result"]["type"] == "node"
            else None
        )
        if root is None:
            return None
        result = self.bidi.call(
            "script.callFunction", functionDeclaration=function,
            arguments=[{"sharedId": root["sharedId"]}], target={"context": self.tab}, awaitPromise=False,
        )  # fmt: skip
        return returned(result)

    def shadow_kind(self) -> str | None:
        """Whether the cards' shadow root is open or closed."""
        host = self.bidi.call(
            "script.evaluate", expression=HOST, target={"context": self.tab}, awaitPromise=False,
            serializationOptions={"maxDomDepth": 0, "includeShadowTree": "all"},
        )  # fmt: skip
        root = (host["result"].get("value") or {}).get("shadowRoot")
        return None if root is None else str(root["value"]["mode"])

    # Input

    def press(self) -> None:
        self.close_popup()
        button = f"document.getElementById('{self.widget}-BAP')"
        until(lambda: self.chrome(f"!!{button}"), "button in the toolbar")
        self.chrome(f"{button}.click()")

    def close_popup(self) -> None:
        self.chrome(
            "document.querySelector('browser.webextension-popup-browser')?.closest('panel').hidePopup()"
        )
        until(
            lambda: not self.chrome("!!document.querySelector('browser.webextension-popup-browser')"),
            "closed popup",
        )
        # A window without a screen gets the focus back only when asked.
        self.bidi.call("browsingContext.activate", context=self.tab)
        self.chrome("gBrowser.selectedBrowser.focus()")

    def move(self, x: float, y: float) -> None:
        self._point([{"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0}])

    def click(self, x: float, y: float) -> None:
        press = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._point([{"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0}, *press])

    def _point(self, actions: list[dict[str, Any]]) -> None:
        source = {
            "type": "pointer",
            "id": "mouse",
            "parameters": {"pointerType": "mouse"},
            "actions": actions,
        }
        self.bidi.call("input.performActions", context=self.tab, actions=[source])

    def key(self, name: str, shift: bool = False, alt: bool = False, ctrl: bool = False) -> None:
        held = [KEYS["Control"]] * ctrl + [KEYS["Shift"]] * shift + [KEYS["Alt"]] * alt
        keys = [*held, KEYS.get(name, name)]
        actions = [{"type": "keyDown", "value": k} for k in keys] + [
            {"type": "keyUp", "value": k} for k in keys[::-1]
        ]
        self.bidi.call(
            "input.performActions",
            context=self.tab,
            actions=[{"type": "key", "id": "keys", "actions": actions}],
        )

    def command(self, name: str) -> None:
        shortcut = self.background(
            f"chrome.commands.getAll().then(all => all.find(c => c.name === {name!r}).shortcut)"
        )
        # BiDi's keys go to the page alone; these go to the browser's window first, as a keyboard's do.
        self.chrome(PRESSED % json.dumps(shortcut.split("+")))

    def choose(self, item: str) -> None:
        # Without a screen no menu opens: this is what its item would tell the extension.
        self.chrome(
            f"WebExtensionPolicy.getByID('{self.id}').extension.emit("
            f"'webext-menu-menuitem-click', {{ menuItemId: {item!r}, modifiers: [], editable: false }},"
            " gBrowser.selectedTab)"
        )

    def stop_background(self) -> None:
        extension = f"WebExtensionPolicy.getByID('{self.id}').extension"
        self.chrome(
            f"{extension}.terminateBackground("
            "{ ignoreDevToolsAttached: true, disableResetIdleForTest: true }).then(() => 1)"
        )

    def popup_click(self, function: str) -> None:
        self.popup(f"({function})(document).click()")

    def popup_press(self, function: str) -> None:
        """A click that the browser takes for a person's, as it must be to ask for a permission."""
        self.popup(
            "(() => { const held = content.windowUtils.setHandlingUserInput(true);"
            f" try {{ ({function})(document).click() }} finally {{ held.destruct() }} }})()"
        )

    def resize(self, width: int, height: int) -> None:
        self.bidi.call(
            "browsingContext.setViewport", context=self.tab, viewport={"width": width, "height": height}
        )

    def dark(self, on: bool) -> None:
        """What the system says about light and dark, to every page."""
        self.chrome(f"Services.prefs.setIntPref('{COLOUR_SCHEME}', {0 if on else 1})")

    # What is seen

    def picture(self, path: Path) -> None:
        data = self.bidi.call("browsingContext.captureScreenshot", context=self.tab)["data"]
        path.write_bytes(base64.b64decode(data))

    def popup_picture(self, path: Path) -> None:
        grown = "window.innerHeight >= Math.min(document.documentElement.scrollHeight, 560)"
        until(lambda: self.popup(grown), "popup as high as its content")
        data = self.chrome(
            f"(async () => {{ const b = {POPUP};"
            " const map = await b.browsingContext.currentWindowGlobal.drawSnapshot(null, 1, 'white');"
            " const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');"
            " canvas.width = map.width; canvas.height = map.height;"
            " canvas.getContext('2d').drawImage(map, 0, 0); return canvas.toDataURL().split(',')[1] })()"
        )
        path.write_bytes(base64.b64decode(data))

    def complaints(self) -> list[str]:
        self.page("1")
        found = []
        for event in self.bidi.events:
            if event.get("method") == "log.entryAdded" and event["params"]["level"] in ("error", "warn"):
                frames = (event["params"].get("stackTrace") or {}).get("callFrames") or [{}]
                found.append(f"page {frames[0].get('url', '')}: {event['params']['text']}")
        self.bidi.events.clear()
        found += self.chrome(
            "(() => { const found = Services.console.getMessageArray()"
            " .filter(m => m instanceof Ci.nsIScriptError)"
            f" .filter(m => (m.sourceName + m.errorMessage).includes('{UUID}'))"
            " .map(m => m.sourceName + ': ' + m.errorMessage);"
            " Services.console.reset(); return found })()"
        )
        return found

    def close(self) -> None:
        if self.bidi is not None:
            self.bidi.close()
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)
        if self.process.stderr is not None:
            self.process.stderr.close()
        shutil.rmtree(self.profile, ignore_errors=True)
        atexit.unregister(self.close)
