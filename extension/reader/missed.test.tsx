import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, it } from "vitest";
import { Missed } from "./missed";

it("a line that people's notes did not come is heard once, asks again, and says that they came", async () => {
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  const asked: (() => void)[] = [];
  const again = () => new Promise<void>(done => asked.push(done));
  const draw = (isMissed: boolean) => act(() => render(<Missed again={isMissed ? again : null} />, root));
  const line = () => root.querySelector("[role=status]");
  draw(false);
  const region = line();
  expect(region?.textContent).toBe("");
  draw(true);
  expect(line()).toBe(region);
  expect(region?.textContent).toBe("People’s notes could not be fetched.");
  const press = () => act(async () => root.querySelector("button")?.click());
  // Its answer, and what is drawn of it.
  const answer = () =>
    act(async () => {
      asked.shift()?.();
      await new Promise(done => setTimeout(done));
    });
  await press();
  await press();
  expect(asked).toHaveLength(1);
  expect(region?.textContent).toBe("Asking again …");
  await answer();
  expect(region?.textContent).toBe("People’s notes could not be fetched.");
  await press();
  draw(false);
  await answer();
  expect(region?.textContent).toBe("People’s notes are here now.");
  expect(document.activeElement).toBe(region);
});
