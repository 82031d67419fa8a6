// A style sheet imported as text: the build and vitest both know `?raw`.
declare module "*.css?raw" {
  const css: string;
  export default css;
}

// The address of the default server and the extension's version, written in by the build.
declare const CAVEAT_VERSION: string;
