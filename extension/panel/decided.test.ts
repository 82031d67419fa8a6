import { expect, it } from "vitest";
import { STATUSES, type Status } from "../shared/community";
import { listed, overview, reading } from "../shared/specimen";
import { decided } from "./decided";

const by = (status: Status, mine: boolean) =>
  listed(`${status} ${mine}`, { people: { author: "heron", status, reason: "", mine, appeal: null } });

it("what leaves the browser is the machine's notes and those that every reader is shown", () => {
  const notes = [listed("n1"), ...STATUSES.flatMap(status => [by(status, true), by(status, false)])];
  const kept = decided(overview({ reading: reading({ notes }) }));
  expect(kept.overview.reading.notes.map(({ id }) => id)).toEqual([
    "n1",
    "helpful true",
    "helpful false",
    "settled true",
    "settled false",
  ]);
  expect(kept.leftOut).toBe(10);
});
