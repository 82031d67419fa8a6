import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { annotations, parseMe } from "../shared/community";
import type { Draft } from "../shared/drafts";
import type { Ask, Errand, Reply } from "../shared/errands";
import { annotation } from "../shared/specimen";
import { mayDo } from "./own";
import { Rooms } from "./rooms";

const DRAFT: Draft = {
  id: "d1",
  begun: 1,
  page: { url: "https://news.example/ferry", title: "Ferries" },
  target: { exact: "Many experts", prefix: "🚢 ", suffix: " say so.", start: 2 },
  language: "en",
  signal: "vague-source",
  body: "Two experts are named in the minutes.",
  sources: [],
  suggested: [],
  isWaiting: false,
};
const MAY = { may: true, reason: "You may write.", most: 10, left: 9 };
const ME = {
  alias: "heron",
  role: "volunteer",
  may_write: MAY,
  may_rate: MAY,
  stopped: null,
  annotations: [annotation({ mine: true })],
};

let kept: Record<string, unknown>;
let listeners: ((changes: object) => void)[];
let sent: Errand[];
let answers: Partial<Record<Errand["do"], Reply<unknown>>>;
let root: HTMLElement;

beforeEach(() => {
  kept = { "draft:d1": DRAFT };
  listeners = [];
  sent = [];
  answers = { me: { done: parseMe(ME) }, queue: { done: annotations([annotation({ status: "pending" })]) } };
  root = document.createElement("div");
  document.body.replaceChildren(root);
});
afterEach(() => {
  act(() => render(null, root));
  vi.useRealTimers();
});

const storage = {
  get: async () => kept,
  set: async (some: object) => {
    Object.assign(kept, some);
    for (const each of listeners) each(some);
  },
  remove: async (name: string) => {
    delete kept[name];
    for (const each of listeners) each({ [name]: {} });
  },
  onChanged: {
    addListener: (each: () => void) => listeners.push(each),
    removeListener: () => undefined,
  },
} as unknown as chrome.storage.StorageArea;

const ask = (async (errand: Errand) => {
  sent.push(errand);
  return answers[errand.do] ?? { done: null };
}) as unknown as Ask;

type More = { isConnected?: boolean; begun?: { said: string; at: number } | null };
async function show({ isConnected = true, begun = null }: More = {}) {
  const page = <p class="page">the page's notes</p>;
  await act(async () =>
    render(
      <Rooms {...{ server: "https://caveat.example", tab: 7, ask, storage, isConnected, begun }}>
        {page}
      </Rooms>,
      root,
    ),
  );
  await act(async () => undefined);
}
const part = (name: string) => root.querySelector<HTMLElement>(`[data-caveat="${name}"]`);
async function press(selector: string) {
  await act(async () => root.querySelector<HTMLElement>(selector)?.click());
  // What it set going: asked for, answered, drawn.
  for (let step = 0; step < 3; step++) await act(() => new Promise<void>(done => setTimeout(done)));
}
const type = (selector: string, words: string) =>
  act(async () => {
    const field = root.querySelector<HTMLTextAreaElement>(selector);
    if (!field) throw new Error(`no ${selector}`);
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });

describe("the rooms", () => {
  it("are nobody's who does not take part", async () => {
    kept = {};
    await show({ isConnected: false });
    expect(part("rooms")).toBeNull();
    expect(root.textContent).toBe("the page's notes");
    expect(sent).toEqual([]);
  });

  it("say to whoever pressed the key for a note and is not connected what to do", async () => {
    kept = {};
    await show({ isConnected: false, begun: { said: "Not connected.", at: 1 } });
    expect(part("room-said")?.textContent).toBe("Not connected.");
    expect(part("rooms")).toBeNull();
  });

  it("stay open to drafts when the connection has gone", async () => {
    await show({ isConnected: false });
    expect(root.querySelector("[data-room=write]")?.textContent).toBe("Your notes 1");
  });

  it("ask the server for nothing until they are entered", async () => {
    await show();
    expect(sent).toEqual([]);
    await press("[data-room=rate]");
    expect(sent).toContainEqual({ do: "queue" });
    expect(root.querySelector("blockquote")?.textContent).toBe("🚢 Many experts say so.");
    expect(part("rating")).not.toBeNull();
  });

  it("begin a note on the selected words, and say why none was begun", async () => {
    await show();
    await press("[data-caveat=begin]");
    expect(sent).toEqual([{ do: "begin", tab: 7 }]);
    await show({ begun: { said: "Select the words first.", at: 1 } });
    expect(part("room-said")?.textContent).toBe("Select the words first.");
    await show({ begun: { said: "", at: 2 } });
    expect(part("write")).not.toBeNull();
  });
});

