/**
 * Makes searching quicker on a page that works without: results come without a new page, the field offers ways to go on,
 * and a long facet gets a field to look for a value. Anything that goes wrong becomes a plain visit to the same address.
 */
(() => {
  const DELAY = 150; // milliseconds between the last key and a question
  const main = () => document.querySelector("main");
  const form = () => main().querySelector(".search-form");

  // A screen reader hears only what changes in an element that stays.
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  const announce = (text) => {
    status.textContent = text;
  };

  /* Results without a new page. */

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

  /** What the reader opened, typed and stood on, to put back into the new page. */
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
      narrow(field);
    }
    if (!focus) return;
    const target = document.getElementById(focus) ?? document.querySelector(".search__summary");
    target?.focus({ preventScroll: true });
  };

  /** Show what stands at `url`. `after` runs once it is there. */
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
      start();
      restore(before);
      after();
      announce(document.querySelector(".search__summary")?.textContent ?? "");
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
    const summary = document.querySelector(".search__summary");
    summary?.focus({ preventScroll: true });
    if (summary && summary.getBoundingClientRect().top < 0) summary.closest(".search").scrollIntoView();
  };

  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    const url = asked(event.submitter);
    if (!isHere(url)) return;
    event.preventDefault();
    go(url, () => {
      // Who filters on a phone wants to see the results now.
      const filters = document.querySelector(".facets");
      if (!event.submitter?.closest(".facets")) return;
      filters.open = false;
      toSummary();
    });
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches(".facet__box, .search__order select")) go(asked());
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("main .section--zoeken a, main .section--aantallen a");
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

  /* A long facet. */

  const plain = (text) => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();

  const narrow = (field) => {
    const facet = field.closest(".facet");
    const sought = plain(field.value.trim());
    const further = facet.querySelector(".facet__further");
    if (further && sought) further.open = true;
    for (const value of facet.querySelectorAll(".facet__value")) {
      value.hidden = !plain(value.querySelector(".facet__label").textContent).includes(sought);
    }
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches(".facet__field")) narrow(event.target);
  });

  document.addEventListener("keydown", (event) => {
    // Enter in this field would ask for nothing.
    if (event.key === "Enter" && event.target.matches(".facet__field")) event.preventDefault();
  });

  /* Ways to go on with what somebody types: a combobox with a list, as ARIA 1.2 has it. */

  const startCompletions = () => {
    const box = document.querySelector("[data-completions]");
    if (!box) return;
    const field = box.querySelector("input");
    const list = document.createElement("ul");
    const { completions, label, one, many } = box.dataset;
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
      if (words.length) announce(words.length === 1 ? one : many.replace("#", words.length));
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
        // Without offers the field works as ever.
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
    // Before the field loses the focus, and with it the list.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("li");
      if (!option) return;
      field.value = option.textContent;
      close();
      form().requestSubmit();
    });
  };

  const start = () => {
    for (const field of document.querySelectorAll(".facet__field")) field.hidden = false;
    startCompletions();
    // Browsers that can't show the folded filters beside the results by style alone.
    if (!CSS.supports("selector(::details-content)") && matchMedia("(width >= 60rem)").matches) {
      for (const filters of document.querySelectorAll(".facets")) filters.open = true;
    }
  };

  document.body.append(status);
  start();
})();
