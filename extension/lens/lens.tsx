/**
 * The lens: the same marks and cards without an extension. Paste a text, read it with a margin.
 *
 * It asks the server it came from and nobody else; what is pasted lives in this page until it is
 * closed or cleared.
 */
import { render } from "preact";
import type { Article } from "../shared/article";
import { ask, Unanswered } from "../shared/ask";
import { parseArticle } from "./sample";
import { type Actions, Lens, type State } from "./view";

const server = location.origin;
const root = document.getElementById("lens") as HTMLElement;
let state: State = { kind: "empty", text: "" };

const actions: Actions = {
  read: article => void read(article),
  sample: () => void sample(),
  edit: text => show({ kind: "empty", text }),
};
show(state);

async function read(article: Article): Promise<void> {
  if (state.kind === "reading") return;
  if (!article.text.trim())
    return show({ kind: "empty", text: "", fault: "Paste a text first, a few sentences or more." });
  show({ kind: "reading", article });
  try {
    const answer = await ask(server, article, (address, init) => fetch(address, init));
    show({ kind: "read", article, answer });
    window.scrollTo({ top: 0, behavior: "instant" });
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    show({ kind: "problem", article, problem: error.problem });
  }
}

/** An article written for Caveat, so that there is something to read at once. */
async function sample(): Promise<void> {
  try {
    const answer = await fetch("/lens/sample.json", { credentials: "omit" });
    await read(parseArticle(await answer.json()));
  } catch {
    show({
      kind: "empty",
      text: "",
      fault: "The sample article could not be fetched. Is the server still running?",
    });
  }
}

function show(next: State): void {
  state = next;
  document.title =
    next.kind === "read" && next.article.context.title
      ? `${next.article.context.title} · Caveat lens`
      : "Caveat lens";
  render(<Lens state={state} server={server} actions={actions} />, root);
}
