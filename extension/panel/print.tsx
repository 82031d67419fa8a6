/**
 * The print sheet's page: asks the tab its address names for its notes, once, and keeps them on the sheet.
 */
import { render } from "preact";
import { page } from "../shared/page";
import { connect } from "./connection";
import { decided } from "./decided";
import { Gone, Sheet } from "./sheet";

page("panel_print");
const asked = new URLSearchParams(location.search);
const hangUp = connect(Number(asked.get("tab")), message => {
  if (message?.kind === "opened") return;
  const overview = message?.overview ? decided(message.overview).overview : null;
  if (overview) document.title = overview.title;
  render(
    overview ? <Sheet overview={overview} address={asked.has("address")} print={() => print()} /> : <Gone />,
    document.body,
  );
  if (message) hangUp();
});
