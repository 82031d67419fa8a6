/**
 * What the extension itself says, in the reader's language.
 *
 * In: the name of a message in _locales and what stands for its $1, $2 and so on. Out: the browser's choice
 * of language; English where there is no such choice, as in the lens. A number is written as that
 * language writes it. What a server or a page says is not in here and stays as it is.
 */
import type { ComponentChildren } from "preact";
import english from "../_locales/en/messages.json";

export type Message = keyof typeof english;
/** Messages that exist for one and for many: `claims_one`, `claims_other`. */
export type Counted = Message extends infer M ? (M extends `${infer Name}_other` ? Name : never) : never;

export function say(name: Message, ...values: readonly (string | number)[]): string {
  const written = values.map(value => (typeof value === "number" ? value.toLocaleString(locale()) : value));
  return filled(template(name), written).join("");
}

/** A number of things: one, or many. */
export function sayCount(name: Counted, number: number, ...more: readonly (string | number)[]): string {
  const form = new Intl.PluralRules(locale()).select(number) === "one" ? "one" : "other";
  return say(`${name}_${form}` as Message, number, ...more);
}

/** A message with elements in it. */
export function Said({
  message,
  values,
}: {
  readonly message: Message;
  readonly values: readonly ComponentChildren[];
}) {
  return <>{filled(template(message), values)}</>;
}

/** The language that is spoken here. */
export function locale(): string {
  return template("locale");
}

function filled<T>(words: string, values: readonly T[]): (string | T)[] {
  return words
    .split(/(\$\d)/)
    .map(part => (/^\$\d$/.test(part) ? (values[Number(part[1]) - 1] ?? part) : part));
}

// The browser fills in nothing but what it is given: a message's own marks, for the filling here.
const MARKS = ["$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9"];

function template(name: Message): string {
  try {
    // Chromium now and then starts a worker that knows no messages, and keeps it so.
    return globalThis.chrome?.i18n?.getMessage(name, MARKS) || english[name].message;
  } catch {
    // Nor does it tell the reader in a page any more once the extension was updated.
    return english[name].message;
  }
}
