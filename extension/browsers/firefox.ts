/** What Firefox has in its own way; `#browser` is this file in Firefox's build (see package.json). */

/** The panel beside the page. Opens only within a press: call it first in the press's handler. */
export function openPanel(_tab: number): Promise<void> {
  return (chrome as unknown as { sidebarAction: { open(): Promise<void> } }).sidebarAction.open();
}

/** An element's shadow root, though it be closed to the page. Only an extension's reader sees this property. */
export function shadowRoot(element: HTMLElement): ShadowRoot | null {
  return (element as HTMLElement & { openOrClosedShadowRoot: ShadowRoot | null }).openOrClosedShadowRoot;
}
