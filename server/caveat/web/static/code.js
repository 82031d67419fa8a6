// A code that came behind the # of a link: browsers send that part to nobody. It goes into the form and out of
// the address bar. Without this script, or with a link that was cut off, a person pastes it.
"use strict";

const field = document.querySelector("#invitation");

function take() {
  const code = location.hash.slice(1);
  if (!/^[0-9A-Za-z-]{20,40}$/.test(code)) return;
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
  document.querySelector("#alias, #password").focus();
}

take();
addEventListener("hashchange", take); // another link, while the form is open
