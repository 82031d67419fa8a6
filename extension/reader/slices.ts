/**
 * Long work in short pieces, so that the page stays smooth meanwhile; and time that a page cannot stop.
 *
 * In: work as a generator that yields wherever it may be interrupted. Out: what it returns. The page
 * may change between two pieces: whoever uses what came of it checks that it still holds.
 *
 * Timers and idle callbacks of the reader are counted with the page's own, and a page that clears every
 * number there is clears ours. A signal that times out has no number.
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
    await idle();
  }
}

function idle(): Promise<void> {
  return new Promise(done => {
    const callOff = later(2 * IDLE, done); // comes first only where the page has cancelled the other
    const given = () => {
      callOff();
      done();
    };
    requestIdleCallback(given, { timeout: IDLE });
  });
}

/** The same without a pause, where the work is known to be short. */
export function atOnce<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Run something in so many milliseconds; the answer calls it off. */
export function later(ms: number, run: () => void): () => void {
  const off = new AbortController();
  AbortSignal.timeout(ms).addEventListener("abort", run, { once: true, signal: off.signal });
  return () => off.abort();
}
