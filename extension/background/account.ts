/**
 * The account at a server, as far as this browser has one: a token, in the browser's own storage.
 *
 * No page gets to see it; it goes to the server that gave it and to no other.
 */
export interface Account {
  readonly server: string;
  readonly token: string;
}

const KEY = "account";

/** Null where nobody is connected to this server. */
export async function token(server: string): Promise<string | null> {
  const account = await kept();
  return account?.server === server ? account.token : null;
}

async function kept(): Promise<Account | null> {
  const { [KEY]: account } = await chrome.storage.local.get(KEY);
  if (typeof account !== "object" || account === null) return null;
  const { server, token } = account as Partial<Record<keyof Account, unknown>>;
  return typeof server === "string" && typeof token === "string" ? { server, token } : null;
}
