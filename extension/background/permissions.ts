/**
 * The browser has given a permission or taken one away, here or in its own settings.
 *
 * A popup may be closed by the browser's own question before it hears the answer: the site that was
 * wished for is added here too.
 */
import { add, forgetWish, pattern, prune, wish } from "../shared/sites";

export async function given({ origins = [] }: chrome.permissions.Permissions): Promise<void> {
  const site = await wish();
  if (!site || !origins.includes(pattern(site))) return;
  await add(site);
  await forgetWish();
}

export async function taken(): Promise<void> {
  await prune();
}
