/**
 * A tab has loaded a page, or has gone to another address without loading.
 *
 * A page that came back with its marks gets its number back onto the button. A page of a chosen site is
 * read once, without a press: `chrome.tabs.onUpdated` names the address of such a page only to whom the
 * browser has opened it, so that no script waits in any page. In a private window nothing is read
 * without a press.
 */
import { connect } from "../panel/connection";
import { address } from "../reader/watch";
import type { Outcome, Reading } from "../shared/messages";
import { refusal } from "../shared/refused";
import { settings } from "../shared/settings";
import { siteOf } from "../shared/sites";
import { show } from "./button";
import { readUnasked } from "./reading";
import { isNewAt, sentBefore } from "./visited";

/** ms before each look for an article: many pages write their text after they have loaded. */
const PAUSES = [0, 1_000, 2_000, 4_000, 8_000];
/** The last visit of each tab: a later one ends the looks of an earlier. */
const latest = new Map<number, object>();

export function updated(
  id: number,
  changed: chrome.tabs.OnUpdatedInfo,
  tab: Pick<chrome.tabs.Tab, "status" | "incognito">,
): void {
  const isThere = changed.status === "complete" || (changed.url !== undefined && tab.status === "complete");
  // The tab may be closed or go on meanwhile, and that is fine.
  if (isThere) visit(id, tab.incognito, changed.url !== undefined).catch(() => undefined);
}

export function closed(id: number): void {
  latest.delete(id);
}

async function visit(tab: number, isPrivate: boolean, isElsewhere: boolean): Promise<void> {
  const isToRead = !isPrivate && (await isChosen(tab)) && (await isUnread(tab));
  const reading = await marksOn(tab);
  if (reading) return show(tab, { kind: "read", reading });
  // Without a load the browser would keep what the button said of the page before.
  if (isElsewhere) await show(tab, null);
  if (isToRead) await read(tab);
}

async function isChosen(tab: number): Promise<boolean> {
  const { url } = await chrome.tabs.get(tab);
  const { sites, server } = await settings(chrome.storage.local);
  const site = siteOf(url);
  return site !== null && sites.includes(site) && refusal(url, server) === null;
}

async function isUnread(tab: number): Promise<boolean> {
  const { url } = await chrome.tabs.get(tab);
  return url !== undefined && isNewAt(tab, address(new URL(url)));
}

/** What was read of the page that the tab shows, where its marks are still there. */
function marksOn(tab: number): Promise<Reading | null> {
  return new Promise(told => {
    const hangUp = connect(tab, message => {
      told(message?.kind === "overview" ? (message.overview?.reading ?? null) : null);
      if (message) hangUp();
    });
  });
}

/**
 * Look for an article until there is one. A page that has changed its address may still show the text
 * of the one before for a while; only in the end is it taken for the new page's own.
 */
async function read(tab: number): Promise<void> {
  const visit = {};
  latest.set(tab, visit);
  const isOld = await sentBefore(tab);
  for (const [number, pause] of PAUSES.entries()) {
    await new Promise(done => setTimeout(done, pause));
    if (latest.get(tab) !== visit || !(await isChosen(tab))) return;
    const isLast = number === PAUSES.length - 1;
    const outcome: Outcome = await readUnasked(tab, article => !isLast && isOld(article));
    if (outcome.kind !== "none") return;
  }
}
