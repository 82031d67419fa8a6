/**
 * Puts a text on the clipboard, from within a press.
 *
 * Where the page has no https, or forbids it, the browser has no clipboard for us: then a field of our own in
 * the shadow root is selected and copied, and the focus goes back to where it was. Says whether it worked.
 */
export async function copy(text: string, root: ShadowRoot): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedFromField(text, root);
  }
}

function copiedFromField(text: string, root: ShadowRoot): boolean {
  const focused = root.activeElement;
  const field = document.createElement("textarea");
  field.className = "copied";
  field.value = text;
  field.readOnly = true;
  field.spellcheck = false; // a browser may fetch a dictionary for a field
  // A page that listens to copying could put something else in the clipboard.
  field.addEventListener("copy", event => {
    event.preventDefault();
    event.clipboardData?.setData("text/plain", text);
  });
  root.append(field);
  field.focus({ preventScroll: true });
  field.select();
  try {
    return document.execCommand("copy");
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}
