/**
 * Sites that are read without a press: which they are, and the browser's permission that goes with each.
 *
 * A site is an origin ("https://news.example"). The browser asks the reader before a site is added, and
 * gets its permission back when the site is taken off.
 */
import { say } from "./catalogue";
import { refusal } from "./refused";
import { change, settings } from "./settings";

/** The permission for a site. Firefox takes no port in it. */
export function pattern(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}

/** The site of a page, where it has one. */
export function siteOf(address: string | undefined): string | null {
  return address && /^https?:/.test(address) ? new URL(address).origin : null;
}

/** A site as somebody types it, or what is wrong with it. */
export function typedSite(typed: string, server: string): { site: string } | { fault: string } {
  const words = typed.trim();
  if (!words) return { fault: say("site_empty") };
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(words) ? words : `https://${words}`);
    const isWeb = url.protocol === "https:" || url.protocol === "http:";
    if (/\s/.test(words) || !isWeb || url.username || url.password) return { fault: say("site_no_address") };
    const refused = refusal(url.href, server);
    return refused ? { fault: say("site_refused", url.host, refused.message) } : { site: url.origin };
  } catch {
    return { fault: say("site_no_address") };
  }
}

/**
 * Ask the browser for this site; true where it is read from now on. Call this first thing in a press's
 * handler. The wish is written down before: a popup may be closed by the browser's own question, and
 * the background then does what was wished (see background/permissions.ts).
 */
export async function choose(site: string): Promise<boolean> {
  void chrome.storage.session.set({ wish: site });
  let isAllowed = false;
  try {
    isAllowed = await chrome.permissions.request({ origins: [pattern(site)] });
  } catch {
    // The browser would not even ask.
  }
  if (isAllowed) await add(site);
  await forgetWish();
  return isAllowed;
}

/** The site that somebody has asked for and the browser has not answered for yet. */
export async function wish(): Promise<string | null> {
  const { wish } = await chrome.storage.session.get("wish");
  return typeof wish === "string" ? wish : null;
}

export function forgetWish(): Promise<void> {
  return chrome.storage.session.remove("wish");
}

export async function add(site: string): Promise<void> {
  const { sites } = await settings(chrome.storage.local);
  if (!sites.includes(site)) await change(chrome.storage.local, { sites: [...sites, site].sort() });
}

/** No longer read this site by itself. */
export async function leave(site: string): Promise<void> {
  const { sites } = await settings(chrome.storage.local);
  await change(chrome.storage.local, { sites: sites.filter(each => each !== site) });
  await release(site);
}

/** Give the permission for an address back where neither a site nor the server needs it. */
export async function release(address: string): Promise<void> {
  const { sites, server } = await settings(chrome.storage.local);
  if (![...sites, server].some(each => pattern(each) === pattern(address)))
    await giveBack([pattern(address)]);
}

/** Sites whose permission was taken away in the browser's own settings are no longer on the list. */
export async function prune(): Promise<void> {
  const { sites } = await settings(chrome.storage.local);
  const isAllowed = await Promise.all(
    sites.map(site => chrome.permissions.contains({ origins: [pattern(site)] })),
  );
  const left = sites.filter((_, number) => isAllowed[number]);
  if (left.length < sites.length) await change(chrome.storage.local, { sites: left });
}

/** Give these permissions back; without a list, all that were ever asked for. */
export async function giveBack(origins?: readonly string[]): Promise<void> {
  const needed = chrome.runtime.getManifest().host_permissions ?? [];
  const all = origins ?? (await chrome.permissions.getAll()).origins ?? [];
  const asked = all.filter(each => !needed.includes(each));
  // One by one: a browser that keeps one of them keeps them all.
  for (const each of asked) await chrome.permissions.remove({ origins: [each] }).catch(() => false);
}
