/** What Chrome has in its own way; `#browser` is this file in every build but Firefox's (see package.json). */

/** The panel beside the page. Opens only within a press: call it first in the press's handler. */
export function openPanel(tab: number): Promise<void> {
  return chrome.sidePanel.open({ tabId: tab });
}

/** The same by a key. Chrome does not say whether it is open: it opens. */
export function togglePanel(tab: number): Promise<void> {
  return openPanel(tab);
}

/** An element's shadow root, though it be closed to the page. */
export function shadowRoot(element: HTMLElement): ShadowRoot | null {
  return chrome.dom.openOrClosedShadowRoot(element);
}

/** May the server be told which notes were not useful? Chrome leaves that between an extension and its reader. */
export async function mayTell(wanted: boolean): Promise<boolean> {
  return wanted;
}

/** May a volunteer's notes and ratings be sent? Chrome leaves that between an extension and its reader. */
export async function mayTakePart(wanted: boolean): Promise<boolean> {
  return wanted;
}
