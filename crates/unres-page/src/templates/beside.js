"use strict";
// Lights up the lines of an entry, and the entries of a line, while the pointer or the focus is on one of them.
let lit = [];
const names = (element, key) => (element.dataset[key] || "").split(" ").filter(Boolean);
function light(element) {
  for (const other of lit) other.classList.remove("lit");
  const lines = names(element, "lines").map((line) => document.getElementById("l" + line));
  const entries = names(element, "entries").map((entry) => document.getElementById(entry));
  lit = [element, ...lines, ...entries];
  for (const other of lit) other.classList.add("lit");
  const shown = lines[0] || entries[0];
  if (shown) shown.scrollIntoView({ block: "nearest" });
}
for (const event of ["mouseover", "focusin"]) {
  document.addEventListener(event, ({ target }) => {
    const element = target.closest("[data-lines], [data-entries]");
    if (element) light(element);
  });
}
