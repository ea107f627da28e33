// Titles under the search field while typing, and "/" to reach the field. Without it the form works as it is.
const field = document.getElementById("q");

addEventListener("keydown", (e) => {
  if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey) return;
  if (/^(input|textarea|select)$/i.test(e.target.tagName) || e.target.isContentEditable) return;
  e.preventDefault();
  field.focus();
  field.select();
});

const list = document.createElement("ul");
list.id = "q-titles";
list.className = "suggestions";
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", field.labels[0].textContent);
list.hidden = true;
field.parentElement.append(list);
for (const [name, value] of Object.entries({
  role: "combobox",
  "aria-autocomplete": "list",
  "aria-controls": list.id,
  "aria-expanded": "false",
}))
  field.setAttribute(name, value);

let chosen = -1;
let asked;
let wait;

const choose = (index) => {
  const options = list.children;
  chosen = options.length ? (index + options.length + 1) % (options.length + 1) : -1;
  if (chosen === options.length) chosen = -1;
  [...options].forEach((o, i) => o.setAttribute("aria-selected", i === chosen));
  if (chosen < 0) field.removeAttribute("aria-activedescendant");
  else field.setAttribute("aria-activedescendant", options[chosen].id);
};

const show = (titles) => {
  list.replaceChildren(
    ...titles.map((t, i) => {
      const option = document.createElement("li");
      option.id = `q-title-${i}`;
      option.setAttribute("role", "option");
      option.dir = "auto";
      option.textContent = t.title;
      option.dataset.address = t.address;
      return option;
    }),
  );
  list.hidden = !titles.length;
  field.setAttribute("aria-expanded", !list.hidden);
  choose(-1);
};

field.addEventListener("input", () => {
  clearTimeout(wait);
  asked?.abort();
  const text = field.value.trim();
  if (text.length < 2) return show([]);
  wait = setTimeout(async () => {
    asked = new AbortController();
    try {
      const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(text)}`, { signal: asked.signal });
      if (answer.ok) show(await answer.json());
    } catch {
      // Offline or overtaken by the next letter: the form still works.
    }
  }, 150);
});

field.addEventListener("keydown", (e) => {
  if (list.hidden) return;
  if (e.key === "ArrowDown") choose(chosen + 1);
  else if (e.key === "ArrowUp") choose(chosen < 0 ? list.children.length - 1 : chosen - 1);
  else if (e.key === "Escape") show([]);
  else if (e.key === "Enter" && chosen >= 0) location.href = list.children[chosen].dataset.address;
  else return;
  e.preventDefault();
});

list.addEventListener("mousedown", (e) => {
  const option = e.target.closest("li");
  if (option) location.href = option.dataset.address;
});
field.addEventListener("blur", () => show([]));
