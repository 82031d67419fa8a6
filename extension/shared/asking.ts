/** An errand on its way to the background. Goes wrong in words too: nobody answers once the extension was updated. */
import { say } from "./catalogue";
import type { Ask, Errand, Outcomes, Reply } from "./errands";
import type { ToBackground } from "./messages";

export const ask: Ask = async <E extends Errand>(errand: E): Promise<Reply<Outcomes[E["do"]]>> => {
  try {
    const message: ToBackground = { kind: "errand", errand };
    const reply: Reply<Outcomes[E["do"]]> | undefined = await chrome.runtime.sendMessage(message);
    if (reply) return reply;
  } catch {
    // As below.
  }
  return { fault: { reason: "unwell", message: say("fault_nobody"), similar: [] } };
};
