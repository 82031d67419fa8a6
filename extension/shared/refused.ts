/**
 * Pages that are never read, decided by their address alone, before anything of them is touched.
 *
 * In: a page's address and the server's. Out: why it is refused, in the reader's words, or null.
 */
import { isLoopback } from "./server";

// Letters and accounts, not articles. A short list of the most used; the rest is the reader's own
// judgement, since nothing is read without a press.
const MAIL = [
  "mail.google.com",
  "outlook.live.com",
  "outlook.office.com",
  "outlook.office365.com",
  "mail.yahoo.com",
  "mail.proton.me",
  "mail.aol.com",
  "mail.zoho.com",
  "app.fastmail.com",
  "mail.gmx.net",
  "mail.gmx.com",
  "navigator.web.de",
  "mail.yandex.com",
  "mail.yandex.ru",
  "e.mail.ru",
  "app.tuta.com",
  "mail.tutanota.com",
  "web.whatsapp.com",
  "web.telegram.org",
  "messages.google.com",
  "www.messenger.com",
];
const MONEY = [
  "paypal.com",
  "wise.com",
  "revolut.com",
  "secure.chase.com",
  "online.citi.com",
  "secure.bankofamerica.com",
  "connect.secure.wellsfargo.com",
  "online-banking.hsbc.co.uk",
  "pay.google.com",
  "wallet.google.com",
];
const BANKING =
  /(^|[.-])(online-?banking|ebanking|e-banking|netbanking|internetbanking|banking|ebanking)([.-]|$)/;
const STORES = [
  "chromewebstore.google.com",
  "addons.mozilla.org",
  "microsoftedge.microsoft.com",
  "addons.opera.com",
];
const INTRANET = /\.(local|localdomain|internal|intranet|corp|lan|home|home\.arpa|private|test\.local)$/;

export interface Refusal {
  readonly reason: "browser" | "store" | "file" | "server" | "private" | "letters" | "money";
  readonly message: string;
}

export function refusal(address: string | undefined, server: string): Refusal | null {
  let url: URL;
  try {
    url = new URL(address ?? "");
  } catch {
    return because("browser", "This is one of the browser's own pages. Open an article and press again.");
  }
  if (url.protocol === "file:") {
    return because(
      "file",
      "This is a file on your computer, and Caveat leaves those alone. You can paste its text into the lens.",
    );
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return because("browser", "This is one of the browser's own pages. Open an article and press again.");
  }
  const host = url.hostname.replace(/\.$/, "");
  if (STORES.includes(host) || (host === "chrome.google.com" && url.pathname.startsWith("/webstore"))) {
    return because("store", "Browsers let no extension read their stores.");
  }
  if (url.origin === new URL(server).origin) {
    return because("server", "This is the Caveat server itself. The lens there reads any text you paste.");
  }
  if (isOnOwnMachine(host) ? !isLoopback(new URL(server).hostname) : isPrivate(host)) {
    return because(
      "private",
      "This address is inside a private network. What is written there is not sent anywhere.",
    );
  }
  if (MAIL.some(name => within(host, name))) {
    return because("letters", "This looks like somebody's letters. Caveat does not read those.");
  }
  if (MONEY.some(name => within(host, name)) || BANKING.test(host) || host.endsWith(".bank")) {
    return because("money", "This looks like a bank or a payment. Caveat does not read those.");
  }
  return null;
}

function because(reason: Refusal["reason"], message: string): Refusal {
  return { reason, message };
}

function within(host: string, name: string): boolean {
  return host === name || host.endsWith(`.${name}`);
}

/** A page of the reader's own machine may be read when the server is there too: nothing leaves it. */
function isOnOwnMachine(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127\./.test(host);
}

/** Addresses that mean nothing outside their network (RFC 1918, 3927, 4193, 6598, 6762 and names without a dot). */
function isPrivate(host: string): boolean {
  if (host.startsWith("[")) {
    const mapped = /^\[::ffff:([0-9a-f]+):([0-9a-f]+)\]$/.exec(host);
    if (mapped) {
      const high = Number.parseInt(mapped[1] as string, 16);
      const low = Number.parseInt(mapped[2] as string, 16);
      return isPrivateIPv4([high >> 8, high & 255, low >> 8, low & 255]);
    }
    return /^\[(::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/.test(host);
  }
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return isPrivateIPv4(host.split(".").map(Number));
  return !host.includes(".") || INTRANET.test(host);
}

function isPrivateIPv4([a = 0, b = 0]: readonly number[]): boolean {
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    (a === 100 && b >= 64 && b <= 127) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168)
  );
}
