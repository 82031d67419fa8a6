// Single-letter shortcuts for the desk (WCAG 2.1.4): a key presses what has it as data-key, and nothing else.
// They can be switched off, never fire while somebody types, and without this script the desk works the same.
"use strict";

const SWITCH = "caveat-desk-keys";
const IN_FIELDS = "input, select, textarea, [contenteditable]";
const root = document.documentElement;
const toggle = document.querySelector("[data-keys-toggle]");
const said = document.querySelector("[data-keys-said]");

function remembered() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true; // a browser that keeps nothing
  }
}

function set(isOn) {
  root.dataset.keys = isOn ? "on" : "off";
  toggle.textContent = isOn ? "Switch shortcuts off" : "Switch shortcuts on";
  for (const element of document.querySelectorAll("[data-key]")) {
    if (isOn) element.setAttribute("aria-keyshortcuts", element.dataset.key);
    else element.removeAttribute("aria-keyshortcuts");
  }
}

toggle.hidden = false;
set(remembered());

toggle.addEventListener("click", () => {
  const isOn = root.dataset.keys !== "on";
  set(isOn);
  said.textContent = isOn ? "Shortcuts are on." : "Shortcuts are off.";
  try {
    localStorage.setItem(SWITCH, isOn ? "on" : "off");
  } catch {
    // then they are as before on the next page
  }
});

document.addEventListener("keydown", event => {
  const { key, target } = event;
  if (root.dataset.keys !== "on" || event.repeat || event.isComposing || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest?.(IN_FIELDS)) return;
  const wanted = [...document.querySelectorAll("[data-key]")].find(element => element.dataset.key === key);
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
});
