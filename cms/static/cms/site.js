/**
 * Small comforts on top of pages that read well without them: the phone menu folds, and the reader may choose light or dark.
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

  document.addEventListener("DOMContentLoaded", () => {
    startThemeSwitch();
    startMenu();
  });
})();
