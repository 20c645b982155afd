// What wagtail-localize's editor can't be told otherwise: words that are in English, or glued together, in every language,
// and the main button of those who may not publish, which would undo something.
(() => {
  const { source, target, heading, publish, more, back, backUrl } = document.currentScript.dataset;

  document.addEventListener("DOMContentLoaded", () => {
    const editor = document.querySelector(".js-translation-editor");
    const words = new Map([
      [`${source} to ${target} translation`, heading],
      [gettext("Publish in ") + target, publish],
      ["More actions", more],
    ]);

    const translate = () => {
      for (const element of editor.querySelectorAll("h3, .footer em, .footer .w-sr-only")) {
        const better = words.get(element.textContent);
        if (better && better !== element.textContent) element.textContent = better;
      }
    };

    const offerWayBack = () => {
      const buttons = editor.querySelector(".footer .w-dropdown-button");
      if (!backUrl || !buttons || buttons.querySelector("[data-way-back]")) return;
      const link = Object.assign(document.createElement("a"), { className: "button", href: backUrl, textContent: back });
      link.dataset.wayBack = "";
      const main = buttons.firstElementChild;
      buttons.querySelector(".w-dropdown__content").append(main);
      buttons.prepend(link);
    };

    const mend = () => {
      translate();
      offerWayBack();
    };
    new MutationObserver(mend).observe(editor, { childList: true, subtree: true });
    mend();
  });
})();
