/** What Firefox has in its own way; `#browser` is this file in Firefox's build (see package.json). */

const sidebar = chrome as unknown as { sidebarAction: { open(): Promise<void>; toggle(): Promise<void> } };

/** The panel beside the page. Opens only within a press: call it first in the press's handler. */
export function openPanel(_tab: number): Promise<void> {
  return sidebar.sidebarAction.open();
}

/** The same by a key, which closes it again. */
export function togglePanel(_tab: number): Promise<void> {
  return sidebar.sidebarAction.toggle();
}

/** An element's shadow root, though it be closed to the page. Only an extension's reader sees this property. */
export function shadowRoot(element: HTMLElement): ShadowRoot | null {
  return (element as HTMLElement & { openOrClosedShadowRoot: ShadowRoot | null }).openOrClosedShadowRoot;
}

/**
 * May the server be told which notes were not useful? Firefox has a permission for that, and asks: call this
 * first in the handler. False gives the permission back.
 */
export function mayTell(wanted: boolean): Promise<boolean> {
  return may(wanted, "technicalAndInteraction");
}

/** May a volunteer's notes and ratings be sent: with a token, and with the pages they are about? In the same way. */
export function mayTakePart(wanted: boolean): Promise<boolean> {
  return may(wanted, "authenticationInfo", "browsingActivity");
}

async function may(wanted: boolean, ...kinds: string[]): Promise<boolean> {
  const use = { data_collection: kinds } as chrome.permissions.Permissions;
  if (wanted) return chrome.permissions.request(use);
  await chrome.permissions.remove(use);
  return false;
}
