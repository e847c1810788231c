// A form while it is filled in: questions come and go with the answers, and what is typed is kept. Its buttons do the
// same without this.
const form = document.querySelector("form[data-draft]");
if (form) {
  const said = document.querySelector("[data-kept]");
  const post = (data, signal) =>
    fetch(form.getAttribute("action"), { method: "POST", body: data, headers: { Accept: "text/html" }, signal })
      .catch(() => null);
  // Without files, which go with a button.
  const typed = (act) => {
    const data = new FormData(form);
    for (const input of form.querySelectorAll("input[type=file]")) data.delete(input.name);
    data.set("_act", act);
    return data;
  };

  const showButtons = (areShown) => {
    for (const line of form.querySelectorAll("[data-refresh]")) line.hidden = !areShown;
  };

  // Questions that an answer took away, with what was typed in them, should they come back.
  const away = new Map();
  // Something could not be changed because it has the focus: it is asked again when the focus leaves.
  let isLate = false;
  let hasMore = false;
  const hasFocus = (node) => node.contains(document.activeElement);

  const keyOf = (node) => {
    if (node.matches("[name=_asked]")) return `asked ${node.value}`;
    const before = node.previousElementSibling;
    if (before?.matches("[name=_asked]")) return `answer ${before.value}`;
    if (node.matches("section")) return `section ${node.getAttribute("aria-labelledby")}`;
    const first = node.matches("fieldset") ? node.querySelector("[name=_asked]") : null;
    if (first) return node.id ? `group ${node.id}` : `row ${first.value.replace(/\.[^.]*$/, "")}`;
    return `${node.tagName} ${node.className}`;
  };
  const isQuestion = (key) => /^(asked|answer|section|group|row) /.test(key);

  // What stays is left as it is, with everything typed since and with the focus.
  // Whether a question may stay empty hangs on other answers.
  const mark = (old, fresh) => {
    const [was, is] = [old, fresh].map((node) => node.querySelector(":scope > label:not(.choice), :scope > legend"));
    if (!was || !is) return;
    was.querySelector(".optional")?.remove();
    const optional = is.querySelector(".optional");
    if (optional) was.append(" ", document.importNode(optional, true));
  };

  const patch = (old, fresh) => {
    const there = new Map([...old.children].map((node) => [keyOf(node), node]));
    const wanted = [...fresh.children].map((node) => [keyOf(node), node]);
    let last = null;
    for (const [key, model] of wanted) {
      let node = there.get(key);
      there.delete(key);
      if (!node) {
        if (!isQuestion(key)) continue;
        node = away.get(key) ?? document.importNode(model, true);
        away.delete(key);
        if (last) last.after(node);
        else old.prepend(node);
        hasMore = true;
      }
      last = node;
      mark(node, model);
      if (/^(section|group|row) /.test(key)) patch(node, model);
      else if (node.dataset.rules === "misto") patchPlace(node, model);
    }
    const gone = [...there].filter(([key, node]) => {
      const answer = key.startsWith("asked ") ? node.nextElementSibling : node;
      if (isQuestion(key) && hasFocus(answer)) isLate = true;
      return isQuestion(key) && !hasFocus(answer);
    });
    for (const [key, node] of gone) {
      away.set(key, node);
      node.remove();
    }
  };

  const patchPlace = (old, fresh) => {
    const [was, is] = [old, fresh].map((group) => group.querySelector("[name$='.obec']"));
    if (hasFocus(was)) {
      isLate ||= was.tagName !== is.tagName || was.value !== is.value;
    } else if (was.tagName !== is.tagName) {
      was.replaceWith(document.importNode(is, true));
    } else if (was.tagName === "INPUT") {
      was.value = is.value;
    }
    const [had, has] = [old, fresh].map((group) => group.querySelector("[name$='.cast']"));
    const values = (select) => (select ? [...select.options].map((option) => option.value).join() : "");
    if (had && has && values(had) !== values(has)) {
      // It may have the focus already: another list under the same hand, and never the parts of another municipality.
      had.replaceChildren(...[...has.options].map((option) => document.importNode(option, true)));
    } else if (had && !has) {
      if (hasFocus(had)) isLate = true;
      else had.closest(".field").remove();
    } else if (has && !had) {
      old.querySelector("[data-refresh]").after(document.importNode(has.closest(".field"), true));
      hasMore = true;
    }
    const [hadOther, hasOther] = [old, fresh].map((group) => group.querySelector("[name$='.jinde']"));
    if (hadOther && !hasOther) {
      if (hasFocus(hadOther)) isLate = true;
      else hadOther.closest(".field").remove();
    } else if (hasOther && !hadOther) {
      old.append(document.importNode(hasOther.closest(".field"), true));
    }
  };
  // At once, before anything is asked: what is offered for another municipality must not be chosen.
  const forgetParts = (group) => group.querySelector("[name$='.cast']")?.replaceChildren(new Option("vyberte", ""));

  let asking;
  let waiting;
  const ask = (after = 150) => {
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    form.dataset.asks = "yes";
    clearTimeout(waiting);
    // Arrow keys pass through the choices between.
    waiting = setTimeout(async () => {
      const answer = await post(typed("ukazat"), mine.signal);
      const text = answer?.ok ? await answer.text().catch(() => "") : "";
      if (asking !== mine || form.dataset.sent) return;
      const page = new DOMParser().parseFromString(text, "text/html");
      const fresh = page.querySelector("form[data-draft]");
      delete form.dataset.asks;
      if (!fresh) {
        showButtons(true);
        said.textContent = "Další otázky se teď nepodařilo načíst. Zobrazíte je tlačítkem pod odpovědí.";
        return;
      }
      isLate = hasMore = false;
      patch(form, fresh);
      showButtons(false);
      for (const name of [".steps", "progress"]) {
        const model = page.querySelector(name);
        if (model) document.querySelector(name)?.replaceWith(document.importNode(model, true));
      }
      const next = fresh.querySelector("button[value=dal]").textContent;
      for (const button of form.querySelectorAll("button[value=dal]")) button.textContent = next;
      if (hasMore) said.textContent = "Podle odpovědi přibyly další otázky.";
    }, after);
  };
  form.addEventListener("change", (event) => {
    const group = event.target.closest("[data-rules]");
    if (!group) return;
    if (group.dataset.rules !== "misto") ask();
    else if (/\.(psc|obec)$/.test(event.target.name)) {
      if (event.target.name.endsWith(".obec")) forgetParts(group);
      ask(0);
    }
  });
  form.addEventListener("focusout", () => {
    if (isLate) ask();
    isLate = false;
  });
  showButtons(false);

  // What is typed is kept meanwhile.
  let pausing;
  const keep = async () => {
    if (form.dataset.sent) return;
    const answer = await post(typed("samo"));
    said.textContent = answer?.status === 409
      ? "V jiném okně jste formulář mezitím změnili. Porovnáte to, až stisknete tlačítko pod formulářem."
      : answer?.status === 413
      ? "Text je příliš dlouhý a takhle se neuloží. Zkraťte ho, nebo ho přiložte jako soubor."
      : answer?.status === 204
      ? `Uloženo v ${new Date().toLocaleTimeString("cs", { hour: "numeric", minute: "2-digit" })}.`
      : "Teď se nepodařilo uložit, zkusíme to znovu.";
  };
  form.addEventListener("input", () => {
    clearTimeout(pausing);
    pausing = setTimeout(keep, 3000);
  });

  // Files that are too large are named before they are sent; the others stay chosen.
  form.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type !== "file") return;
    const limit = Number(input.dataset.max);
    const chosen = [...input.files];
    const large = chosen.filter((file) => file.size > limit);
    const kept = new DataTransfer();
    for (const file of chosen) if (file.size <= limit) kept.items.add(file);
    if (large.length) input.files = kept.files;
    const id = `${input.id}-max`;
    document.getElementById(id)?.remove();
    input.removeAttribute("aria-errormessage");
    if (!large.length) return;
    const said = document.createElement("p");
    said.id = id;
    said.className = "error";
    said.setAttribute("role", "alert");
    const names = large.map((file) => `„${file.name}“`).join(", ");
    const megabytes = Math.floor(limit / 1e6);
    said.textContent = `${large.length > 1 ? "Soubory" : "Soubor"} ${names} jsme nepřidali: jeden soubor smí mít nejvýše ${megabytes} MB.`;
    input.before(said);
    input.setAttribute("aria-errormessage", id);
  });
}
