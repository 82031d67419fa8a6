import fc from "fast-check";
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
  ["blob:https://news.example/1c2b", "browser"],
  ["javascript:alert(1)", "browser"],
  ["devtools://devtools/bundled/inspector.html", "browser"],
  ["chrome-extension://abcdefgh/popup.html", "browser"],
  ["view-source:http://127.0.0.1:5000/", "browser"],
  ["file:///home/a/letter.html", "file"],
  ["https://chromewebstore.google.com/detail/x", "store"],
  ["https://chrome.google.com/webstore/category/extensions", "store"],
  ["https://addons.mozilla.org/en-US/firefox/", "store"],
  ["https://addons.mozilla.org./en-US/firefox/", "store"],
  ["https://microsoftedge.microsoft.com/addons/detail/x", "store"],
  ["https://addons.opera.com/en/", "store"],
  ["http://127.0.0.1:5000/lens/", "server"],
  ["http://localhost:5000/lens/", "server"], // the same machine by its other name
  ["http://10.0.0.7/", "private"],
  ["http://172.16.0.1/", "private"],
  ["http://172.31.255.1/", "private"],
  ["http://192.168.1.20/router", "private"],
  ["http://169.254.1.1/", "private"],
  ["http://100.64.0.1/", "private"],
  ["http://0x0a000001/", "private"], // 10.0.0.1 in another spelling; the URL parser knows
  ["http://167772161/", "private"], // 10.0.0.1 as one number
  ["http://012.0.0.1/", "private"], // in octal
  ["http://10.1/", "private"],
  ["http://0.0.0.0/", "private"],
  ["http://192.0.0.8/", "private"],
  ["http://198.18.0.1/", "private"],
  ["http://239.1.1.1/", "private"],
  ["http://255.255.255.255/", "private"],
  ["http://[::]/", "private"],
  ["http://[fc12:3456::1]/", "private"],
  ["http://[febf::1]/", "private"],
  ["http://[fec0::1]/", "private"],
  ["http://[ff02::1]/", "private"],
  ["http://[::10.0.0.1]/", "private"],
  ["http://[::ffff:10.0.0.1]/", "private"],
  ["http://[::ffff:7f00:1]/", "private"],
  ["http://[64:ff9b::192.168.1.1]/", "private"],
  ["http://[2002:c0a8:101::1]/", "private"],
  ["http://[0:0:0:0:0:0:0:2]/", "private"],
  ["http://[fd00::1]/", "private"],
  ["http://[fe80::1]/", "private"],
  ["http://[::ffff:192.168.1.1]/", "private"],
  ["http://intranet/news", "private"],
  ["http://wiki.corp/", "private"],
  ["http://printer.local/", "private"],
  ["http://printer.local./", "private"],
  ["http://nas.home.arpa/", "private"],
  ["http://printer.local../", "private"],
  ["http://PRINTER.LAN/", "private"],
  ["http://ｐｒｉｎｔｅｒ．ｌｏｃａｌ/", "private"], // full-width letters
  ["http://db.internal:8080/", "private"],
  ["http://fritz.box/", "private"],
  ["http://xn--rger-koa/", "private"], // ärger, a name without a dot
  ["https://mail.google.com/mail/u/0/", "letters"],
  ["https://outlook.office.com/mail/", "letters"],
  ["https://web.whatsapp.com/", "letters"],
  ["https://MAIL.google.com./", "letters"],
  ["https://ｍａｉｌ.google.com/", "letters"],
  ["https://reader@mail.google.com/", "letters"],
  ["https://webmail.harrow.example/", "letters"],
  ["https://app.slack.com/client/", "letters"],
  ["https://teams.microsoft.com/v2/", "letters"],
  ["https://login.gov/", "account"],
  ["https://secure.login.gov/", "account"],
  ["https://accounts.google.com/signin", "account"],
  ["https://docs.google.com/document/d/1", "account"],
  ["https://login.harrow.example/", "account"],
  ["https://sso.harrow.example/", "account"],
  ["https://mychart.clinic.example/", "account"],
  ["https://clinic-patientportal.example/", "account"],
  ["https://www.elster.de/eportal/", "account"],
  ["https://www.paypal.com/myaccount", "money"],
  ["https://meine.homebanking.example/", "money"],
  ["https://e-banking.harrow.example/", "money"],
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
  "https://[64:ff9b::1.1.1.1]/",
  "https://[2002:808:808::1]/",
  "https://[::ffff:8.8.8.8]/",
  "https://xn--sddeutsche-9db.example/artikel",
  "https://news.example./2026/",
  "https://mail.google.com@news.example/",
  "https://www.dailymail.example/",
  "https://www.localnews.example/",
  "https://authors.example/",
  "https://loginnews.example/accounts-of-the-war",
  "https://support.mozilla.org.example/",
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

  it("a server in a folder of a site leaves the rest of the site to be read", () => {
    const server = "https://news.example/caveat";
    expect(refusal("https://news.example/caveat/lens/", server)?.reason).toBe("server");
    expect(refusal("https://news.example/caveat", server)?.reason).toBe("server");
    expect(refusal("https://news.example/caveats-of-the-week", server)).toBeNull();
  });

  it("any address of 10.0.0.0/8 is private, however it is written", () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(byte, byte, byte, (b, c, d) => {
        const number = ((10 * 256 + b) * 256 + c) * 256 + d;
        const hex = number.toString(16).padStart(8, "0");
        for (const host of [
          `10.${b}.${c}.${d}`,
          String(number),
          `0x${hex}`,
          `[::ffff:${hex.slice(0, 4)}:${hex.slice(4)}]`,
          `[::ffff:10.${b}.${c}.${d}]`,
        ])
          expect(refusal(`http://${host}/`, OWN)?.reason).toBe("private");
      }),
    );
  });
});
