/** Alt+N and Alt+P in the lens, which has no browser to keep keys for it. */
import type { NoteKeys } from "../shared/messages";

export const KEYS: NoteKeys = { next: "Alt+N", previous: "Alt+P" };

export function followKeys(step: (by: 1 | -1) => void, signal: AbortSignal): void {
  const pressed = (event: KeyboardEvent) => {
    const { altKey, ctrlKey, metaKey, shiftKey, code } = event;
    const by = code === "KeyN" ? 1 : code === "KeyP" ? -1 : 0;
    if (!event.isTrusted || !by || !altKey || ctrlKey || metaKey || shiftKey || isTyping(event)) return;
    event.preventDefault();
    event.stopPropagation();
    step(by);
  };
  addEventListener("keydown", pressed, { signal, capture: true });
}

function isTyping(event: Event): boolean {
  const target = event.composedPath()[0];
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
