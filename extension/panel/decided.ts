/**
 * What of a reading may leave the browser: without people's notes that are not shown to every reader.
 *
 * Out: the reading without them, and how many they were. Whoever takes part sees their own notes and those
 * that wait for ratings as well; in a file or on a sheet those would look like notes that were found helpful.
 */
import type { Listed, Overview } from "../shared/messages";

export function decided(overview: Overview): { readonly overview: Overview; readonly leftOut: number } {
  const { reading } = overview;
  const notes = reading.notes.filter(isDecided);
  return {
    overview: { ...overview, reading: { ...reading, notes } },
    leftOut: reading.notes.length - notes.length,
  };
}

function isDecided({ people }: Listed): boolean {
  return !people || people.status === "helpful" || people.status === "settled";
}