describe("a note that is written", () => {
  async function write() {
    await show();
    await press("[data-room=write]");
  }

  it("is kept at every key, a moment later", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await show({ begun: { said: "", at: 1 } });
    await type("textarea", "Two are named.");
    expect((kept["draft:d1"] as Draft).body).toBe(DRAFT.body);
    await act(async () => {
      await vi.advanceTimersByTimeAsync(300);
    });
    expect((kept["draft:d1"] as Draft).body).toBe("Two are named.");
  });

  it("is kept at once when the panel is left", async () => {
    await write();
    await type("textarea", "Two.");
    act(() => void dispatchEvent(new Event("pagehide")));
    await vi.waitFor(() => expect((kept["draft:d1"] as Draft).body).toBe("Two."));
  });

  it("is seen as its readers will see it, before it is sent", async () => {
    await write();
    expect(part("preview")?.textContent).toContain("Readers’ note, by heron: found helpful");
    expect(part("preview")?.querySelector("[data-caveat=rating], [data-caveat=report]")).toBeNull();
    expect(sent.map(errand => errand.do)).toEqual(["me"]);
  });

  it("is sent as it was typed last", async () => {
    await write();
    await type("textarea", "Two experts, by name.");
    await press("[data-caveat=send]");
    expect(sent).toContainEqual({ do: "send", draft: "d1", anyway: false });
    expect((kept["draft:d1"] as Draft).body).toBe("Two experts, by name.");
  });

  it("is not sent while it lacks what the server would miss, and says what", async () => {
    kept = { "draft:d1": { ...DRAFT, signal: "missing-context" } };
    await write();
    expect(part("lacks")?.textContent).toContain("needs a source");
    expect(root.querySelector<HTMLButtonElement>("[data-caveat=send]")?.disabled).toBe(true);
  });

  it("offers what is there to be rated, or goes anyway", async () => {
    const similar = annotations([annotation()]);
    answers.send = { fault: { reason: "similar", message: "There is one.", similar } };
    await write();
    await press("[data-caveat=send]");
    expect(part("similar")?.querySelector("[data-caveat=rating]")).not.toBeNull();
    await press("[data-caveat=anyway]");
    expect(sent.at(-1)).toEqual({ do: "send", draft: "d1", anyway: true });
  });

  it("waits in sight where nobody answers, and can be taken back", async () => {
    kept = { "draft:d1": { ...DRAFT, isWaiting: true } };
    await write();
    expect(part("fault")?.textContent).toContain("waits to be sent");
    expect(root.querySelector<HTMLButtonElement>("[data-caveat=send]")?.textContent).toBe("Send now");
    await press("[data-caveat=take-back]");
    await vi.waitFor(() => expect((kept["draft:d1"] as Draft).isWaiting).toBe(false));
  });

  it("has its words checked only by a press", async () => {
    answers.check = { done: [{ name: "Loaded words", words: "shameful", message: "It judges." }] };
    await write();
    await type("textarea", "A shameful claim.");
    expect(sent.map(errand => errand.do)).toEqual(["me"]);
    await press("[data-caveat=check] button");
    expect(sent.at(-1)).toEqual({ do: "check", words: "A shameful claim." });
    expect(part("checked")?.textContent).toContain("“shameful”");
  });

  it("may be none yet, and the server says how many ratings are missing", async () => {
    const may_write = { ...MAY, may: false, reason: "Three ratings to go." };
    answers.me = { done: parseMe({ ...ME, may_write }) };
    await write();
    expect(part("may-not")?.textContent).toBe("Three ratings to go.");
  });

  it("is none more today where that was enough, or where all writing is stopped", async () => {
    answers.me = { done: parseMe({ ...ME, may_write: { ...MAY, left: 0 } }) };
    await write();
    expect(part("may-not")?.textContent).toContain("all for today");
    answers.me = { done: parseMe({ ...ME, stopped: "Stopped for now." }) };
    await press("[data-room=page]");
    await press("[data-room=write]");
    expect(part("may-not")?.textContent).toBe("Stopped for now.");
  });
});

