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

// An answer that rules other questions brings them at once, and the next input keeps the focus.
for (const group of document.querySelectorAll("[data-rules]")) {
  const button = group.querySelector("[data-refresh] button");
  if (!button) continue;
  button.parentElement.hidden = true;
  group.addEventListener("change", (event) => {
    if (group.dataset.rules === "misto" && !/\.(psc|obec)$/.test(event.target.name)) return;
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

// What is typed into a long form is kept meanwhile; a file that is too large is named before it is sent.
for (const form of document.querySelectorAll("form[data-draft]")) {
  const said = document.querySelector("[data-kept]");
  let waiting;
  const keep = async () => {
    if (form.dataset.sent) return;
    const data = new FormData(form);
    for (const input of form.querySelectorAll("input[type=file]")) data.delete(input.name);
    data.set("_act", "samo");
    const answer = await fetch(form.action, { method: "POST", body: data }).catch(() => null);
    said.textContent = answer?.status === 204
      ? `Uloženo ve ${new Date().toLocaleTimeString("cs", { hour: "numeric", minute: "2-digit" })}.`
      : "Teď se nepodařilo uložit, zkusíme to znovu.";
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 3000);
  });
  form.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type !== "file") return;
    const large = [...input.files].find((file) => file.size > Number(input.dataset.max));
    input.setCustomValidity("");
    if (!large) return;
    const megabytes = Math.floor(Number(input.dataset.max) / 1e6);
    input.value = "";
    input.setCustomValidity(`Soubor „${large.name}“ je větší než ${megabytes} MB.`);
    input.reportValidity();
  });
}
