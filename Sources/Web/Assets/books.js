// An entry of the journal by the keyboard alone; without this the page works as well.
const form = document.querySelector("form[data-entry]");
if (form) {
  const body = form.querySelector("tbody");
  const said = form.querySelector("[data-totals]");
  for (const hint of form.querySelectorAll("[data-keys]")) hint.hidden = false;
  said.hidden = false;

  // Whole haléře, never fractions; null for what is not an amount.
  const hellers = (text) => {
    const plain = text.replace(/[\s\u00a0\u202f]/g, "");
    if (!plain) return 0;
    const found = /^(\d{1,13})(?:[.,](\d{1,2}))?$/.exec(plain);
    return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : null;
  };
  const czech = (amount) =>
    (amount / 100).toLocaleString("cs", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const sum = (name) => [...body.querySelectorAll(`[name="${name}"]`)]
    .reduce((total, input) => total + (hellers(input.value) ?? 0), 0);

  const tell = () => {
    const [debit, credit] = [sum("debit"), sum("credit")];
    const difference = Math.abs(debit - credit);
    said.textContent = `Má dáti ${czech(debit)} · Dal ${czech(credit)} · `
      + (difference ? `chybí ${czech(difference)} na straně ${debit > credit ? "Dal" : "Má dáti"}` : debit ? "vyrovnáno" : "zatím bez částek");
  };

  const addLine = () => {
    const line = body.rows[body.rows.length - 1].cloneNode(true);
    line.removeAttribute("id");
    line.classList.remove("faulty");
    line.querySelector(".error")?.remove();
    for (const input of line.querySelectorAll("input")) {
      input.value = "";
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
      input.setAttribute("aria-label", input.getAttribute("aria-label").replace(/\d+$/, body.rows.length + 1));
    }
    body.append(line);
    return line;
  };

  form.addEventListener("input", tell);
  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      form.requestSubmit();
    } else if (input.tagName !== "INPUT") {
      return;
    } else if (event.key === "Enter") {
      event.preventDefault();
      const inputs = [...form.querySelectorAll("input:not([type=hidden])")];
      (inputs[inputs.indexOf(input) + 1] ?? addLine().querySelector("input")).focus();
    } else if (event.key === "=" && /^(debit|credit)$/.test(input.name)) {
      event.preventDefault();
      input.value = "";
      const missing = (sum("credit") - sum("debit")) * (input.name === "debit" ? 1 : -1);
      input.value = missing > 0 ? czech(missing) : "";
      tell();
    } else if (event.key === "Tab" && !event.shiftKey && input.name === "item"
      && input.closest("tr") === body.rows[body.rows.length - 1] && sum("debit") !== sum("credit")) {
      addLine();
    }
  });
  tell();
}
