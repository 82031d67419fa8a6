/**
 * A question about people's notes: what is asked tells as little as can be of who asks and of what.
 *
 * In: an address at the server, and the last answer from there. Out: the answer, or the last one where
 * nothing has changed. Throws whatever goes wrong: nobody's reading waits for this.
 */

const LONGEST = 2_000_000;

/** The server answered with a status that carries no notes. */
export class NotGiven extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`The server answered ${status}.`);
    this.status = status;
  }
}

export interface Answer {
  readonly etag: string | null;
  readonly body: unknown;
}

interface Asking {
  readonly signal: AbortSignal;
  /** Null where it is nobody's business who asks. */
  readonly token?: string | null;
  readonly last?: Answer | null;
  readonly longest?: number;
}

export async function lookUp(
  address: string,
  { signal, token = null, last = null, longest = LONGEST }: Asking,
): Promise<Answer> {
  const response = await fetch(address, {
    headers: {
      Accept: "application/json",
      ...(token !== null && { Authorization: `Bearer ${token}` }),
      ...(last?.etag && { "If-None-Match": last.etag }),
    },
    credentials: "omit",
    referrerPolicy: "no-referrer",
    cache: "no-store",
    redirect: "error",
    signal,
  });
  if (response.status === 304 && last) return last;
  if (!response.ok) throw new NotGiven(response.status);
  const text = await response.text();
  if (text.length > longest) throw new Error(`The answer has ${text.length} characters, at most ${longest}.`);
  return { etag: response.headers.get("ETag"), body: JSON.parse(text) };
}
