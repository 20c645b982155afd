/**
 * Small comforts on top of pages that read well without them: the phone menu folds, an announcement closes, a
 * video plays in its place, a drawing can be seen from nearer, and the reader may choose light or dark.
 * Stands in <head> without `defer`, so that the chosen scheme is there before the first paint. Nothing leaves the browser.
 */
(() => {
  const root = document.documentElement;
  const KEY = "weergave";
  root.classList.add("js");

  /** "licht", "donker", or null for the system's choice. Storage may be closed to us. */
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
      // The choice then holds for this page only.
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

  /** Hide the announcement that this reader closed, before it is painted. */
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

  /** One group of the menu is open at a time; Escape and a click elsewhere close it. */
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
          // Closed for this page only.
        }
        document.querySelector(".brand").focus();
      });
    }
  };

  /** A long table of contents would push the text off a phone's screen. */
  const foldContents = () => {
    const contents = document.querySelector(".on-page__details");
    const isLong = contents && contents.querySelectorAll("li").length > 6;
    if (isLong && matchMedia("(width < 48rem)").matches) contents.open = false;
    root.classList.add("js-ready");
  };

  /** Another platform's player takes the place of its poster on the reader's click only. */
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

  /** A drawing that is shown smaller than it is made, or larger than the screen: buttons to go nearer and back. */
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

  /** On paper folded texts are open, and the address has a date. */
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
