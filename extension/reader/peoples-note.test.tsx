import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import { parseAnnotation } from "../shared/community";
import type { Ask, Errand } from "../shared/errands";
import { annotation, words } from "../shared/specimen";
import { PeoplesNote } from "./peoples-note";

const HOSTILE = '<img src=x onerror="alert(1)"><b>bold</b>';

function show(more: Record<string, unknown> = {}, mayRate = true, answer: unknown = { done: null }) {
  const sent: Errand[] = [];
  const ask = vi.fn(async (errand: Errand) => {
    sent.push(errand);
    return answer;
  }) as unknown as Ask;
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  act(() => render(<PeoplesNote words={words(more, mayRate)} ask={ask} />, root));
  const part = (name: string) => root.querySelector<HTMLElement>(`[data-caveat="${name}"]`);
  const press = (selector: string) => act(async () => root.querySelector<HTMLElement>(selector)?.click());
  return { root, part, press, sent };
}

describe("what a person wrote, on a card", () => {
  it("says whose words they are and how they were judged before the words", () => {
    const { part, root } = show();
    expect(part("by")?.textContent).toBe("Readers’ note, by heron: found helpful.");
    expect(part("reason")?.textContent).toContain("7 of 9");
    expect(root.textContent?.indexOf("heron")).toBeLessThan(root.textContent?.indexOf("Two are named") ?? -1);
  });

  it.each([
    ["pending", false, /not yet decided, shown to you because you can rate it/],
    ["needs-ratings", true, /yours, and not yet decided/],
    ["not-helpful", true, /yours, and found not helpful/],
    ["hidden", true, /yours, and hidden by a moderator/],
    ["withdrawn", true, /yours, and withdrawn/],
    ["settled", false, /corrected/],
  ])("says of one that is %s (one's own: %s) how it stands", (status, mine, said) => {
    expect(show({ status, mine }).part("by")?.textContent).toMatch(said);
  });

  it("offers an appeal to its author, and to nobody else", () => {
    const link = show({ status: "hidden", mine: true }).part("appeal")?.querySelector("a");
    expect(link?.href).toBe(`https://caveat.example/account/annotations#n-${words().id}`);
    expect(show({ status: "not-helpful", mine: false }).part("appeal")).toBeNull();
    expect(show({ status: "pending", mine: true }).part("appeal")).toBeNull();
  });

  it.each([
    [null, "Written for the same words on another page: The Courier ↗", undefined],
    ["Some experts", "Written for much the same words on another page: The Courier ↗", "“Some experts”"],
  ])("says that it was written for another page, whose words here are %s", (changed, said, now) => {
    const elsewhere = { title: "The Courier", url: "https://courier.example/ferry" };
    const root = document.createElement("div");
    const note = { ...words(), elsewhere };
    act(() => render(<PeoplesNote words={note} ask={null} changed={changed} />, root));
    const part = (name: string) => root.querySelector(`[data-caveat="${name}"]`);
    expect(part("elsewhere")?.textContent).toBe(said);
    expect(part("now")?.textContent).toBe(now);
    const link = part("elsewhere")?.querySelector("a");
    expect(link?.getAttribute("href")).toBe(elsewhere.url);
    expect(link?.rel).toBe("noopener noreferrer");
  });

  it("takes markup from nobody", () => {
    const { root } = show({
      body: HOSTILE,
      author: HOSTILE,
      reason: HOSTILE,
      correction: HOSTILE,
      sources: [{ url: "https://a.example/", title: HOSTILE }],
    });
    expect(root.querySelector("img, div.people b b")).toBeNull();
    expect(root.textContent).toContain(HOSTILE);
  });

  it("names a source's host, and tells it nothing of where it was pressed", () => {
    const link = show({ sources: [{ url: "https://evil.example/x", title: "https://bbc.example" }] })
      .part("sources")
      ?.querySelector("a");
    expect(link?.textContent).toContain("evil.example");
    expect(link?.rel).toBe("noopener noreferrer");
  });

  it("asks for no rating of one's own note, nor of whoever is not connected", () => {
    expect(show({}, false).part("rating")).toBeNull();
  });
});

