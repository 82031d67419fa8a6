import { describe, expect, it } from "vitest";
import { refusal } from "./refused";

const OWN = "http://127.0.0.1:5000";
const FAR = "https://caveat.example";

const REFUSED: [address: string | undefined, reason: string][] = [
  [undefined, "browser"],
  ["", "browser"],
  ["about:blank", "browser"],
  ["chrome://settings/", "browser"],
  ["edge://newtab/", "browser"],
  ["view-source:https://news.example/", "browser"],
  ["moz-extension://7c0f3b8e/options.html", "browser"],
  ["data:text/html,<p>hello", "browser"],
  ["file:///home/a/letter.html", "file"],
  ["https://chromewebstore.google.com/detail/x", "store"],
  ["https://chrome.google.com/webstore/category/extensions", "store"],
  ["https://addons.mozilla.org/en-US/firefox/", "store"],
  ["http://127.0.0.1:5000/lens/", "server"],
  ["http://10.0.0.7/", "private"],
  ["http://172.16.0.1/", "private"],
  ["http://172.31.255.1/", "private"],
  ["http://192.168.1.20/router", "private"],
  ["http://169.254.1.1/", "private"],
  ["http://100.64.0.1/", "private"],
  ["http://0x0a000001/", "private"], // 10.0.0.1 in another spelling; the URL parser knows
  ["http://[fd00::1]/", "private"],
  ["http://[fe80::1]/", "private"],
  ["http://[::ffff:192.168.1.1]/", "private"],
  ["http://intranet/news", "private"],
  ["http://wiki.corp/", "private"],
  ["http://printer.local/", "private"],
  ["http://printer.local./", "private"],
  ["http://nas.home.arpa/", "private"],
  ["https://mail.google.com/mail/u/0/", "letters"],
  ["https://outlook.office.com/mail/", "letters"],
  ["https://web.whatsapp.com/", "letters"],
  ["https://www.paypal.com/myaccount", "money"],
  ["https://onlinebanking.bank.example/", "money"],
  ["https://banking.harrow.example/", "money"],
  ["https://www.first.bank/", "money"],
];

const READ = [
  "https://news.example/2026/05/ferry",
  "http://news.example/",
  "https://www.google.com/search?q=x",
  "https://172.32.0.1/",
  "https://11.0.0.1/",
  "https://[2606:4700::1111]/",
  "https://www.bankrate.example/what-banks-do",
  "https://news.example/online-banking-explained",
  "http://localhost:8000/article.html",
  "http://127.0.0.1:8000/article.html",
];

describe("pages that are never read", () => {
  it.each(REFUSED)("%s: %s", (address, reason) => {
    const refused = refusal(address, OWN);
    expect(refused?.reason).toBe(reason);
    expect(refused?.message.length).toBeGreaterThan(20);
  });

  it.each(READ)("may be read: %s", address => {
    expect(refusal(address, OWN)).toBeNull();
  });

  it.each(["http://localhost:8000/a", "http://127.0.0.1/", "http://[::1]/"])(
    "own machine's %s never leaves it",
    address => {
      expect(refusal(address, FAR)?.reason).toBe("private");
    },
  );
});
