import { readdirSync, readFileSync } from "node:fs";
import { render } from "preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import english from "../_locales/en/messages.json";
import { Said, say, sayCount } from "./catalogue";

type Messages = Record<string, { message: string; placeholders?: unknown }>;
const LOCALES = readdirSync("_locales");
const read = (locale: string) =>
  JSON.parse(readFileSync(`_locales/${locale}/messages.json`, "utf8")) as Messages;

/** The browser, speaking another language. */
function speaking(locale: string) {
  const messages = read(locale);
  const getMessage = (name: string, values: string[]) =>
    (messages[name]?.message ?? "").replace(/\$(\d)/g, (_, digit) => values[digit - 1] ?? "");
  vi.stubGlobal("chrome", { i18n: { getMessage } });
}

afterEach(() => vi.unstubAllGlobals());

describe("the catalogue", () => {
  it("speaks English where no browser chooses a language", () => {
    expect(say("named_sources", 1234)).toBe("1,234 with a named source");
  });

  it("speaks the browser's language, numbers too", () => {
    speaking("de");
    expect(say("named_sources", 1234)).toBe("1.234 mit genannter Quelle");
  });

  it("speaks English where the browser has forgotten its messages", () => {
    vi.stubGlobal("chrome", { i18n: { getMessage: () => "" } });
    expect(sayCount("claims", 1234)).toBe("1,234 claims");
  });

  it("speaks English where the extension was updated under an open page", () => {
    const getMessage = () => {
      throw new Error("Extension context invalidated.");
    };
    vi.stubGlobal("chrome", { i18n: { getMessage } });
    expect(sayCount("claims", 1234)).toBe("1,234 claims");
  });

  it("counts one and many", () => {
    expect([0, 1, 2].map(number => sayCount("claims", number))).toEqual(["0 claims", "1 claim", "2 claims"]);
  });

  it("takes what it is given as text, whatever it looks like", () => {
    expect(say("named_sources", "$1 $$ <b>")).toBe("$1 $$ <b> with a named source");
  });

  it("puts elements where the words want them", () => {
    const root = document.createElement("div");
    render(<Said message="named_sources" values={[<b key="1">5</b>]} />, root);
    expect(root.innerHTML).toBe("<b>5</b> with a named source");
  });
});

/** All that is written in our code, and the manifest: names of messages stand there in quotes, or are put together. */
const WRITTEN = readdirSync(".", { recursive: true, encoding: "utf8" })
  .filter(path => /^(?!node_modules|dist|bench)(.*(?<!\.test)\.tsx?|manifest\.json)$/.test(path))
  .map(path => readFileSync(path, "utf8"))
  .join("\n");
const QUOTED = new Set(
  [...WRITTEN.matchAll(/"([a-z_-]+)"|__MSG_(\w+)__/g)].map(([, word, name]) => word ?? name),
);
const PUT_TOGETHER = [...WRITTEN.matchAll(/`([a-z]+_)\$\{\w+\}(\w*)`/g)].map(
  ([, head, tail]) => new RegExp(`^${head}[a-z_]+${tail}$`),
);

describe("the names of messages", () => {
  it.each(Object.keys(english))("are all used: %s", name => {
    const counted = name.replace(/_(one|other)$/, "");
    const isUsed = QUOTED.has(name) || QUOTED.has(counted) || PUT_TOGETHER.some(each => each.test(name));
    expect(isUsed).toBe(true);
  });

  it("are known where the manifest has them", () => {
    const named = [...WRITTEN.matchAll(/__MSG_(\w+)__/g)].map(([, name]) => name as string);
    expect(named.filter(name => !(name in english))).toEqual([]);
  });

  it("differ in what they say, in one language at least", () => {
    const said = Object.keys(english)
      .filter(name => !name.endsWith("_one"))
      .map(name => LOCALES.map(locale => read(locale)[name]?.message).join(" / "));
    expect(said.filter((words, at) => said.indexOf(words) !== at)).toEqual([]);
  });
});

describe.each(LOCALES)("the messages in %s", locale => {
  const messages = read(locale);
  const slots = (words = "") => [...new Set(words.match(/\$\d/g))].sort();

  it("are those of the English catalogue", () => {
    expect(Object.keys(messages)).toEqual(Object.keys(english));
  });

  it.each(Object.entries(english as Messages))("name what the English ones name: %s", (name, { message }) => {
    expect(slots(messages[name]?.message)).toEqual(slots(message));
    expect(messages[name]?.message.trim()).not.toBe("");
    expect(messages[name]?.message.replace(/\$\d/g, "")).not.toContain("$");
  });
});
