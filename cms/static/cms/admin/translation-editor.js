// The heading above the texts is in English in every language: the one string that wagtail-localize never translates.
(() => {
  const { english, heading } = document.currentScript.dataset;

  document.addEventListener("DOMContentLoaded", () => {
    const editor = document.querySelector(".js-translation-editor");
    const translate = () => {
      for (const title of editor.querySelectorAll("h3")) {
        if (title.textContent === english) title.textContent = heading;
      }
    };
    new MutationObserver(translate).observe(editor, { childList: true, subtree: true });
    translate();
  });
})();
