/**
 * The panel beside the page, which each browser opens in its own way. Both open it only within a press:
 * call this first in the press's handler, before anything is awaited.
 */
interface Sidebar {
  readonly sidebarAction: { open(): Promise<void>; toggle(): Promise<void> };
}

export function openPanel(tab: number): Promise<void> {
  if (chrome.sidePanel) return chrome.sidePanel.open({ tabId: tab });
  return (chrome as unknown as Sidebar).sidebarAction.open();
}

/** By a key: opens it, and closes it again where the browser can say that it is open. */
export function togglePanel(tab: number): Promise<void> {
  if (chrome.sidePanel) return chrome.sidePanel.open({ tabId: tab });
  return (chrome as unknown as Sidebar).sidebarAction.toggle();
}
