// The application behind hydrated.html: Preact takes over what the server has rendered, and says in the
// console where the two differ. A test calls `wake`, and `anew`, which builds every node again.
import "preact/debug";
import { h, hydrate } from "preact";
import { useState } from "preact/hooks";

const toll =
  "The toll on the Harrow bridge will fall to £2 in June, from £3 now, Petra Vance, who chairs the harbour board, said on Monday. The board has counted 1,200 crossings a day since the winter, a third more than in the year before.";
const experts = [
  "Many experts say that tolls keep visitors away. A senior official, ",
  h("em", null, "who asked not to be named"),
  ", said that the shops on the quay had asked for the change. Critics have warned that the bridge could need repairs within ten years, and that nobody has put money aside for them.",
];
const committee =
  "The so-called toll committee has met twice. Its report, which was promised for February, has not been published. Residents who spoke to the Gazette said that they would use the bridge more often if the toll fell, and that the queue at the booths was what bothered them most.";

function Story() {
  const [edition, setEdition] = useState(0);
  const [applause, setApplause] = useState(0);
  window.anew = () => setEdition(edition + 1);
  return h("main", null, [
    h("article", { key: edition }, [
      h("h1", null, "Bridge toll to fall in June"),
      h("p", null, toll),
      h("p", null, ...experts),
      h("p", null, committee),
    ]),
    h("button", { type: "button", onClick: () => setApplause(applause + 1) }, `Applaud: ${applause}`),
  ]);
}

window.wake = () => hydrate(h(Story), document.querySelector("#app"));
