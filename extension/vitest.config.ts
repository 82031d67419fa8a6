import { defineConfig } from "vitest/config";
import { forVite } from "./readability.mjs";

export default defineConfig({
  plugins: [forVite],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  server: { fs: { allow: [".."] } }, // tokens.css lives with the server
  test: {
    environment: "happy-dom",
    css: true,
    testTimeout: 60_000, // properties on a busy machine: no test is held to a clock
    include: ["**/*.test.{ts,tsx}"],
    exclude: ["node_modules", "dist"],
  },
});
