// A style sheet imported as text: the build and vitest both know `?raw`.
declare module "*.css?raw" {
  const css: string;
  export default css;
}

// Readability with pauses, made by readability.mjs for the build and vitest alike.
declare module "readability-in-pieces" {
  import type { Readability as Whole } from "@mozilla/readability";

  type Parsed<T> = ReturnType<Whole<T>["parse"]>;
  export class Readability<T> {
    constructor(document: Document, options: ConstructorParameters<typeof Whole<T>>[1]);
    parse(): Generator<void, Parsed<T>>;
  }
}

// What vitest.config.ts asks of it.
declare module "*/readability.mjs" {
  export const forVite: import("vitest/config").Plugin;
}
