/**
 * The browser has given a permission or taken one away, here or in its own settings.
 *
 * A popup may be closed by the browser's own question before it hears the answer: the site that was
 * wished for is added here too.
 */
import { change } from "../shared/settings";
import { add, forgetWish, pattern, prune, wish } from "../shared/sites";
import { disconnect } from "./account";

export async function given({ origins = [] }: chrome.permissions.Permissions): Promise<void> {
  const site = await wish();
  if (!site || !origins.includes(pattern(site))) return;
  await add(site);
  await forgetWish();
}

/** Firefox lists what may be told as a permission too; it can be taken away where the others are. */
type Taken = chrome.permissions.Permissions & { readonly data_collection?: readonly string[] };

export async function taken({ data_collection = [] }: Taken): Promise<void> {
  await prune();
  if (data_collection.includes("technicalAndInteraction"))
    await change(chrome.storage.local, { tell: false });
  if (data_collection.includes("authenticationInfo")) await disconnect();
}
