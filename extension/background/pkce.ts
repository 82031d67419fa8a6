/**
 * What keeps a connection from being taken over on its way (RFC 7636): a secret that only we know, its
 * digest that everybody may see, and the answer, read with suspicion.
 */

/** 32 random bytes in 43 letters that an address can carry. */
export function unguessable(random: (bytes: Uint8Array) => unknown = fill): string {
  const bytes = new Uint8Array(32);
  random(bytes);
  return base64url(bytes);
}

function fill(bytes: Uint8Array): void {
  crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>);
}

export async function challenge(verifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

/** The code out of the address that came back; null where it came to another place, or for another request. */
export function read(came: string | undefined, redirect: string, state: string): string | null {
  try {
    const [url, wanted] = [new URL(came ?? ""), new URL(redirect)];
    if (url.origin !== wanted.origin || url.pathname !== wanted.pathname) return null;
    if (url.searchParams.get("state") !== state || url.searchParams.has("error")) return null;
    return url.searchParams.get("code") || null;
  } catch {
    return null;
  }
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}
