/**
 * When are two addresses one page? The same rules as the server's, to the byte.
 *
 * In: an address, as `location.href` has it. Out: the page's normal address, its digest, and the five
 * digits that are asked for. Throws `NotAPage` where the address is none of a page on the web: then there
 * is nothing to ask. server/caveat/annotations/page_identity.py says in prose what the same page is and
 * why, and does step by step what this file does; the tables are one file. Whatever is changed here is
 * changed there: tests/annotations/test_same_identity.py holds one against the other.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import rules from "../../server/caveat/annotations/page-identity.json";

/** How many digits of a digest a server is told: many pages begin with the same. */
const TOLD = 5;

// RFC 3986: unreserved and sub-delims, and what has no meaning of its own where it stands.
const IN_USER = "A-Za-z0-9._~!$&'()*+,;=\\-";
const IN_PATH = `${IN_USER}:@`;
const IN_NAME = "A-Za-z0-9._~!$'()*,;:@\\/?\\-"; // of a parameter: "&" and "=" divide, "+" is a space
const IN_VALUE = `${IN_NAME}=`;

const PARTS = /^(https?):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?$/is;
const HOST_AND_PORT = /^(\[[^\]]*\]|[^:]*)(?::0*([0-9]{0,5}))?$/s;
const NAME = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!$)|$)){4}$/;
const ENDS_IN_NUMBER = /(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)$/;
const SESSION = new RegExp(`;(?:${rules.paths.sessions.names.join("|")})=[^/;]*`, "gi");
const DRESSED = new RegExp(`^([^.].*)\\.${rules.paths.views.extension}(\\.html?)?$`, "i");
const COPIES = rules.copies.map(({ host, path }) => ({
  host: new RegExp(`^(?:${host})$`),
  path: new RegExp(`^(?:${path})$`, "s"),
}));

/** A row of the table: without `values` or `hosts` it holds for all. */
interface Parameters {
  names: string[];
  values?: string[];
  hosts?: string[];
}
const PARAMETERS: readonly Parameters[] = rules.parameters;

/** The address is none of a page on the web; the message says what is wrong with it. */
export class NotAPage extends Error {}

/** What a server is asked for. It cannot tell which of many pages is meant. */
export function prefix(url: string): string {
  return digest(url).slice(0, TOLD);
}

/** What is looked for in the answer: the 64 hexadecimal digits of this page and no other. */
export function digest(url: string): string {
  return bytesToHex(sha256(utf8ToBytes(normal(url))));
}

/** The one address of the page that `url` means. */
export function normal(url: string): string {
  let address = shortEnough(trimmed(url));
  let again = once(address);
  while (again !== address) [address, again] = [again, once(again)]; // a copy may be of a copy
  return shortEnough(address);
}

/** Without spaces and control characters around it, as browsers read an address. */
function trimmed(url: string): string {
  const characters = [...url];
  const isText = (character: string) => character > " ";
  return characters.slice(characters.findIndex(isText), characters.findLastIndex(isText) + 1).join("");
}

function shortEnough(url: string): string {
  const { length } = [...url];
  if (length > rules.longest)
    throw new NotAPage(`An address has at most ${rules.longest} characters, this one ${length}.`);
  return url;
}

function once(url: string): string {
  const address = split(url);
  const host = hostWithoutViews(address.host);
  let parts = segments(address.path);
  const query = queryOf(address.query, host);
  const copied = copyOf(host, `/${parts.join("/")}`, query);
  if (copied !== null) return copied;
  for (let less = oneViewLess(parts); less !== parts; less = oneViewLess(parts)) parts = less;
  const scheme = address.port !== String(rules.ports.https) ? "https" : "http";
  const user = address.user && `${address.user}@`;
  const port = address.port && `:${address.port}`;
  return `${scheme}://${user}${host}${port}/${parts.join("/")}${query && `?${query}`}`;
}

