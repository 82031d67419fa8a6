/**
 * The button in the toolbar: what it shows of a tab, and what it says when one rests on it.
 *
 * A number of questions, a plus where the page has more text than was read, an exclamation mark where
 * the server did not answer; nothing on a page that was not read. The browser forgets it all when the
 * tab goes to another page.
 */
import { say, sayCount } from "../shared/catalogue";
import type { Outcome, Reading } from "../shared/messages";

const PROBLEM = "!";

export interface Button {
  readonly badge: string;
  readonly title: string;
}

/** Null: nothing is known of this tab. */
export function button(outcome: Outcome | null): Button {
  switch (outcome?.kind) {
    case "read":
      return ofReading(outcome.reading);
    case "refused":
      return { badge: "", title: say("button_refused", outcome.refusal.message) };
    case "problem":
      return { badge: PROBLEM, title: say("button_problem", outcome.problem.title, outcome.problem.message) };
    default:
      return { badge: "", title: say("button") };
  }
}

function ofReading(reading: Reading): Button {
  if (reading.unread) return { badge: "", title: say("button_unread", reading.unread.message) };
  const questions = [...reading.notes, ...reading.pageNotes].filter(note => note.level === "question").length;
  const isMore = reading.sent.characters < reading.sent.of;
  const found = questions > 0 ? sayCount("button_questions", questions) : say("button_no_question");
  return {
    badge: `${questions > 0 ? questions : ""}${isMore ? "+" : ""}`,
    title: isMore ? `${found} ${say("button_more")}` : found,
  };
}

export async function saysProblem(tab: number): Promise<boolean> {
  return (await chrome.action.getBadgeText({ tabId: tab }).catch(() => "")) === PROBLEM;
}

export async function show(tab: number, outcome: Outcome | null): Promise<void> {
  const { badge, title } = button(outcome);
  try {
    await chrome.action.setBadgeBackgroundColor({ tabId: tab, color: "#0f766e" });
    await chrome.action.setBadgeTextColor({ tabId: tab, color: "#ffffff" });
    await chrome.action.setBadgeText({ tabId: tab, text: badge });
    await chrome.action.setTitle({ tabId: tab, title });
  } catch {
    // The tab was closed in the meantime.
  }
}
