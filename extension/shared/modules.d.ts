// A style sheet imported as text: the build and vitest both know `?raw`.
declare module "*.css?raw" {
  const css: string;
  export default css;
}
