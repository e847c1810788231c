// Small helps; every page works without them.

// A form is sent once, however often the button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.submitter?.formTarget === "_blank") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  const button = event.submitter;
  if (button) button.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// A role brings its usual function along, until somebody types another.
const usual = [...document.querySelectorAll("input[data-function]")];
for (const box of usual) {
  box.addEventListener("change", () => {
    const field = box.form.elements.functionTitle;
    if (field.value && !usual.some((one) => one.dataset.function === field.value)) return;
    field.value = usual.find((one) => one.checked)?.dataset.function ?? "";
  });
}

// After a refusal the summary takes the focus.
document.querySelector("[data-summary]")?.focus();

// Keys of the office: "/" to the search, "g" and a letter to a room, "j" and "k" along a list, "?" says them all.
const lines = () => [...document.querySelectorAll("[data-list] tbody tr, [data-list] > li")]
  .filter((line) => line.querySelector("a"));
const step = (way) => {
  const all = lines();
  if (!all.length) return;
  const now = all.findIndex((line) => line.classList.contains("at"));
  const next = all[Math.min(Math.max(now + way, 0), all.length - 1)];
  all[now]?.classList.remove("at");
  next.classList.add("at");
  next.querySelector("a").focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
};
// A single key may be pressed by chance or by a spoken word: who does not want it switches it off for good.
const keysOn = () => localStorage.getItem("keys") !== "off";
const showKeys = () => {
  const known = document.querySelector("dialog.keys");
  if (known) { known.showModal(); return; }
  const dialog = document.createElement("dialog");
  dialog.className = "keys";
  dialog.setAttribute("aria-label", "Klávesové zkratky");
  const title = document.createElement("h2");
  title.textContent = "Klávesové zkratky";
  const list = document.createElement("dl");
  const rooms = [...document.querySelectorAll("[data-key]")]
    .map((link) => [`g ${link.dataset.key}`, link.textContent.trim()]);
  const search = document.querySelector("input[type=search]") ? [["/", "hledat"]] : [];
  const along = lines().length
    ? [["j", "další řádek"], ["k", "předchozí řádek"], ["Enter", "otevřít řádek"]] : [];
  const keys = [...search, ...along, ...rooms, ["?", "tato nápověda"], ["Esc", "zavřít"]];
  for (const [key, what] of keys) {
    const name = document.createElement("dt");
    for (const part of key.split(" ")) {
      const cap = document.createElement("kbd");
      cap.textContent = part;
      name.append(cap, " ");
    }
    const text = document.createElement("dd");
    text.textContent = what;
    list.append(name, text);
  }
  const choice = document.createElement("label");
  choice.className = "choice";
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = keysOn();
  box.addEventListener("change", () => localStorage.setItem("keys", box.checked ? "on" : "off"));
  choice.append(box, " Zkratky jednou klávesou jsou zapnuté");
  const close = document.createElement("form");
  close.method = "dialog";
  close.className = "actions";
  const button = document.createElement("button");
  button.className = "button quiet";
  button.textContent = "Zavřít";
  close.append(button);
  dialog.append(title, choice, list, close);
  document.body.append(dialog);
  dialog.showModal();
};
let wantsRoom = false;
document.addEventListener("keydown", (event) => {
  if (!keysOn()) return;
  const inField = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (inField || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "/") {
    const search = document.querySelector("input[type=search]");
    if (search) { event.preventDefault(); search.focus(); }
  } else if (wantsRoom) {
    document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
  } else if (document.querySelector(".office")) {
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
    if (event.key === "?") { event.preventDefault(); showKeys(); }
  }
  wantsRoom = event.key === "g" && !wantsRoom;
});
for (const button of document.querySelectorAll("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", showKeys);
}
for (const tab of document.querySelectorAll("[data-tab]")) {
  if (tab.pathname === location.pathname) tab.setAttribute("aria-current", "page");
}

// Printing is offered only where it can be done.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// What to write follows what is chosen.
for (const hint of document.querySelectorAll("[data-asked-by]")) {
  const choice = document.getElementById(hint.dataset.askedBy);
  const ask = () => { hint.textContent = choice.selectedOptions[0]?.dataset.ask ?? hint.textContent; };
  choice.addEventListener("change", ask);
  ask();
}

// The kind of a letter brings its pattern at once, and the next input keeps the focus.
for (const group of document.querySelectorAll("[data-rules=vzor]")) {
  const button = group.querySelector("[data-refresh] button");
  button.parentElement.hidden = true;
  group.addEventListener("change", () => {
    setTimeout(() => {
      sessionStorage.setItem("place", scrollY);
      sessionStorage.setItem("focus", document.activeElement?.id ?? "");
      group.closest("form").requestSubmit(button);
    });
  });
}
const place = sessionStorage.getItem("place");
if (place) {
  const focus = document.getElementById(sessionStorage.getItem("focus"));
  sessionStorage.removeItem("place");
  sessionStorage.removeItem("focus");
  focus?.focus({ preventScroll: true });
  scrollTo(0, Number(place));
}
