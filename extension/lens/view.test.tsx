import { render } from "preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseAnalysis } from "../shared/analysis";
import { analysis, note, record, TEXT } from "../shared/specimen";
import { indexPaper, lines } from "./paper";
import { parseArticle } from "./sample";
import { type Actions, Lens, type State } from "./view";

// What happy-dom does not have: the registry that paints. What is painted is seen in real browsers.
class Highlight extends Set<Range> {
  constructor(...ranges: Range[]) {
    super(ranges);
  }
}
beforeEach(() => {
  vi.stubGlobal("CSS", { highlights: new Map() });
  vi.stubGlobal("Highlight", Highlight);
});
afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

const SENT = {
  server: "http://127.0.0.1:5000",
  characters: [...TEXT].length,
  of: [...TEXT].length,
  along: [],
  links: 0,
};

function show(state: State) {
  const actions: Actions = { read: vi.fn(), sample: vi.fn(), edit: vi.fn() };
  const root = document.createElement("div");
  document.body.append(root);
  render(<Lens state={state} server="http://127.0.0.1:5000" actions={actions} />, root);
  const button = (words: string) =>
    [...root.querySelectorAll("button")].find(each => each.textContent === words);
  return { root, actions, button, state: root.querySelector("main")?.dataset.state };
}

function read(text = TEXT, title: string | null = null, sent = SENT): State {
  return {
    kind: "read",
    article: { text, context: { title } },
    answer: { analysis: parseAnalysis(analysis(), text), sent },
  };
}

describe("the lens", () => {
  it("takes a text and reads it", () => {
    const { root, button, actions } = show({ kind: "empty", text: "Many experts say so." });
    expect(root.querySelector("label")?.getAttribute("for")).toBe(root.querySelector("textarea")?.id);
    button("Read")?.click();
    expect(actions.read).toHaveBeenCalledWith({ text: "Many experts say so.", context: {} });
  });

  it("offers an article to try", () => {
    const { button, actions } = show({ kind: "empty", text: "" });
    button("Try our sample article")?.click();
    expect(actions.sample).toHaveBeenCalledOnce();
  });

  it("shows every line as a paragraph, and every note with its words", () => {
    const { root } = show(read());
    expect([...root.querySelectorAll("[data-caveat=paper] p")].map(each => each.textContent)).toEqual(
      TEXT.split("\n"),
    );
    expect(root.querySelector("[data-caveat=list]")?.textContent).toContain("Vague source“Many experts”");
    expect(root.querySelector("[data-caveat=coverage]")?.textContent).toBe(
      "2 claims · 0 with a named source · 1 worth a question",
    );
  });

  it("has on paper what is on record, with where it is", () => {
    const answer = analysis({ notes: [note("n1", 2, 14, { evidence: [record()] })] });
    const state = read();
    if (state.kind !== "read") throw new Error();
    const { root } = show({ ...state, answer: { ...state.answer, analysis: parseAnalysis(answer, TEXT) } });
    expect(root.querySelector("[data-caveat=on-paper]")?.textContent).toBe(
      "Edda Quist, mayor of Lowmoor since 6 May 2025 Wikidata, as of October 1, 2026 https://records.example/lowmoor",
    );
  });

  it("sets a headline that is part of the text once, where it stands", () => {
    const { root } = show(read(`Ferry votes\n${TEXT}`, "Ferry votes"));
    const [only, ...more] = root.querySelectorAll("h1");
    expect(only?.textContent).toBe("Ferry votes");
    expect(only?.dataset.start).toBe("0");
    expect(more).toEqual([]);
  });

  it("takes markup from nobody", () => {
    const text = '<img src=x onerror="alert(1)">\n<b>experts</b>';
    const { root } = show(read(text));
    expect(root.querySelector("img, [data-caveat=paper] b")).toBeNull();
    expect(root.querySelector("[data-caveat=paper]")?.textContent).toContain("<b>experts</b>");
  });

  it("says where the reading ended when the text was too long", () => {
    const { root } = show(read(TEXT, null, { ...SENT, characters: 23 }));
    expect(root.querySelectorAll("[data-caveat=paper] p")).toHaveLength(1);
    expect(root.textContent).toContain("Only the first 23 characters were read");
  });

  it("gives a text back that could not be read", () => {
    const unread = { reason: "language", message: "This text seems to be in French." } as const;
    const state = read();
    if (state.kind !== "read") throw new Error();
    const { root, button, actions } = show({
      ...state,
      answer: { ...state.answer, analysis: parseAnalysis(analysis({ unread, notes: [] }), TEXT) },
    });
    expect(root.textContent).toContain(unread.message);
    button("Back to the text")?.click();
    expect(actions.edit).toHaveBeenCalledWith(TEXT);
  });

  it("offers another try when the server is down", () => {
    const problem = {
      reason: "offline",
      title: "The server does not answer",
      message: "Nothing answers.",
      wait: null,
    } as const;
    const article = { text: TEXT, context: {} };
    const { button, actions } = show({ kind: "problem", article, problem });
    button("Try again")?.click();
    expect(actions.read).toHaveBeenCalledWith(article);
  });
});

describe("the paper", () => {
  it.each(["One.\nTwo.", "One.\r\n\r\nTwo.\r\n", "  One.  \n\n\n🚢 Two.", "\n", ""])(
    "holds %j where it stands",
    text => {
      const paper = document.createElement("div");
      for (const { start, words } of lines(text)) {
        const line = document.createElement("p");
        line.dataset.start = String(start);
        line.textContent = words;
        paper.append(line);
      }
      const index = indexPaper(text, paper);
      for (const words of text.match(/\S+/g) ?? []) {
        const start = text.indexOf(words);
        expect(index.ranges(start, start + words.length).map(String)).toEqual([words]);
      }
    },
  );
});

describe("the sample", () => {
  it("has its links in UTF-16 units, to the web only", () => {
    const links = [
      { start: 2, end: 6, href: "https://a.example/" },
      { start: 0, end: 1, href: "javascript:alert(1)" },
    ];
    const { context, text } = parseArticle({ text: TEXT, context: { title: "Fares", links } });
    expect(context.title).toBe("Fares");
    expect(context.links?.map(({ start, end }) => text.slice(start, end))).toEqual(["Many"]);
  });
});
