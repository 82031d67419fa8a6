/**
 * Puts the style of the marks into a tab: lines under the words, in colours that show on its page.
 *
 * As the reader's own style too, not the page's alone: such rules hold in the page's shadow roots. But
 * Chromium paints no background from them. Goes wrong where the tab has gone, or is another page by now.
 */
import type { Look } from "../shared/messages";
import { STROKES, THEMES } from "../shared/settings";

const FILES = THEMES.filter(theme => theme !== "page").flatMap(theme =>
  STROKES.map(stroke => `marks-${theme}-${stroke}.css`),
);

/** One after the other in a tab: of two looks the later one stays. */
const dressing = new Map<number, Promise<void>>();

export interface Place {
  readonly tab: number;
  /** 0 is the page itself. */
  readonly frame: number;
}

export function dress({ tab, frame }: Place, look: Look): Promise<void> {
  const before = dressing.get(tab) ?? Promise.resolve();
  const done = before.catch(() => undefined).then(() => change({ tab, frame }, look));
  dressing.set(tab, done);
  const forget = () => {
    if (dressing.get(tab) === done) dressing.delete(tab);
  };
  done.then(forget, forget);
  return done;
}

async function change({ tab, frame }: Place, { theme, stroke }: Look): Promise<void> {
  const target = { tabId: tab, frameIds: [frame] };
  for (const origin of ["USER", "AUTHOR"] as const) {
    await Promise.all(
      FILES.map(file => chrome.scripting.removeCSS({ target, origin, files: [file] }).catch(() => undefined)),
    );
    await chrome.scripting.insertCSS({ target, origin, files: [`marks-${theme}-${stroke}.css`] });
  }
}
