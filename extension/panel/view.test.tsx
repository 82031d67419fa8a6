import { type ComponentChild, render } from "preact";
import { describe, expect, it, vi } from "vitest";
import type { Family } from "../shared/analysis";
import type { Overview, Reading } from "../shared/messages";
import { digest } from "../shared/not-useful";
import { type Settings, STANDARD } from "../shared/settings";
import { listed, onWhole, overview, reading } from "../shared/specimen";
import { Gone, Sheet } from "./sheet";
import { type Actions, Panel, type State } from "./view";

const SERVER = "http://127.0.0.1:5000";
const NOTES = reading({
  notes: [
    listed("n1"),
    listed("n2", { family: "credit", level: "credit", name: "Named source", question: "" }),
    listed("n3", { inPage: false }),
  ],
  pageNotes: [onWhole("p1")],
});

function show(
  state: State,
  { hidden = [], keys = "Alt+Shift+Y" }: { hidden?: Family[]; keys?: string } = {},
) {
  const names = [
    "again",
    "retry",
    "clear",
    "open",
    "lens",
    "options",
    "toggle",
    "showAgain",
    "copy",
    "save",
    "print",
    "include",
  ];
  const actions = Object.fromEntries(names.map(name => [name, vi.fn()])) as unknown as Actions;
  const root = document.createElement("div");
  const rooms = (page: ComponentChild) => page;
  const rest = { server: SERVER, keys, hidden: new Set(hidden), address: false, said: "", rooms, actions };
  render(<Panel state={state} {...rest} />, root);
  const button = (words: string) =>
    [...root.querySelectorAll("button")].find(each => each.textContent?.includes(words));
  const ids = () => [...root.querySelectorAll<HTMLElement>("li[data-note]")].map(item => item.dataset.note);
  return { root, actions, button, ids, state: root.querySelector("main")?.dataset.state };
}

const notes = (more: Partial<Overview> = {}): State => ({
  kind: "notes",
  overview: overview({ reading: NOTES, ...more }),
});

it("the panel says how many notes an export leaves out, and nothing where there are none", () => {
  const people = { author: "heron", status: "pending", reason: "", mine: true, appeal: null } as const;
  const leftOut = (more: object) =>
    show(notes({ reading: reading({ notes: [listed("n1", more)] }) })).root.querySelector(
      "[data-caveat=left-out]",
    );
  expect(leftOut({ people })?.textContent).toBe("1 note by a reader is left out, as it is not decided yet.");
  expect(leftOut({})).toBeNull();
});

it("the panel says what a list says of the outlets that are linked or cited", () => {
  const url = "https://en.wikipedia.org/wiki/Wikipedia:Reliable_sources/Perennial_sources#Gazette";
  const gazette = { outlet: "Gazette", domain: "gazette.example", category: "no consensus", date: "2026-08" };
  const listings = [{ ...gazette, url, places: [] }];
  const lines = (more: Partial<Reading>) =>
    show(notes({ reading: reading(more) })).root.querySelectorAll("[data-caveat=listings] li");
  expect(lines({ listings })[0]?.textContent).toContain(
    "Gazette — Wikipedia’s editors, 2026-08: no consensus",
  );
  expect(lines({})).toHaveLength(0);
});

describe("the panel's list", () => {
  it("says what was looked at before what was found", () => {
    const { root } = show(notes());
    expect(root.querySelector("[data-caveat=coverage]")?.textContent).toBe(
      "14 claims, 5 with a named source, 3 worth a question",
    );
  });

  it("has the notes on the whole article first, then those in the text, then those without a place", () => {
    expect(show(notes()).ids()).toEqual(["p1", "n1", "n2", "n3"]);
  });

  it("gives each note's line, name, words, message and question", () => {
    const item = show(notes()).root.querySelector('[data-note="n1"]');
    expect(item?.querySelector(".line-sources")).not.toBeNull();
    for (const words of ["Vague source", "“experts”", "does not say who", "Which ones, and how many?"]) {
      expect(item?.textContent).toContain(words);
    }
  });

  it("shows a credit as it shows a question", () => {
    const { root } = show(notes());
    const parts = (id: string) =>
      [...root.querySelectorAll(`[data-note="${id}"] > button *`)].map(each => each.className);
    expect(parts("n2").map(name => name.replace("credit", "sources"))).toEqual(parts("n1"));
  });

  it("says why a note has no place, and offers no way to it", () => {
    const item = show(notes()).root.querySelector('[data-note="n3"]');
    expect(item?.querySelector("button")).toBeNull();
    expect(item?.textContent).toContain("Its words are no longer on the page.");
  });

  it("says what the page has made of the words", () => {
    const changed = reading({ notes: [listed("n1", { changed: "some experts" })] });
    expect(show(notes({ reading: changed })).root.textContent).toContain("They are now “some experts”");
  });

  it("opens the note that is pressed", () => {
    const { root, actions } = show(notes());
    root.querySelector<HTMLButtonElement>('[data-note="n2"] button')?.click();
    expect(actions.open).toHaveBeenCalledWith("n2");
  });

  it("marks the note whose card is open", () => {
    const current = show(notes({ open: "n2" })).root.querySelectorAll("[aria-current=true]");
    expect([...current].map(each => (each as HTMLElement).dataset.note)).toEqual(["n2"]);
  });
});

