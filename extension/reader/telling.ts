/** What a reader has to say to the background. Nobody listens once the extension was updated, and that is fine. */
import type { ToBackground } from "../shared/messages";

export async function tell(message: ToBackground): Promise<void> {
  await told(message);
}

export async function told<T>(message: ToBackground): Promise<T | null> {
  try {
    return (await chrome.runtime.sendMessage(message)) ?? null;
  } catch {
    return null;
  }
}
