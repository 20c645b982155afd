(() => {
const DELAY = 150; // milliseconds between the last key and a question
const announce = ({ one, many }, number) => {
document.getElementById("gevonden").textContent = number === 1 ? one : many.replace("#", number);
};
/* A long facet. */
const plain = (text) => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
const narrow = (field) => {
const facet = field.closest(".facet");
const sought = plain(field.value.trim());
const further = facet.querySelector(".facet__further");
if (further && sought) further.open = true;
const values = [...facet.querySelectorAll(".facet__value")];
for (const value of values) value.hidden = !plain(value.querySelector(".facet__label").textContent).includes(sought);
announce(field.dataset, values.filter((value) => !value.hidden).length);
};
document.addEventListener("input", (event) => {
if (event.target.matches(".facet__field")) narrow(event.target);
});
document.addEventListener("keydown", (event) => {
if (event.key === "Enter" && event.target.matches(".facet__field")) event.preventDefault();
});
/* Ways to go on with what somebody types: a combobox with a list, as ARIA 1.2 has it. */
const startCompletions = () => {
const box = document.querySelector("[data-completions]");
if (!box) return;
const field = box.querySelector("input");
const list = document.createElement("ul");
const { completions, label } = box.dataset;
let question, timer;
let current = -1;
let typed = field.value;
Object.assign(list, { id: `${field.id}-aanvullingen`, className: "completions list", role: "listbox", ariaLabel: label, hidden: true });
box.append(list);
field.setAttribute("role", "combobox");
field.setAttribute("aria-autocomplete", "list");
field.setAttribute("aria-controls", list.id);
field.setAttribute("aria-expanded", "false");
const close = () => {
clearTimeout(timer);
question?.abort();
list.hidden = true;
current = -1;
field.setAttribute("aria-expanded", "false");
field.removeAttribute("aria-activedescendant");
};
const choose = (index) => {
current = index;
[...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === index)));
const option = list.children[index];
field.value = option?.textContent ?? typed;
if (option) field.setAttribute("aria-activedescendant", option.id);
else field.removeAttribute("aria-activedescendant");
option?.scrollIntoView({ block: "nearest" });
};
const offer = (words) => {
list.replaceChildren(
...words.map((text, number) => {
const option = Object.assign(document.createElement("li"), { id: `${list.id}-${number}`, className: "completions__option", role: "option", textContent: text });
option.setAttribute("aria-selected", "false");
return option;
}),
);
list.hidden = !words.length;
current = -1;
field.setAttribute("aria-expanded", String(words.length > 0));
if (words.length) announce(box.dataset, words.length);
};
const ask = async () => {
question = new AbortController();
const url = new URL(completions, location.href);
url.searchParams.set("zoek", typed);
try {
const answer = await fetch(url, { signal: question.signal });
const found = answer.ok ? await answer.json() : {};
offer(found.resultaten ?? []);
} catch {
}
};
field.addEventListener("input", () => {
typed = field.value;
close();
if (typed.trim().length >= 2) timer = setTimeout(ask, DELAY);
});
field.addEventListener("keydown", (event) => {
const { key } = event;
if (key === "Escape" && !list.hidden) {
event.preventDefault();
field.value = typed;
close();
} else if ((key === "ArrowDown" || key === "ArrowUp") && !list.hidden) {
event.preventDefault();
const length = list.children.length + 1;
choose(((current + (key === "ArrowDown" ? 2 : length)) % length) - 1);
} else if (key === "Enter") close();
});
field.addEventListener("blur", close);
list.addEventListener("pointerdown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
const option = event.target.closest("li");
if (!option) return;
field.value = option.textContent;
close();
field.form.requestSubmit();
});
};
const start = () => {
for (const field of document.querySelectorAll(".facet__field")) field.hidden = false;
startCompletions();
if (!CSS.supports("selector(::details-content)") && matchMedia("(width >= 60rem)").matches) {
for (const filters of document.querySelectorAll(".facets")) filters.open = true;
}
};
document.addEventListener("vernieuwd", start);
start();
})();
