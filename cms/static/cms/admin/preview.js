/* A click in the preview, in either rendering, leads to the block or field that it shows.
 *
 * Only what comes from the frame of the preview itself counts, and only from our own host or that of a frontend.
 */
(() => {
  const { frontends } = document.currentScript.dataset;
  const origins = new Set([window.location.origin, ...frontends.split(" ").filter(Boolean)]);
  const FOCUSABLE = 'input:not([type="hidden"]), textarea, select, [contenteditable="true"], button';

  const open = (element) => {
    // Wagtail's tabs listen to this, and show the one that holds the element.
    element.dispatchEvent(new CustomEvent("w-focus:focus", { bubbles: true }));
    for (let panel = element.closest("[data-panel]"); panel; panel = panel.parentElement.closest("[data-panel]")) {
      const toggle = panel.querySelector("[data-panel-toggle]");
      if (toggle?.closest("[data-panel]") === panel && toggle.getAttribute("aria-expanded") === "false") toggle.click();
    }
  };

  const show = ({ blok, veld }) => {
    const place = blok ? document.getElementById(`block-${blok}-section`) : document.querySelector(`[name="${CSS.escape(veld)}"]`);
    if (!place) return;
    const panel = place.closest("[data-panel]") ?? place;
    open(place);
    panel.scrollIntoView({ block: "start" });
    const content = blok ? panel.querySelector(".w-panel__content") : panel;
    const field = [...(content ?? panel).querySelectorAll(FOCUSABLE)].find((each) => each.offsetParent);
    field?.focus({ preventScroll: true });
  };

  window.addEventListener("message", (event) => {
    const frame = document.getElementById("w-preview-iframe");
    if (!frame || event.source !== frame.contentWindow || !origins.has(event.origin)) return;
    const asked = event.data?.voorbeeld;
    if (typeof asked?.blok === "string" || typeof asked?.veld === "string") show(asked);
  });
})();
