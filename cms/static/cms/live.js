(() => {
const SUMMARY = ".search__summary, .choices__summary";
const main = () => document.querySelector("main");
const form = () => main().querySelector(".search-form, .choices");
const status = document.createElement("p");
status.id = "gevonden";
status.className = "visually-hidden";
status.setAttribute("role", "status");
let visit; // the question under way
let place = 0; // of this entry in the reader's history
let highest = 0;
const scrolled = new Map();
const isHere = (url) => url.origin === location.origin && url.pathname === location.pathname;
const asked = (button) => {
const url = new URL(form().action);
for (const [name, value] of new FormData(form(), button)) if (value) url.searchParams.append(name, value);
return url;
};
const remember = () => ({
open: new Map([...main().querySelectorAll("details[id]")].map((each) => [each.id, each.open])),
typed: [...main().querySelectorAll(".facet__field")].map((each) => [each.id, each.value]),
focus: main().contains(document.activeElement) ? document.activeElement.id : "",
});
const restore = ({ open, typed, focus }) => {
for (const [id, isOpen] of open) {
const details = document.getElementById(id);
if (details) details.open = isOpen;
}
for (const [id, value] of typed) {
const field = document.getElementById(id);
if (!field || !value) continue;
field.value = value;
field.dispatchEvent(new Event("input", { bubbles: true }));
}
if (!focus) return;
const target = document.getElementById(focus) ?? document.querySelector(SUMMARY);
target?.focus({ preventScroll: true });
};
const show = async (url, after) => {
visit?.abort();
visit = new AbortController();
const { signal } = visit;
main().setAttribute("aria-busy", "true");
try {
const answer = await fetch(url, { signal });
if (!answer.ok || answer.redirected) throw new Error(answer.status);
const page = new DOMParser().parseFromString(await answer.text(), "text/html");
const next = page.querySelector("main");
if (signal.aborted) return;
const before = remember();
main().replaceChildren(...next.childNodes);
main().className = next.className;
document.title = page.title;
document.dispatchEvent(new Event("vernieuwd"));
restore(before);
after();
status.textContent = document.querySelector(SUMMARY)?.textContent ?? "";
} catch {
if (!signal.aborted) location.assign(url);
return;
}
main().removeAttribute("aria-busy");
};
const go = (url, after = () => {}) => {
scrolled.set(place, scrollY);
show(url, () => {
place = highest += 1;
history.pushState({ place }, "", url);
after();
});
};
const toSummary = () => {
const summary = document.querySelector(SUMMARY);
summary?.focus({ preventScroll: true });
if (summary && summary.getBoundingClientRect().top < 0) summary.closest(".search, .section").scrollIntoView();
};
document.addEventListener("submit", (event) => {
if (event.target !== form()) return;
const url = asked(event.submitter);
if (!isHere(url)) return;
event.preventDefault();
go(url, () => {
const filters = document.querySelector(".facets");
if (!event.submitter?.closest(".facets")) return;
filters.open = false;
toSummary();
});
});
document.addEventListener("change", (event) => {
if (event.target.matches(".facet__box, .search__order select, .choices select")) go(asked());
});
document.addEventListener("click", (event) => {
const link = event.target.closest("main :is(.section--zoeken, .section--aantallen, .section--keuzes, .section--matrix) a");
if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
const url = new URL(link.href);
if (!isHere(url) || !url.search) return;
event.preventDefault();
go(url, toSummary);
});
addEventListener("popstate", (event) => {
const to = event.state?.place ?? 0;
if (to === place) return;
scrolled.set(place, scrollY);
place = to;
show(location.href, () => scrollTo(0, scrolled.get(to) ?? 0));
});
document.body.append(status);
})();
