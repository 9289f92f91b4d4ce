// Only makes quicker what works without it: filters apply as they are chosen.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=radio]")) {
    form.requestSubmit();
  }
});
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
// A letter is taken as it stands on the page, with what was changed.
const written = (sheet) => {
  const value = (what) => sheet.querySelector(`[data-${what}]`).value;
  return { subject: value("subject"), text: value("text") };
};
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const { subject, text } = written(document.getElementById(button.dataset.copy));
    await navigator.clipboard.writeText(`${subject}\n\n${text}`);
    button.textContent = button.dataset.done;
  });
}
for (const link of document.querySelectorAll("[data-mail]")) {
  const sheet = document.getElementById(link.dataset.mail);
  sheet.addEventListener("input", () => {
    const { subject, text } = written(sheet);
    const body = text.replaceAll("\n", "\r\n");
    link.href = `mailto:${link.dataset.to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  });
}
// What is wrong is read out first.
document.querySelector(".errors")?.focus();
// Long forms are kept while somebody writes, and filled in again.
for (const form of document.querySelectorAll("form[data-keep]")) {
  const url = form.dataset.keep;
  const where = new URL(form.action).pathname;
  const note = document.getElementById("unsent");
  let timer = 0;
  let sending = Promise.resolve();
  const send = (body) => {
    body.set("_form", form.elements["_form"].value);
    body.set("_for", where);
    return fetch(url, { method: "POST", body, keepalive: true });
  };
  const keep = () => {
    clearTimeout(timer);
    timer = 0;
    sending = send(new URLSearchParams(new FormData(form))).catch(() => {});
  };
  // The other language asks for what was typed: it has to be stored by then.
  for (const link of document.querySelectorAll(".tools a[lang]")) {
    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (timer) keep();
      await sending;
      location.href = link.href;
    });
  }
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 700);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = 0;
  });
  addEventListener("pagehide", () => timer && keep());
  const fill = ({ fields, told }) => {
    const now = new URLSearchParams(new FormData(form));
    const names = new Set(fields.map(([name]) => name));
    const same = fields.every(([name, value]) => now.getAll(name).includes(value));
    if (same) return;
    for (const input of form.elements) {
      const kept = fields.filter(([name]) => name === input.name).map(([, value]) => value);
      if (input.type === "checkbox" || input.type === "radio") {
        input.checked = kept.includes(input.value);
      } else if (names.has(input.name)) {
        input.value = kept[0];
      }
    }
    note.firstElementChild.textContent = told;
    note.hidden = false;
    note.querySelector("button").addEventListener("click", async () => {
      await send(new URLSearchParams());
      location.reload();
    });
  };
  // What was just sent and not taken is newer than what is kept; it has to be
  // there when the form is opened again, in the other language say.
  if ("typed" in form.dataset) {
    keep();
  } else if (note) {
    fetch(`${url}?for=${encodeURIComponent(where)}`)
      .then((answer) => answer.status === 200 && answer.json().then(fill));
  }
}
