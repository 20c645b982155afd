/* In the preview of an editor's panel only: a click on a part of the page shows it in the editor, and so does Enter on one
* that is reached by Tab.
*
* With Ctrl, Cmd or Shift a link does what it always does. The editor hears of it at its own address and nowhere else.
*/
(() => {
const { editor } = document.currentScript.dataset;
if (window.top === window || !editor) return;
const FIELDS = [
[".page-head__title, .opening__title", "title"],
[".page-head .nl-paragraph--lead, .opening__introduction", "introduction"],
[".page-head .picture, .opening .picture", "social_image"],
];
const OPERATED = "button, input, label, select, summary, textarea, video, wagtail-userbar, wagtail-inline-userbar";
const partAt = (target) => {
const block = target.closest("[data-blok]");
if (block) return [block, { blok: block.dataset.blok }];
for (const [selector, veld] of FIELDS) {
const element = target.closest(selector);
if (element) return [element, { veld }];
}
return null;
};
let outlined = null;
const outline = (element) => {
if (outlined) outlined.style.outline = "";
outlined = element;
if (outlined) {
outlined.style.outline = "2px dashed currentcolor";
outlined.style.outlineOffset = "4px";
}
};
const show = (part) => window.top.postMessage({ voorbeeld: part[1] }, editor);
const at = (target) => (target instanceof Element ? partAt(target) : null);
document.addEventListener("DOMContentLoaded", () => {
const parts = ["[data-blok]", ...FIELDS.map(([selector]) => selector)].join();
for (const each of document.querySelectorAll(parts)) each.tabIndex = 0;
});
document.addEventListener("mouseover", ({ target }) => outline(at(target)?.[0] ?? null));
document.addEventListener("keydown", ({ target, key }) => {
const part = key === "Enter" ? at(target) : null;
if (part?.[0] === target) show(part);
});
document.addEventListener("click", (event) => {
const { target } = event;
if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
const part = at(target);
if (!part || target.closest(OPERATED)) return;
event.preventDefault();
show(part);
});
})();
