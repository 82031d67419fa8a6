/**
 * Which server is asked. Its address lives in the browser's storage; where none was chosen it is the
 * one that `make run` starts on the reader's own machine.
 */
export const STANDARD_SERVER = "http://127.0.0.1:5000";

/** The address in its one spelling, or what is wrong with it. */
export function serverAddress(typed: string): { address: string } | { fault: string } {
  const words = typed.trim();
  if (!words) return { fault: "Type the server's address, such as http://127.0.0.1:5000." };
  const notOne = {
    fault: "That is not an address. It looks like https://caveat.example or http://127.0.0.1:5000.",
  };
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
  if (url.username || url.password)
    return { fault: "An address with a name and password in it is not kept here." };
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return { fault: "The address must begin with https:// (or http:// on your own machine)." };
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return {
      fault:
        "Only a server on your own machine may be asked over http; anything else must be https, so that nobody on the way reads along.",
    };
  }
  return { address: url.origin + url.pathname.replace(/\/+$/, "") };
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1";
}
