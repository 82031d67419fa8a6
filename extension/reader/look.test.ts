import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Look } from "../shared/messages";
import { LookWatch } from "./look";

const DAY: Look = { theme: "light", stroke: "fine" };
const NIGHT: Look = { theme: "dark", stroke: "fine" };

const chosen = new Set<() => void>();
let now = DAY;
let looks = 0;
let seen: Look[] = [];
let watch: LookWatch;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(AbortSignal, "timeout").mockImplementation(ms => {
    const out = new AbortController();
    setTimeout(() => out.abort(), ms);
    return out.signal;
  });
  vi.stubGlobal("chrome", {
    storage: {
      onChanged: {
        addListener: (listener: () => void) => chosen.add(listener),
        removeListener: (listener: () => void) => chosen.delete(listener),
      },
    },
  });
  vi.stubGlobal("CSSTransition", class {});
  document.getAnimations ??= () => [];
  [now, looks, seen] = [DAY, 0, []];
  watch = new LookWatch(
    DAY,
    async () => {
      looks++;
      return now;
    },
    look => seen.push(look),
  );
});
afterEach(() => {
  watch.stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.documentElement.removeAttribute("class");
});

/** Lets observers and timers do what they are about to do. */
function later(): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(5000);
}

describe("a change of looks", () => {
  it.each([
    ["of the root element's class", () => document.documentElement.classList.add("night")],
    ["of the body's attributes", () => document.body.setAttribute("data-mode", String(Math.random()))],
    ["of the reader's choice", () => chosen.forEach(each => void each())],
    ["that is seen when a card opens", () => void watch.look()],
  ])("%s is told once", async (_name, deed) => {
    now = NIGHT;
    deed();
    await later();
    expect(seen).toEqual([NIGHT]);
  });

  it("is not told where the page looks as before", async () => {
    document.documentElement.classList.add("scrolled");
    await later();
    expect(looks).toBe(1);
    expect(seen).toEqual([]);
  });

  it("is looked for once for many changes", async () => {
    for (let at = 0; at < 60; at++) {
      document.documentElement.className = `at-${at}`;
      await vi.advanceTimersByTimeAsync(1);
    }
    await later();
    expect(looks).toBe(1);
  });

  it("is nobody's business once the marks are gone", async () => {
    watch.stop();
    now = NIGHT;
    document.documentElement.classList.add("night");
    chosen.forEach(each => void each());
    await watch.look();
    await later();
    expect(seen).toEqual([]);
  });

  it("is passed over where the extension has been updated and cannot be asked", async () => {
    watch.stop();
    watch = new LookWatch(
      DAY,
      () => Promise.reject(new Error("context invalidated")),
      look => seen.push(look),
    );
    await watch.look();
    expect(seen).toEqual([]);
  });
});
