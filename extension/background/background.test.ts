import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

/** An event of the browser, and a way to make it happen. */
function event() {
  const listeners: ((...values: never[]) => unknown)[] = [];
  return {
    addListener: (listener: (...values: never[]) => unknown) => listeners.push(listener),
    happen: (...values: unknown[]) => listeners.map(listener => listener(...(values as never[]))),
  };
}

const OWN = "chrome-extension://caveat/";

function browser() {
  const events = {
    onMessage: event(),
    onInstalled: event(),
    onUpdated: event(),
    onTabRemoved: event(),
    onAdded: event(),
    onPermissionRemoved: event(),
  };
  const create = vi.fn();
  const get = vi.fn();
  const badge = vi.fn();
  vi.stubGlobal("chrome", {
    runtime: {
      id: "caveat",
      getURL: (path: string) => OWN + path,
      onMessage: events.onMessage,
      onInstalled: events.onInstalled,
      onStartup: event(),
      sendMessage: vi.fn(async () => undefined),
    },
    storage: { local: { get: async () => ({}) }, onChanged: event() },
    contextMenus: { onClicked: event(), removeAll: vi.fn(async () => undefined), create: vi.fn() },
    action: {
      getBadgeText: badge,
      setBadgeBackgroundColor: vi.fn(async () => Promise.reject(new Error("No tab with id: 7"))),
    },
    tabs: { create, get, onUpdated: events.onUpdated, onRemoved: events.onTabRemoved },
    commands: { onCommand: event() },
    permissions: { onAdded: events.onAdded, onRemoved: events.onPermissionRemoved },
  });
  return { ...events, create, get, badge };
}

let chromium: ReturnType<typeof browser>;
beforeEach(async () => {
  vi.resetModules();
  chromium = browser();
  await import("./background");
});
afterEach(() => vi.unstubAllGlobals());

describe("the background", () => {
  it("shows the first day's page once, when it is installed", () => {
    chromium.onInstalled.happen({ reason: "install" });
    expect(chromium.create).toHaveBeenCalledExactlyOnceWith({ url: "welcome.html" });
  });

  it.each(["update", "chrome_update", "shared_module_update"])("opens nothing at an %s", reason => {
    chromium.onInstalled.happen({ reason });
    expect(chromium.create).not.toHaveBeenCalled();
  });

  it("answers a press on a tab that was closed in the meantime", async () => {
    chromium.get.mockRejectedValue(new Error("No tab with id: 7"));
    const reply = vi.fn();
    const press = { kind: "press", tab: 7, again: false };
    chromium.onMessage.happen(press, { id: "caveat", url: `${OWN}popup.html` }, reply);
    await vi.waitFor(() => expect(reply).toHaveBeenCalledWith(expect.objectContaining({ kind: "gone" })));
  });

  it.each([
    ["!", 1],
    ["3", 0],
    ["", 0],
  ])("tries again for a page's own card only where the button says %j", async (badge, looks) => {
    chromium.badge.mockResolvedValue(badge);
    chromium.get.mockRejectedValue(new Error("No tab with id: 7"));
    chromium.onMessage.happen({ kind: "retry" }, { id: "caveat", tab: { id: 7 } }, vi.fn());
    await new Promise(done => setTimeout(done));
    expect(chromium.get).toHaveBeenCalledTimes(looks);
  });

  it("asks for people's notes again for a reader in a page, and for nobody else", async () => {
    const [message, reply] = [{ kind: "people", text: "Ferries." }, vi.fn()];
    const tab = { id: 7, incognito: false };
    chromium.onMessage.happen(message, { id: "caveat", tab }, reply);
    await vi.waitFor(() => expect(reply).toHaveBeenCalledWith(expect.objectContaining({ annotations: [] })));
    expect(chromium.onMessage.happen(message, { id: "caveat", url: `${OWN}panel.html` }, reply)).toEqual([
      undefined,
    ]);
  });

  it.each([
    ["a reader in a page", { id: "caveat", url: "https://news.example/", tab: { id: 7 } }],
    ["another extension", { id: "other", url: "chrome-extension://other/popup.html" }],
  ])("reads no page because %s says so", (_, sender) => {
    const reply = vi.fn();
    const answers = chromium.onMessage.happen({ kind: "press", tab: 7, again: false }, sender, reply);
    expect(answers).toEqual([undefined]);
    expect(chromium.get).not.toHaveBeenCalled();
  });
});
