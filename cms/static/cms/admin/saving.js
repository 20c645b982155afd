/* Saving by hand waits until Wagtail has saved by itself.
 *
 * Wagtail sends both at once otherwise: a new page is then made twice, or refused because its own copy has its address.
 */
(() => {
  const LONGEST_WAIT = 10_000;
  let underWay = false;
  let goOn = null;

  const isSavedByItself = (form) => (form.dataset.controller ?? "").split(/\s+/).includes("w-autosave");

  document.addEventListener("w-autosave:save", () => {
    underWay = true;
  });
  for (const end of ["success", "error", "deactivated"]) {
    document.addEventListener(`w-autosave:${end}`, () => {
      underWay = false;
      goOn?.();
    });
  }

  const hold = (event) => {
    const form = event.target;
    if (!underWay || !isSavedByItself(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (goOn) return;
    const { submitter } = event;
    const send = () => {
      clearTimeout(patience);
      goOn = null;
      underWay = false;
      if (submitter?.name) {
        // The button shows that it is busy and is disabled by now, and so would not be sent.
        const { name, value } = submitter;
        form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      }
      form.requestSubmit();
    };
    const patience = setTimeout(send, LONGEST_WAIT);
    goOn = send;
  };

  // Before Wagtail's own listeners, which take the form for sent.
  document.addEventListener("submit", hold, true);
})();
