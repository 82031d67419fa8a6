import { afterEach, describe, expect, it } from "vitest";
import { Growth } from "./growth";

const FIRST = "The harbour board has met twice since February, its chair said on Monday.";
const SECOND = "Many experts say that the tolls keep visitors away from the quay and its shops.";

function read(text: string): Growth {
  document.body.innerHTML = text
    .split("\n")
    .map(line => `<p>${line}</p>`)
    .join("");
  return new Growth(text, document.body);
}

afterEach(() => {
  document.body.innerHTML = "";
});

describe("what is new on a page", () => {
  it("is prose that was not read, counted in code points", () => {
    const growth = read(FIRST);
    growth.measure(`${FIRST}\n🚢 ${SECOND}`);
    expect(growth.characters).toBe(SECOND.length + 2);
  });

  it("is nothing where only a clock ticks or lines change places", () => {
    const growth = read(`5 minutes ago\n${FIRST}\n${SECOND}`);
    growth.measure(`${SECOND}\n${FIRST}\n6 minutes ago`);
    expect(growth.characters).toBe(0);
  });

  it("is noticed once, without a search for the article", () => {
    const growth = read(FIRST);
    expect(growth.hasNew()).toBe(false);
    document.body.insertAdjacentHTML("beforeend", "<p>Share this</p>");
    expect(growth.hasNew()).toBe(false);
    document.body.insertAdjacentHTML("beforeend", `<p>${SECOND}</p>`);
    expect(growth.hasNew()).toBe(true);
    expect(growth.hasNew()).toBe(false);
  });

  it("is the same article as long as half of what was read is there", () => {
    const growth = read(`${FIRST}\n${SECOND}`);
    expect(growth.isSame(`${SECOND}\nAnd much more that nobody has read yet.`)).toBe(true);
    expect(growth.isSame("Another article about something else.")).toBe(false);
  });
});
