/**
 * Pages that are never read, decided by their address alone, before anything of them is touched. It
 * holds for a press as for a site that is read without one.
 *
 * In: a page's address and the server's. Out: why it is refused, in the reader's words, or null. The URL
 * parser has brought the address into one spelling: lower case, punycode, numbers as dotted decimals.
 */
import { say } from "./catalogue";
import { isOnOwnMachine, isPrivate } from "./private-address";
import { isLoopback } from "./server";

// Letters, accounts and documents, not articles. Short lists of the most used, and only such names as
// leave no doubt; the rest is the reader's own judgement.
const LETTERS = [
  "mail.google.com",
  "chat.google.com",
  "messages.google.com",
  "outlook.live.com",
  "outlook.office.com",
  "outlook.office365.com",
  "outlook.cloud.microsoft",
  "teams.microsoft.com",
  "teams.live.com",
  "mail.yahoo.com",
  "mail.proton.me",
  "mail.aol.com",
  "mail.zoho.com",
  "app.fastmail.com",
  "mail.gmx.net",
  "mail.gmx.com",
  "navigator.gmx.net",
  "navigator.web.de",
  "email.t-online.de",
  "mail.yandex.com",
  "mail.yandex.ru",
  "e.mail.ru",
  "app.tuta.com",
  "mail.tutanota.com",
  "web.whatsapp.com",
  "web.telegram.org",
  "web.threema.ch",
  "app.slack.com",
  "www.messenger.com",
];
const LETTER_BOX = /^(webmail|owa|roundcube)\./;
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
  /(^|[.-])(online-?banking|e-?banking|home-?banking|net-?banking|internet-?banking|banking)([.-]|$)/;
const ACCOUNTS = [
  "accounts.google.com",
  "myaccount.google.com",
  "docs.google.com",
  "drive.google.com",
  "calendar.google.com",
  "photos.google.com",
  "login.microsoftonline.com",
  "login.live.com",
  "account.microsoft.com",
  "onedrive.live.com",
  "appleid.apple.com",
  "account.apple.com",
  "www.icloud.com",
  "accounts.firefox.com",
  "login.gov",
  "id.me",
  "signin.account.gov.uk",
  "www.elster.de",
  "id.bund.de",
  "www.nhsapp.service.nhs.uk",
];
/** Where one signs in, and patients' portals. */
const SIGN_IN = /^(login|signin|sso|auth|accounts?|(my)?account)\.|(^|[.-])(mychart|patient-?portal)([.-]|$)/;
const STORES = [
  "chromewebstore.google.com",
  "addons.mozilla.org",
  "discovery.addons.mozilla.org",
  "microsoftedge.microsoft.com",
  "addons.opera.com",
];

export interface Refusal {
  readonly reason: "browser" | "store" | "file" | "server" | "private" | "letters" | "money" | "account";
  readonly message: string;
}

export function refusal(address: string | undefined, server: string): Refusal | null {
  const reason = reasonFor(address, server);
  return reason && { reason, message: say(`refused_${reason}`) };
}

function reasonFor(address: string | undefined, server: string): Refusal["reason"] | null {
  let url: URL;
  try {
    url = new URL(address ?? "");
  } catch {
    return "browser";
  }
  if (url.protocol === "file:") return "file";
  if (url.protocol !== "http:" && url.protocol !== "https:") return "browser";
  const host = url.hostname.replace(/\.+$/, "");
  if (STORES.includes(host) || (host === "chrome.google.com" && url.pathname.startsWith("/webstore"))) {
    return "store";
  }
  const own = new URL(server);
  if (isOf(own, url)) return "server";
  if (isOnOwnMachine(host) ? !isLoopback(own.hostname) : isPrivate(host)) return "private";
  if (LETTERS.some(name => within(host, name)) || LETTER_BOX.test(host)) return "letters";
  if (MONEY.some(name => within(host, name)) || BANKING.test(host) || host.endsWith(".bank")) return "money";
  if (ACCOUNTS.some(name => within(host, name)) || SIGN_IN.test(host)) return "account";
  return null;
}

/** Is this one of the server's own pages? "localhost" and 127.0.0.1 are the same machine. */
function isOf(server: URL, url: URL): boolean {
  const isSameHost =
    url.hostname === server.hostname || (isOnOwnMachine(url.hostname) && isLoopback(server.hostname));
  const path = server.pathname.replace(/\/*$/, "/");
  return isSameHost && url.port === server.port && `${url.pathname}/`.startsWith(path);
}

function within(host: string, name: string): boolean {
  return host === name || host.endsWith(`.${name}`);
}