describe("a rating", () => {
  it("is sent at once, and its reasons as they are ticked", async () => {
    const { press, sent, part } = show();
    expect(part("standing")).toBeNull();
    await press("[data-verdict=helpful]");
    await press("[data-reason=clear]");
    expect(sent).toEqual([
      { do: "rate", id: words().id, revision: 3, verdict: "helpful", reasons: [] },
      { do: "rate", id: words().id, revision: 3, verdict: "helpful", reasons: ["clear"] },
    ]);
  });

  it("shows what others said only after one's own", async () => {
    const rated = parseAnnotation(
      annotation({
        rating: { verdict: "not", reasons: [] },
        standing: {
          ratings: 6,
          sides: [
            { helpful: 3, ratings: 4 },
            { helpful: 1, ratings: 2 },
          ],
        },
      }),
    );
    const { press, part } = show({}, true, { done: rated });
    expect(part("standing")).toBeNull();
    await press("[data-verdict=not]");
    expect(part("standing")?.textContent).toBe(
      "So far 3 of 4 on one side and 1 of 2 on the other found it helpful.",
    );
  });

  it("can be changed, and keeps the reasons that still fit", async () => {
    const rating = { verdict: "helpful", reasons: ["clear"] };
    const { press, sent, root } = show({ rating });
    await press("[data-verdict=somewhat]");
    await press("[data-verdict=not]");
    expect(sent.map(errand => errand.do === "rate" && errand.reasons)).toEqual([["clear"], []]);
    expect(root.querySelector("[aria-pressed=true]")?.textContent).toBe("Not helpful");
  });

  it("that was changed is had back by one press, its reasons too", async () => {
    const rating = { verdict: "helpful", reasons: ["clear"] };
    const { press, sent, part } = show({ rating });
    expect(part("undo-rating")).toBeNull();
    await press("[data-verdict=not]");
    await press("[data-caveat=undo-rating]");
    expect(sent.at(-1)).toEqual({ do: "rate", id: words().id, revision: 3, ...rating });
  });

  it("is taken back altogether, hides what others said again, and is had back by one press", async () => {
    const rating = { verdict: "helpful", reasons: ["clear"] };
    const { press, sent, part, root } = show({ rating, standing: { ratings: 6, sides: [] } });
    expect(part("standing")?.textContent).toBe("6 ratings so far.");
    await press("[data-caveat=take-rating-back]");
    expect(sent).toEqual([{ do: "unrate", id: words().id, revision: 3 }]);
    expect(part("standing")).toBeNull();
    expect(root.querySelector("[aria-pressed=true], fieldset")).toBeNull();
    expect(part("take-rating-back")).toBeNull();
    expect(document.activeElement?.getAttribute("data-verdict")).toBe("helpful");
    await press("[data-caveat=undo-rating]");
    expect(sent.at(-1)).toEqual({ do: "rate", id: words().id, revision: 3, ...rating });
  });

  it("cannot be taken back before it is given", () => {
    expect(show().part("take-rating-back")).toBeNull();
  });

  it("that could not be taken back stands as it was, and says why", async () => {
    const fault = { reason: "refused", message: "It was decided long ago.", similar: [] };
    const { press, part, root } = show({ rating: { verdict: "not", reasons: [] } }, true, { fault });
    await press("[data-caveat=take-rating-back]");
    expect(part("rated")?.textContent).toBe("It was decided long ago.");
    expect(root.querySelector("[aria-pressed=true]")?.textContent).toBe("Not helpful");
  });

  it("is still there when the card is opened again", async () => {
    const root = document.createElement("div");
    const note = words();
    const ask = (async () => ({ done: null })) as Ask;
    const draw = () => act(() => render(<PeoplesNote words={note} ask={ask} />, root));
    draw();
    await act(async () => root.querySelector<HTMLElement>("[data-verdict=not]")?.click());
    act(() => render(null, root));
    draw();
    expect(root.querySelector("[aria-pressed=true]")?.textContent).toBe("Not helpful");
  });

  it("that was not taken says why and is what it was before", async () => {
    const fault = { reason: "limit", message: "That was your last one today.", similar: [] };
    const { press, part, root } = show({}, true, { fault });
    await press("[data-verdict=helpful]");
    expect(part("rated")?.textContent).toBe("That was your last one today.");
    expect(root.querySelector("[aria-pressed=true]")).toBeNull();
  });
});

it("a report goes with its kind and words", async () => {
  const { press, sent, part } = show();
  await press("[data-caveat=report]");
  await press("[data-caveat=report-send]");
  expect(sent).toEqual([{ do: "report", id: words().id, kind: "private", words: "" }]);
  expect(part("reported")?.textContent).toBe("Sent to the moderators.");
});