describe("one's own note", () => {
  const created = "2026-11-20T10:00:00Z";
  const then = Date.parse(created);
  it.each<[string, Parameters<typeof mayDo>[0]["status"], number, string[]]>([
    ["may be edited within the hour", "pending", then + 1, ["edit", "withdraw"]],
    ["may only be withdrawn after it", "needs-ratings", then + 3_600_000, ["withdraw"]],
    ["is settled or withdrawn once it is shown", "helpful", then + 1, ["settle", "withdraw"]],
    ["is done with once it is withdrawn", "withdrawn", then + 1, []],
    ["is the moderators' once it is hidden", "hidden", then + 1, []],
  ])("%s", (_, status, now, may) => {
    expect(mayDo({ status, created }, now)).toEqual(may);
  });

  it.each(["edit", "withdraw", "settle"] as const)(
    "that was changed meanwhile is shown as it is now before it is done: %s",
    async doing => {
      const now = new Date().toISOString();
      const status = doing === "settle" ? "helpful" : "pending";
      const own = (more: object) =>
        parseMe({ ...ME, annotations: [annotation({ mine: true, created: now, status, ...more })] });
      answers.me = { done: own({}) };
      answers[doing] = { fault: { reason: "changed", message: "Not this revision.", similar: [] } };
      await show();
      await press("[data-room=write]");
      await press(`[data-caveat=own] [data-caveat=${doing}]`);
      if (doing !== "withdraw") await type("[data-caveat=own] .sure textarea", "As I see it.");
      answers.me = { done: own({ revision: 4, reason: "It has its first rating." }) };
      await press("[data-caveat=own-send]");
      expect(part("own-said")?.textContent).toMatch(/^It was changed in the meantime/);
      expect(part("own")?.textContent).toContain("It has its first rating.");
      if (doing !== "withdraw")
        expect(root.querySelector<HTMLTextAreaElement>(".sure textarea")?.value).toBe("As I see it.");
      answers[doing] = { done: null };
      await press("[data-caveat=own-send]");
      expect(sent.filter(each => each.do === doing)).toMatchObject([{ revision: 3 }, { revision: 4 }]);
      expect(part("own-said")?.textContent).toBe("");
    },
  );

  it.each([
    ["hidden", "hidden by a moderator"],
    ["not-helpful", "found not helpful"],
  ])("that is %s says so, why, and where to appeal", async (status, said) => {
    kept = {};
    const reason = "Hidden by a moderator. It names a private person.";
    answers.me = { done: parseMe({ ...ME, annotations: [annotation({ mine: true, status, reason })] }) };
    await show();
    await press("[data-room=write]");
    expect(part("by")?.textContent).toContain(said);
    expect(part("reason")?.textContent).toBe(reason);
    const link = part("appeal")?.querySelector("a");
    expect(link?.href).toBe(`https://caveat.example/account/annotations#n-${annotation().id}`);
    expect(link?.rel).toBe("noopener noreferrer");
  });

  it("is settled with what the page says now", async () => {
    await show();
    await press("[data-room=write]");
    await press("[data-caveat=settle]");
    expect(root.querySelector<HTMLButtonElement>("[data-caveat=own-send]")?.disabled).toBe(true);
    await type("[id^=settle]", "Experts are named now.");
    await press("[data-caveat=own-send]");
    expect(sent).toContainEqual(
      expect.objectContaining({ do: "settle", revision: 3, correction: "Experts are named now." }),
    );
  });
});
