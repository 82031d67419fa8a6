/**
 * Pages that stand in a page: where the article is in a frame of the page's own origin, that frame is read
 * as a page is.
 *
 * In: a tab and its address. Out: the frame with the most words, or null. Frames of other origins are not
 * looked at, even where a permission for them would let us: nobody pressed there.
 */
export async function storyFrame(tab: number, url: string): Promise<number | null> {
  const found = await chrome.scripting.executeScript({
    target: { tabId: tab, allFrames: true },
    func: words,
    args: [new URL(url).origin],
  });
  const frames = found.filter(({ frameId, result }) => frameId !== 0 && (result ?? 0) > 0);
  frames.sort((a, b) => (b.result ?? 0) - (a.result ?? 0));
  return frames[0]?.frameId ?? null;
}

/** Runs in every frame. */
function words(origin: string): number {
  if (self.origin !== origin || document.hidden || innerWidth === 0) return 0;
  return document.body?.textContent?.length ?? 0;
}
