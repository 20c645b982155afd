(() => {
const root = document.documentElement;
const KEY = "weergave";
root.classList.add("js");
const storedScheme = () => {
try {
return localStorage.getItem(KEY);
} catch {
return null;
}
};
const applyScheme = (choice) => {
if (choice === "licht") root.dataset.theme = "light";
else if (choice === "donker") root.dataset.theme = "dark";
else delete root.dataset.theme;
};
const storeScheme = (choice) => {
try {
if (choice === "systeem") localStorage.removeItem(KEY);
else localStorage.setItem(KEY, choice);
} catch {
}
};
applyScheme(storedScheme());
const CLOSED = "mededeling-gesloten";
const closedAnnouncement = () => {
try {
return localStorage.getItem(CLOSED);
} catch {
return null;
}
};
const hideAnnouncement = (id) => {
const sheet = new CSSStyleSheet();
sheet.replaceSync(`[data-announcement="${CSS.escape(id)}"] { display: none; }`);
document.adoptedStyleSheets.push(sheet);
};
if (closedAnnouncement()) hideAnnouncement(closedAnnouncement());
const startThemeSwitch = () => {
const current = storedScheme() ?? "systeem";
for (const option of document.querySelectorAll('.theme-switch input[name="weergave"]')) {
option.checked = option.value === current;
option.addEventListener("change", () => {
applyScheme(option.value);
storeScheme(option.value);
});
}
};
const startMenu = () => {
const button = document.querySelector(".menu-button");
if (!button) return;
const setOpen = (open) => button.setAttribute("aria-expanded", String(open));
button.addEventListener("click", () => setOpen(button.getAttribute("aria-expanded") !== "true"));
button.closest("header").addEventListener("keydown", (event) => {
if (event.key !== "Escape" || button.getAttribute("aria-expanded") !== "true") return;
setOpen(false);
button.focus();
});
};
const startMenuGroups = () => {
const groups = [...document.querySelectorAll(".menu__group")];
const close = (group) => {
group.open = false;
};
for (const group of groups) {
group.addEventListener("toggle", () => {
if (group.open) groups.filter((other) => other !== group).forEach(close);
});
group.addEventListener("keydown", (event) => {
if (event.key !== "Escape" || !group.open) return;
event.stopPropagation();
close(group);
group.querySelector("summary").focus();
});
}
document.addEventListener("click", (event) => {
groups.filter((group) => !group.contains(event.target)).forEach(close);
});
};
const startAnnouncements = () => {
for (const button of document.querySelectorAll(".announcement__close")) {
button.addEventListener("click", () => {
const { announcement } = button.closest(".announcement").dataset;
hideAnnouncement(announcement);
try {
localStorage.setItem(CLOSED, announcement);
} catch {
}
document.querySelector(".brand").focus();
});
}
};
const foldContents = () => {
const contents = document.querySelector(".on-page__details");
const isLong = contents && contents.querySelectorAll("li").length > 6;
if (isLong && matchMedia("(width < 48rem)").matches) contents.open = false;
root.classList.add("js-ready");
};
const startVideos = () => {
for (const place of document.querySelectorAll("[data-player]")) {
const { player, title, play } = place.dataset;
const link = place.querySelector("a");
const button = Object.assign(document.createElement("button"), {
type: "button",
className: link.className,
textContent: play,
ariaLabel: `${play}: ${title}`,
});
button.addEventListener("click", () => {
const allow = "autoplay; picture-in-picture";
const values = { title, allow, allowFullscreen: true, src: player };
const frame = Object.assign(document.createElement("iframe"), values);
place.replaceChildren(frame);
frame.focus();
});
link.replaceWith(button);
link.className = "nl-link";
place.nextElementSibling.append(" ", link);
}
};
const startDrawings = () => {
for (const drawing of document.querySelectorAll(".drawing")) {
const picture = drawing.querySelector("svg");
const { width: full } = picture.viewBox.baseVal;
const controls = Object.assign(document.createElement("div"), { className: "drawing__zoom" });
for (const [factor, ariaLabel] of [
[1.25, drawing.dataset.zoomIn],
[0.8, drawing.dataset.zoomOut],
]) {
const button = Object.assign(document.createElement("button"), { type: "button", ariaLabel });
button.addEventListener("click", () => {
const width = Math.min(Math.max(picture.clientWidth * factor, 400), full * 2);
drawing.classList.add("drawing--zoomed");
picture.setAttribute("width", width);
});
controls.append(button);
}
drawing.append(controls);
}
};
const startPrinting = () => {
let folded = [];
addEventListener("beforeprint", () => {
folded = [...document.querySelectorAll("main details:not([open])")];
for (const each of folded) each.open = true;
const today = new Intl.DateTimeFormat(root.lang, { dateStyle: "long" }).format(new Date());
document.querySelector(".print-source")?.setAttribute("data-printed", today);
});
addEventListener("afterprint", () => {
for (const each of folded) each.open = false;
});
};
document.addEventListener("DOMContentLoaded", () => {
startPrinting();
foldContents();
startThemeSwitch();
startMenu();
startMenuGroups();
startAnnouncements();
startVideos();
startDrawings();
});
})();
