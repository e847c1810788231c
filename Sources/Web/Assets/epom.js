// Small helps; every page works without them.

// A form is sent once, however often the button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  const button = event.submitter;
  if (button) button.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// After a refusal the summary takes the focus.
document.querySelector("[data-summary]")?.focus();

// "/" goes to the search; "g" and a letter to a room of the office.
let wantsRoom = false;
document.addEventListener("keydown", (event) => {
  const inField = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (inField || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    const search = document.querySelector("input[type=search]");
    if (search) { event.preventDefault(); search.focus(); }
  } else if (wantsRoom) {
    document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
  }
  wantsRoom = event.key === "g";
});

// Printing is offered only where it can be done.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// An answer that rules other questions brings them at once.
for (const group of document.querySelectorAll("[data-rules]")) {
  const button = group.querySelector("[data-refresh] button");
  if (!button) continue;
  button.parentElement.hidden = true;
  group.addEventListener("change", () => {
    sessionStorage.setItem("place", scrollY);
    group.closest("form").requestSubmit(button);
  });
}
const place = sessionStorage.getItem("place");
if (place) { sessionStorage.removeItem("place"); scrollTo(0, Number(place)); }