/** The parts as browsers read them: no tabs and line breaks, backslashes as slashes. */
function split(url: string) {
  if (/\p{Surrogate}/u.test(url))
    throw new NotAPage("An address is Unicode text, and this one has half a character in it.");
  const parts = PARTS.exec(
    url.replace(/[\t\n\r]/g, "").replace(/^[^?#]*/, front => front.replaceAll("\\", "/")),
  );
  if (!parts) throw new NotAPage("A page's address begins with http:// or https://.");
  const [, scheme = "", authority = "", path = "", query = ""] = parts;
  const at = authority.lastIndexOf("@");
  const { host, port } = hostAndPort(authority.slice(at + 1));
  const own = String(rules.ports[scheme.toLowerCase() as keyof typeof rules.ports]);
  const [name = ""] = authority.slice(0, Math.max(at, 0)).split(":");
  return { user: encoded(name, IN_USER), host, port: port === own ? "" : port, path, query };
}

function hostAndPort(place: string) {
  let found: RegExpExecArray | null = null;
  try {
    found = HOST_AND_PORT.exec(decodeURIComponent(place));
  } catch {
    // What is encoded there is no text.
  }
  const [, host = "", port = ""] = found ?? [];
  if (!found || Number(port) > 65535)
    throw new NotAPage("Behind the address's slashes there is no host, or a port that is none.");
  return { host: hostOf(host), port };
}

function hostOf(host: string): string {
  if (host.startsWith("[")) return ipv6(host);
  const isAscii = /^[\0-\x7f]*$/.test(host);
  const name = (isAscii ? host.toLowerCase() : punycode(host)).replace(/\.$/, "");
  if (ENDS_IN_NUMBER.test(name)) {
    if (!isAscii || !IPV4.test(name))
      throw new NotAPage("The address's host is a number, and not four of them from 0 to 255.");
  } else if (!NAME.test(name) || name.length > 253) {
    throw new NotAPage("The address's host is no name that a browser would look for.");
  }
  return name;
}

function ipv6(host: string): string {
  if (!/^\[[0-9A-Fa-f:.]+\]$/.test(host) || !URL.canParse(`http://${host}/`))
    throw new NotAPage("The address's host is no IPv6 address.");
  return new URL(`http://${host}/`).hostname;
}

function punycode(host: string): string {
  // Nothing that would be another part of an address: the browser is asked about a name.
  if (/[\0-,/:-@[-^`{-\x7f]/.test(host.replace(/[A-Z]/g, "")) || !URL.canParse(`http://${host}/`))
    throw new NotAPage("The address's host has letters that no name has.");
  return new URL(`http://${host}/`).hostname;
}

function hostWithoutViews(host: string): string {
  const labels = host.split(".");
  const next = () => labels.findIndex((_, at) => at < labels.length - 2 && isView(labels, at));
  for (let at = next(); at >= 0; at = next()) labels.splice(at, 1);
  return labels.join(".");
}

function isView(labels: readonly string[], at: number): boolean {
  const [label = "", ...behind] = labels.slice(at);
  if (at === 0 && label === "www") return true;
  const [second = "", top = ""] = behind;
  const isSuffix = behind.length === 2 && rules.hosts.suffixes.includes(second) && top.length === 2;
  return (
    rules.hosts[at ? "inside" : "first"].includes(label) &&
    !isSuffix &&
    !rules.hosts.platforms.includes(behind.join("."))
  );
}

/** The address that this one is a copy of, where it is one. */
function copyOf(host: string, path: string, query: string): string | null {
  for (const copy of COPIES) {
    const found = copy.host.test(host) && copy.path.exec(path);
    if (!found) continue;
    const address = `${found[1] ?? "https"}://${found[2]}${query && `?${query}`}`;
    try {
      split(address);
    } catch {
      return null;
    }
    return address;
  }
  return null;
}

/** The path's parts, encoded in one way, without those that lead nowhere. */
function segments(path: string): string[] {
  const kept: string[] = [];
  for (const part of path.split("/").slice(1)) {
    const segment = encoded(part, IN_PATH).replace(SESSION, "");
    if (segment === "..") kept.pop();
    else if (segment !== ".") kept.push(segment);
  }
  return kept.filter(Boolean);
}

/** The same parts where there is no view to take off. */
function oneViewLess(parts: string[]): string[] {
  const { indexes, views } = rules.paths;
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined) return parts;
  const before = parts.slice(0, -1);
  if (indexes.names.includes(last.toLowerCase())) return before;
  if (views.last.includes(last.toLowerCase()) && isArticle(before)) return before;
  if (views.first.includes(first.toLowerCase()) && hasDateOrNumber(parts.slice(1))) return parts.slice(1);
  const dressed = DRESSED.exec(last);
  return dressed ? [...before, `${dressed[1]}${dressed[2] ?? ""}`] : parts;
}

/** Whether a path ends as articles' do, and sections' seldom. */
function isArticle(parts: readonly string[]): boolean {
  const last = parts.at(-1)?.toLowerCase() ?? "";
  return last.split(/[-_]/).length >= 3 || /\.html?$/.test(last) || hasDateOrNumber(parts);
}

function hasDateOrNumber(parts: readonly string[]): boolean {
  const last = (parts.at(-1) ?? "").replace(/%[0-9A-F]{2}/g, "%"); // an encoded space's digits are no number
  if (/[0-9]{5}/.test(last)) return true;
  const before = parts.slice(0, -1);
  const isDated = before.some(
    (year, at) =>
      /^(?:19|20)[0-9]{2}$/.test(year) && /^(?:[0-9]{1,2}|[A-Za-z]{3})$/.test(before[at + 1] ?? ""),
  );
  return isDated && /[A-Za-z%]/.test(last);
}

function queryOf(query: string, host: string): string {
  const kept: [name: string, value: string][] = [];
  for (const item of query.split("&")) {
    const at = item.includes("=") ? item.indexOf("=") : item.length;
    const name = encoded(item.slice(0, at), IN_NAME, "+");
    const value = encoded(item.slice(at + 1), IN_VALUE, "+");
    if ((name || value) && !saysNothing(name.toLowerCase(), value.toLowerCase(), host))
      kept.push([name, value]);
  }
  kept.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  return kept.map(([name, value]) => (value ? `${name}=${value}` : name)).join("&");
}

/** Whether a parameter does not say which page is meant. */
function saysNothing(name: string, value: string, host: string): boolean {
  return PARAMETERS.some(
    ({ names, values, hosts }) =>
      names.some(each => (each.endsWith("*") ? name.startsWith(each.slice(0, -1)) : name === each)) &&
      (values?.includes(value) ?? true) &&
      (hosts?.some(each => `.${host}`.endsWith(`.${each}`)) ?? true),
  );
}

/**
 * `text` with its `plain` characters as themselves and all others by their bytes. A "%" that begins
 * nothing counts as itself; in a query, "+" is a space.
 */
function encoded(text: string, plain: string, space = "%20"): string {
  const isPlain = new RegExp(`^[${plain}]$`);
  return text.replace(new RegExp(`%[0-9A-Fa-f]{2}|[^${plain}]`, "gu"), found => {
    const isEncoded = found.length === 3;
    const character = isEncoded ? String.fromCharCode(Number.parseInt(found.slice(1), 16)) : found;
    if (character === " " || found === "+") return space;
    if (isPlain.test(character)) return character;
    return isEncoded ? found.toUpperCase() : encodeURIComponent(character);
  });
}
