/** A page's style rules do not apply in a shadow root, and a strict policy forbids neither way in. */
export function dress(root: ShadowRoot, rules: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    root.adoptedStyleSheets = [sheet];
    if (root.adoptedStyleSheets.length === 1) return;
  } catch {
    // Firefox does not let a content script's sheet into the page's tree.
  }
  const style = document.createElement("style");
  style.textContent = rules;
  root.append(style);
}
