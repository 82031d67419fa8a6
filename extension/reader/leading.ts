/**
 * Where the links of an article lead, for the server; but never where the page itself is.
 *
 * In: the page and a link's href. Out: an address, or null where it is none of the web. A link to the page
 * itself is only the place in it ("#note-1"); one that carries the page's address with it, as links to
 * share and to print do, is only the site it leads to.
 */
export function leading(document: Document): (href: string) => string | null {
  const canonical = document.querySelector("link[rel~=canonical]")?.getAttribute("href") ?? "";
  const pages = [document.URL, canonical].flatMap(address => web(address, document.baseURI) ?? []);
  return href => {
    const url = web(href, document.baseURI);
    if (!url) return null;
    if (pages.some(page => bare(page) === bare(url))) return url.hash;
    const words = decoded(url.href);
    const carries = pages.some(({ host, pathname, search }) => {
      return pathname.length > 1 && words.includes(decoded(host + pathname + search));
    });
    return carries ? url.origin : url.href;
  };
}

function web(address: string, base: string): URL | null {
  try {
    const url = new URL(address, base);
    return address && /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

function bare({ host, pathname, search }: URL): string {
  return host.replace(/^www\./, "") + pathname.replace(/\/$/, "") + search;
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
