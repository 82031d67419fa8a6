/** A draft as readers will see it, once people who usually disagree find it helpful. */

import type { Words } from "../shared/community";
import type { Draft } from "../shared/drafts";
import { webAddress } from "../shared/stranger";

export function preview({ id, page, target, signal, body, sources }: Draft, author: string): Words {
  return {
    id,
    page: { digest: "", url: page.url, title: page.title },
    quote: target,
    start: target.start,
    signal,
    body: body.trim(),
    sources: sources.flatMap(({ url, title }) => {
      const address = webAddress(url.trim());
      return address ? [{ url: address, title: title.trim() }] : [];
    }),
    author,
    status: "helpful",
    created: "",
    revision: 0,
    reason: "",
    correction: null,
    mine: true,
    rating: null,
    standing: null,
    mayRate: false,
    address: "",
    appeal: null,
  };
}
