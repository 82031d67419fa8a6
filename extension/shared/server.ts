/**
 * Which server is asked. Its address lives in the browser's storage; where none was chosen it is the
 * one that `make run` starts on the reader's own machine.
 */
import { say } from "./catalogue";

export const STANDARD_SERVER = "http://127.0.0.1:5000";

/** The address in its one spelling, or what is wrong with it. */
export function serverAddress(typed: string): { address: string } | { fault: string } {
  const words = typed.trim();
  if (!words) return { fault: say("server_empty", STANDARD_SERVER) };
  const notOne = { fault: say("server_no_address", STANDARD_SERVER) };
  // Chromium takes a space in a host for a letter.
  if (/\s/.test(words)) return notOne;
  let url: URL;
  try {
    url = new URL(
      /^[a-z][a-z0-9+.-]*:\/\//i.test(words)
        ? words
        : `${isLoopback(words.split(/[:/]/)[0] ?? "") ? "http" : "https"}://${words}`,
    );
  } catch {
    return notOne;
  }
  if (url.username || url.password) return { fault: say("server_password") };
  if (url.protocol !== "https:" && url.protocol !== "http:") return { fault: say("server_scheme") };
  if (url.protocol === "http:" && !isLoopback(url.hostname)) return { fault: say("server_needs_https") };
  return { address: url.origin + url.pathname.replace(/\/+$/, "") };
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1";
}
