import { render } from "preact";
import { describe, expect, it, vi } from "vitest";
import type { Reading } from "../shared/messages";
import { listed, reading as specimen } from "../shared/specimen";
import { type Actions, Popup, type Site, type State } from "./view";

const SERVER = "http://127.0.0.1:5000";

function show(state: State, site: Site | null = null) {
  const actions: Actions = {
    again: vi.fn(),
    retry: vi.fn(),
    clear: vi.fn(),
    open: vi.fn(),
    askPeople: vi.fn(async () => undefined),
    beside: vi.fn(),
    write: null,
    lens: vi.fn(),
    options: vi.fn(),
  };
  const root = document.createElement("div");
  render(<Popup state={state} server={SERVER} site={site} actions={actions} />, root);
  const button = (words: string) =>
    [...root.querySelectorAll("button")].find(each => each.textContent?.includes(words));
  return { root, actions, button, state: root.querySelector("main")?.dataset.state };
}

function reading(more: Partial<Reading> = {}): State {
  return { kind: "read", reading: specimen(more) };
}

describe("the popup", () => {
  it("says what was looked at before what was found", () => {
    const { root } = show(reading());
    expect(root.querySelector("[data-caveat=coverage]")?.textContent).toBe(
      "14 claims · 5 with a named source · 1 worth a question",
    );
  });

  it("says that people's notes did not come, quietly, and asks again by a press", async () => {
    const missed = (root: Element) => root.querySelector("[data-caveat=missed] [role=status]")?.textContent;
    expect(missed(show(reading()).root)).toBe("");
    const { root, actions } = show(reading({ isMissingPeople: true }));
    expect(missed(root)).toBe("People’s notes could not be fetched.");
    root.querySelector<HTMLElement>("[data-caveat=people-again]")?.click();
    expect(actions.askPeople).toHaveBeenCalledOnce();
    expect(root.querySelectorAll("[data-note]")).toHaveLength(2);
  });

  it("says plainly what was sent and where", () => {
    const words = show(reading()).root.querySelector("[data-caveat=sent]")?.textContent;
    expect(words).toContain(
      `Sent to ${SERVER}: 4,032 characters of article text, its title, site name and 3 links.`,
    );
    expect(words).toContain("Not sent: the page’s address");
  });

  it("says when only the first part was read", () => {
    const sent = { server: SERVER, characters: 199_000, of: 420_000, along: [], links: 0 };
    expect(show(reading({ sent })).root.textContent).toContain(
      "The article is longer (420,000 characters); only the first part was read.",
    );
  });

  it("opens the note that is pressed", () => {
    const { actions, root } = show(reading());
    root.querySelector<HTMLButtonElement>('[data-note="n2"] button')?.click();
    expect(actions.open).toHaveBeenCalledWith("n2");
  });

  it("shows all notes beside the page when asked", () => {
    const { actions, button } = show(reading());
    button("Show all notes beside the page")?.click();
    expect(actions.beside).toHaveBeenCalledOnce();
  });

  it("lists a note whose words are gone without a way to them", () => {
    const { root } = show(reading({ notes: [listed("n1", { inPage: false })] }));
    expect(root.querySelector('[data-note="n1"] button')).toBeNull();
    expect(root.textContent).toContain("no longer on the page");
  });

  it("says that nothing found is no praise", () => {
    expect(show(reading({ notes: [] })).root.textContent).toContain("no seal of approval");
  });

  it("takes the marks away and reads again", () => {
    const { button, actions } = show(reading());
    button("Clear marks")?.click();
    button("Read again")?.click();
    expect(actions.clear).toHaveBeenCalledOnce();
    expect(actions.again).toHaveBeenCalledOnce();
  });

  it("names the server while it waits", () => {
    const { root, state } = show({ kind: "progress", step: "asking" });
    expect(state).toBe("progress");
    expect(root.textContent).toContain(SERVER);
  });

  it("offers another try when the server is down", () => {
    const problem = {
      reason: "offline",
      title: "The server does not answer",
      message: `Nothing answers at ${SERVER}.`,
      wait: null,
    } as const;
    const { button, actions, state } = show({ kind: "problem", problem });
    expect(state).toBe("offline");
    button("Try again")?.click();
    expect(actions.retry).toHaveBeenCalledOnce();
  });

  it("says of a text in another language that it was not read", () => {
    const unread = {
      reason: "language",
      message: "This text seems to be in French. Caveat reads English for now.",
    };
    const { root, state } = show(reading({ unread, notes: [] }));
    expect(state).toBe("unread");
    expect(root.textContent).toContain(unread.message);
    expect(root.textContent).not.toContain("seal of approval");
  });

  it("offers the lens where there is no article, and says that nothing was sent", () => {
    const { root, button, actions } = show({
      kind: "none",
      title: "No article here",
      message: "No article was found on this page.",
    });
    button("lens")?.click();
    expect(actions.lens).toHaveBeenCalledOnce();
    expect(root.textContent).toContain("Nothing was sent.");
  });

  it("does not offer to paste letters or accounts", () => {
    const { button, root } = show({
      kind: "refused",
      refusal: { reason: "letters", message: "This looks like somebody's letters." },
    });
    expect(button("lens")).toBeUndefined();
    expect(root.textContent).toContain("Nothing was read and nothing was sent.");
  });

  const site = (isChosen: boolean) => ({
    origin: "https://news.example",
    isChosen,
    choose: vi.fn(),
    leave: vi.fn(),
  });

  it("offers to read the site always, after a reading", () => {
    const offered = site(false);
    show(reading(), offered).button("Read this site always")?.click();
    expect(offered.choose).toHaveBeenCalledOnce();
  });

  it("offers the way back on a site that is read always", () => {
    const chosen = site(true);
    const { button, root } = show(reading(), chosen);
    expect(root.textContent).toContain("news.example is read without a press.");
    expect(button("Read this site always")).toBeUndefined();
    button("Only when I press")?.click();
    expect(chosen.leave).toHaveBeenCalledOnce();
  });

  it.each<State>([
    { kind: "refused", refusal: { reason: "browser", message: "One of the browser's own pages." } },
    { kind: "none", title: "No article here", message: "No article was found." },
    { kind: "progress", step: "finding" },
  ])("offers no site where nothing was read: $kind", state => {
    expect(show(state, site(false)).button("Read this site always")).toBeUndefined();
  });
});
