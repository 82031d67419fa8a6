/**
 * What a volunteer asked for, done at the server, and the answer in the shape that `Outcomes` promises.
 *
 * Nothing here is kept. In a private window nothing is done in anybody's name.
 */

import { ask, Unanswered } from "../shared/ask";
import { say } from "../shared/catalogue";
import { parseAnnotation, parseAnnotations, parseMe } from "../shared/community";
import { type Errand, FROM_PAGES, type Outcomes, type Reply } from "../shared/errands";
import { settings } from "../shared/settings";
import { connect, disconnect, Unconnected } from "./account";
import { begin } from "./beginning";
import { call, Refusal } from "./call";
import { send } from "./sending";

type Doing = { [Name in Errand["do"]]: (errand: Extract<Errand, { do: Name }>) => Promise<Outcomes[Name]> };

const DOING: Doing = {
  async connect() {
    await connect((await settings(chrome.storage.local)).server);
    return null;
  },
  async disconnect() {
    await disconnect();
    return null;
  },
  async me() {
    const me = parseMe(await call({ method: "GET", path: "/me" }));
    if (!me) throw new Refusal("unwell", say("fault_unwell"));
    return me;
  },
  async queue() {
    return parseAnnotations(await call({ method: "GET", path: "/queue" }));
  },
  async rate({ id, revision, verdict, reasons }) {
    const body = { verdict, reasons };
    return parseAnnotation(await call({ method: "PUT", path: `${of(id)}/rating`, body, revision }));
  },
  async unrate({ id, revision }) {
    await call({ method: "DELETE", path: `${of(id)}/rating`, revision });
    return null;
  },
  async report({ id, kind, words }) {
    const body = { kind, words };
    await call({ method: "POST", path: `${of(id)}/reports`, body, withoutAccount: true });
    return null;
  },
  send({ draft, anyway }) {
    return send(draft, anyway);
  },
  begin({ tab }) {
    return begin(tab);
  },
  async check({ words }) {
    const { server } = await settings(chrome.storage.local);
    const article = { text: words, context: {} };
    const { analysis } = await ask(server, article, (address, init) => fetch(address, init));
    return analysis.notes
      .filter(({ signal }) => signal.family === "wording")
      .map(({ signal, quote, message }) => ({ name: signal.name, words: quote.exact, message }));
  },
  async withdraw({ id, revision }) {
    return parseAnnotation(await call({ method: "POST", path: `${of(id)}/withdraw`, body: {}, revision }));
  },
  async edit({ id, revision, body, sources }) {
    const changed = { body, sources };
    return parseAnnotation(await call({ method: "PATCH", path: of(id), body: changed, revision }));
  },
  async settle({ id, revision, correction }) {
    const body = { correction };
    return parseAnnotation(await call({ method: "POST", path: `${of(id)}/settle`, body, revision }));
  },
};

function of(id: string): string {
  return `/annotations/${encodeURIComponent(id)}`;
}

/** Who asks: one of our own pages, or a card in a page. */
export async function run(errand: Errand, sender: chrome.runtime.MessageSender): Promise<Reply<unknown>> {
  const isOurs = sender.url?.startsWith(chrome.runtime.getURL("")) ?? false;
  if (!isOurs && !FROM_PAGES.includes(errand.do)) return failed("refused", say("fault_nobody"));
  if (sender.tab?.incognito && errand.do !== "report") return failed("refused", say("fault_private"));
  try {
    const act = DOING[errand.do] as (errand: Errand) => Promise<unknown>;
    return { done: await act(errand) };
  } catch (error) {
    if (error instanceof Refusal) return { fault: error.fault };
    if (error instanceof Unanswered) return failed("unwell", error.problem.message);
    if (error instanceof Unconnected) return failed("unconnected", error.message);
    return failed("unwell", say("fault_unwell"));
  }
}

function failed(reason: "refused" | "unconnected" | "unwell", message: string): Reply<never> {
  return { fault: { reason, message, similar: [] } };
}
