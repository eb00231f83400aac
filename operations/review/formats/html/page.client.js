const items = [...document.querySelectorAll("[data-stack]")];
const groups = document.querySelectorAll("[data-group]");
const [text, stack, severity, matches] = ["text", "stack", "severity", "matches"].map((id) =>
  document.getElementById(id),
);
const severities = ["", "caution", "danger"];
let texts;

function filter() {
  // Read once: asked for at every key, it would be most of the work.
  texts ??= items.map((item) => item.textContent.toLowerCase());
  const words = text.value.toLowerCase().split(/\s+/);
  const least = severities.indexOf(severity.value);
  let count = 0;
  for (const [place, item] of items.entries()) {
    const matching =
      (stack.value === "" || item.dataset.stack === stack.value) &&
      severities.indexOf(item.dataset.severity ?? "") >= least &&
      words.every((word) => texts[place].includes(word));
    item.hidden = !matching;
    count += Number(matching);
  }
  for (const group of groups) {
    group.hidden = group.querySelector("[data-stack]:not([hidden])") === null;
  }
  const shown = count === 0 ? "Nothing matches" : `${count} of ${items.length} shown`;
  matches.textContent = count === items.length ? `All ${count} shown` : shown;
}

function foldAll(open) {
  for (const details of document.querySelectorAll("details")) {
    details.open = open;
  }
}

/** Shows what the address bar names: a change by its element's id, or by its address alone. */
function reveal() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = document.getElementById(id) ?? items.find(({ dataset }) => dataset.address === id);
  if (!target) {
    return;
  }
  if (target.closest("[hidden]")) {
    for (const control of [text, stack, severity]) {
      control.value = "";
    }
    filter();
  }
  const details = target.closest("details");
  if (details) {
    details.open = true;
  }
  target.scrollIntoView();
  // What comes into sight by that takes its real size and pushes the target away; and a browser that opens a link takes the focus.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      target.scrollIntoView();
      (target.querySelector("summary") ?? target).focus({ preventScroll: true });
    }),
  );
}

if (items.length > 0) {
  for (const control of [text, stack, severity]) {
    control.addEventListener("input", filter);
  }
  document.getElementById("unfold").addEventListener("click", () => foldAll(true));
  document.getElementById("fold").addEventListener("click", () => foldAll(false));
  addEventListener("hashchange", reveal);
  // The same link again changes no hash.
  addEventListener("click", ({ target }) => target.closest("a")?.hash === location.hash && reveal());
  filter();
  reveal();
}