describe("the claims", () => {
  const look = [{ title: "Search: experts", url: "https://search.example/?q=experts" }];
  const claims = [
    { id: "c1", words: "Many experts say so.", look, suggested: [] },
    { id: "c2", words: "<b>The fare rose.</b>", look, suggested: [] },
  ];

  it("are folded away, each with its words and its searches", () => {
    const folded = show(notes({ claims })).root.querySelector<HTMLDetailsElement>("[data-caveat=claims]");
    expect(folded?.open).toBe(false);
    expect(folded?.querySelector("summary")?.textContent).toBe("Look up the 2 claims");
    expect([...(folded?.querySelectorAll("ol > li .words") ?? [])].map(each => each.textContent)).toEqual([
      "“Many experts say so.”",
      "“<b>The fare rose.</b>”",
    ]);
    const ways = [...(folded?.querySelectorAll("a") ?? [])];
    expect(ways.map(way => [way.textContent, way.rel])).toEqual(
      claims.map(() => ["Search: experts\u00a0↗", "noopener noreferrer"]),
    );
  });

  it("are not mentioned where none can be looked up", () => {
    expect(show(notes()).root.querySelector("[data-caveat=claims]")).toBeNull();
  });
});

describe("what the reader has hidden", () => {
  const hidden = (more: Partial<Reading> = {}) =>
    notes({
      reading: reading({
        hidden: [
          {
            note: listed("h1", { name: "Bare number", signal: "bare-number", family: "numbers" }),
            by: "kind",
          },
          {
            note: listed("h2", { name: "Bare number", signal: "bare-number", family: "numbers" }),
            by: "kind",
          },
          { note: listed("h3", { family: "wording" }), by: "family" },
          { note: listed("h4", { level: "quiet" }), by: "quiet" },
          { note: listed("h5", { words: "many experts" }), by: "note" },
        ],
        ...more,
      }),
    });
  const CHOSEN = {
    ...STANDARD,
    off: ["wording", "credit"],
    quiet: false,
    hidden: [
      { signal: "bare-number", name: "Bare number", family: "numbers" },
      { signal: "hedged", name: "Only a possibility", family: "reasoning" },
    ],
    notUseful: ["0", digest("vague-source", "many experts")],
  } as const satisfies Settings;

  it("is counted and folded away, by choice, and is in no list", () => {
    const { root, ids } = show(hidden());
    const folded = root.querySelector<HTMLDetailsElement>("[data-caveat=hidden]");
    expect(folded?.open).toBe(false);
    expect(folded?.querySelector("summary")?.textContent).toBe("Hidden by you: 5");
    expect(
      [...(folded?.querySelectorAll("li > span:not(.line)") ?? [])].map(each => each.textContent),
    ).toEqual(["Wording", "Quiet notes", "Bare number · 2", "Not useful: “many experts”"]);
    expect(ids()).toEqual(["n1", "n2"]);
  });

  it.each<[string, Partial<Settings>]>([
    ["Wording", { off: ["credit"] }],
    ["Quiet notes", { quiet: true }],
    ["Bare number", { hidden: CHOSEN.hidden.filter(({ signal }) => signal === "hedged") }],
    ["Not useful: “many experts”", { notUseful: ["0"] }],
  ])("shows again what its button names, and nothing else: %s", (name, changed) => {
    const { root, actions } = show(hidden());
    root.querySelector<HTMLButtonElement>(`[aria-label="Show again: ${name}"]`)?.click();
    const how = vi.mocked(actions.showAgain).mock.calls[0]?.[0];
    expect(how?.(CHOSEN)).toEqual(changed);
  });

  it("is one choice where the same words stand at several places, and two where they only begin alike", () => {
    const long = "words ".repeat(20);
    const not = (id: string, words: string) => ({ note: listed(id, { words }), by: "note" as const });
    const some = [
      not("h1", "many experts"),
      not("h2", "many\n experts"),
      not("h3", long),
      not("h4", `${long}!`),
    ];
    const { root } = show(hidden({ hidden: some }));
    const names = [...root.querySelectorAll("[data-caveat=hidden] li > span:not(.line)")];
    expect(names.map(each => each.textContent?.slice(0, 31))).toEqual([
      "Not useful: “many experts” · 2",
      "Not useful: “words words words ",
      "Not useful: “words words words ",
    ]);
  });

  it("is not taken for nothing to ask", () => {
    const { root } = show(hidden({ notes: [] }));
    expect(root.textContent).not.toContain("Nothing to ask");
  });
});

