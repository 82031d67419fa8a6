/**
 * Time that looking for words that changed may take at one look at a page, in milliseconds of work,
 * pauses not counted. What is not found when it is used up is lost for now; the next look, when the
 * page has changed again, begins with it.
 *
 * 200 notes whose words have all changed take 40-130 ms in an article of 10,000 words
 * (`npm run -s anchor:speed`), four times as much on a slow machine.
 */
export const BUDGET = 500;
