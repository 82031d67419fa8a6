import { describe, expect, it } from "vitest";
import { serverAddress } from "./server";

const TAKEN: [typed: string, address: string][] = [
  ["http://127.0.0.1:5000", "http://127.0.0.1:5000"],
  [" http://127.0.0.1:5000/ ", "http://127.0.0.1:5000"],
  ["localhost:8080", "http://localhost:8080"],
  ["127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["caveat.example", "https://caveat.example"],
  ["HTTPS://Caveat.Example/", "https://caveat.example"],
  ["https://example.org/caveat/", "https://example.org/caveat"],
  ["https://example.org/?a=b#c", "https://example.org"],
];

const FAULTS: [typed: string, says: RegExp][] = [
  ["", /Type the server’s address/],
  ["   ", /Type the server’s address/],
  ["http://caveat.example", /needs https/],
  ["http://192.168.1.4:5000", /needs https/],
  ["ftp://caveat.example", /must begin with https/],
  ["https://a:b@caveat.example", /name and password/],
  ["https://", /not an address/],
  ["a b c", /not an address/],
];

describe("the server's address", () => {
  it.each(TAKEN)("%s is %s", (typed, address) => {
    expect(serverAddress(typed)).toEqual({ address });
  });

  it.each(FAULTS)("%j is refused with a reason", (typed, says) => {
    expect(serverAddress(typed)).toEqual({ fault: expect.stringMatching(says) });
  });
});