describe("the filter", () => {
  it("counts the notes of each family and says which are shown", () => {
    const { root, actions } = show(notes(), { hidden: ["credit"] });
    const buttons = [...root.querySelectorAll<HTMLButtonElement>(".filter button")];
    expect(
      buttons.map(each => [each.textContent?.trim(), each.ariaPressed ?? each.getAttribute("aria-pressed")]),
    ).toEqual([
      ["Sources 3", "true"],
      ["Credit 1", "false"],
    ]);
    buttons[1]?.click();
    expect(actions.toggle).toHaveBeenCalledWith("credit");
  });

  it("hides a family, but never the note whose card is open", () => {
    expect(show(notes(), { hidden: ["credit"] }).ids()).toEqual(["p1", "n1", "n3"]);
    expect(show(notes({ open: "n2" }), { hidden: ["credit"] }).ids()).toEqual(["p1", "n1", "n2", "n3"]);
  });

  it("says so when every family is hidden", () => {
    const { root, ids } = show(notes(), { hidden: ["credit", "sources"] });
    expect(ids()).toEqual([]);
    expect(root.textContent).toContain("No kind of note is switched on.");
  });
});

describe("the panel without notes", () => {
  it("reads nothing by itself, and says what does", () => {
    const { root, button, actions } = show({ kind: "empty" });
    expect(root.textContent).toContain("Alt+Shift+Y");
    expect(root.textContent).toContain(SERVER);
    button("Read this page")?.click();
    expect(actions.retry).toHaveBeenCalledOnce();
  });

  it("names no keys where there are none", () => {
    expect(show({ kind: "empty" }, { keys: "" }).root.querySelector("kbd")).toBeNull();
  });

  it("sends the reader to the toolbar where the browser wants that", () => {
    const { root } = show({ kind: "toolbar" });
    expect(root.textContent).toContain("Press Caveat’s button in the toolbar");
    expect(root.textContent).toContain("nothing was sent");
  });

  it("says that nothing found is no praise", () => {
    const { root } = show(notes({ reading: reading({ notes: [] }) }));
    expect(root.textContent).toContain("no seal of approval");
    expect(root.querySelector(".filter")).toBeNull();
  });

  it("says why a page was refused", () => {
    const { root } = show({
      kind: "refused",
      refusal: { reason: "money", message: "This looks like a bank." },
    });
    expect(root.textContent).toContain("This looks like a bank.");
  });

  it("says of a text in another language that it was not read", () => {
    const unread = { reason: "language", message: "This text seems to be in French." };
    const { root, state } = show(notes({ reading: reading({ unread, notes: [] }) }));
    expect(state).toBe("unread");
    expect(root.textContent).toContain(unread.message);
  });

  it("offers another try when the server is down", () => {
    const problem = {
      reason: "offline",
      title: "No answer",
      message: "Nothing answers.",
      wait: null,
    } as const;
    const { button, actions, state } = show({ kind: "problem", problem });
    expect(state).toBe("offline");
    button("Try again")?.click();
    expect(actions.retry).toHaveBeenCalledOnce();
  });
});

describe("the exports", () => {
  it("are one press each, without the page's address unless it is ticked", () => {
    const { root, button, actions } = show(notes());
    button("Copy as Markdown")?.click();
    button("Save as Web Annotations")?.click();
    button("Print sheet")?.click();
    for (const action of [actions.copy, actions.save, actions.print]) expect(action).toHaveBeenCalledOnce();
    const box = root.querySelector<HTMLInputElement>("[data-caveat=address]");
    expect(box?.checked).toBe(false);
    document.body.append(root); // a box outside the document tells nobody
    box?.click();
    root.remove();
    expect(actions.include).toHaveBeenCalledWith(true);
  });
});

describe("the print sheet", () => {
  function sheet(address: boolean) {
    const root = document.createElement("div");
    const print = vi.fn();
    render(<Sheet overview={overview({ reading: NOTES })} address={address} print={print} />, root);
    return { root, print };
  }

  it("has each marked sentence with its notes below", () => {
    const { root } = sheet(false);
    const [sentence] = root.querySelectorAll(".sentences > li");
    expect(sentence?.querySelector(".sentence")?.textContent).toBe("🚢 Many experts say so.");
    expect(sentence?.querySelector("mark")?.textContent).toBe("experts");
    expect(sentence?.querySelectorAll("[data-note]").length).toBe(3);
    expect(root.textContent).toContain("Only one side is heard.");
  });

  it("says where the page is only when asked to", () => {
    expect(sheet(false).root.textContent).not.toContain("gazette.example");
    expect(sheet(true).root.textContent).toContain("https://gazette.example/ferries");
  });

  it("prints when its button is pressed", () => {
    const { root, print } = sheet(false);
    root.querySelector("button")?.click();
    expect(print).toHaveBeenCalledOnce();
  });

  it("says when the page went first", () => {
    const root = document.createElement("div");
    render(<Gone />, root);
    expect(root.textContent).toContain("The page has gone");
  });
});
