/**
 * A panel's connection to the reader in a tab.
 *
 * In: a tab, and who is told. Out: what the reader says of its notes, from the first answer on; null
 * where the tab has no reader, and when the page has been left. The returned function hangs up.
 */
import { PANEL, type ToPanel } from "../shared/messages";

export function connect(tab: number, told: (message: ToPanel | null) => void): () => void {
  const port = chrome.tabs.connect(tab, { name: PANEL });
  port.onMessage.addListener((message: ToPanel) => told(message));
  port.onDisconnect.addListener(() => {
    void chrome.runtime.lastError; // "no receiver" is an answer here, not a fault
    told(null);
  });
  return () => port.disconnect();
}
