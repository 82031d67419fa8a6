/**
 * Long work in short pieces, so that the page stays smooth meanwhile.
 *
 * In: work as a generator that yields wherever it may be interrupted. Out: what it returns. The page
 * may change between two pieces: whoever uses what came of it checks that it still holds.
 */
const SLICE = 8; // ms; half a frame, so that scrolling keeps its own
const IDLE = 50; // ms after which a page that is never idle is worked on all the same

export async function inSlices<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const end = performance.now() + SLICE;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < end);
    if (document.hidden) continue; // nobody watches, and a hidden page is hardly ever given time
    await new Promise<unknown>(done => requestIdleCallback(done, { timeout: IDLE }));
  }
}

/** The same without a pause, where the work is known to be short. */
export function atOnce<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
