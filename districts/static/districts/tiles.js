// The grid on which editors place municipalities. The inputs of the plain form stay the truth: the grid reads and
// writes them, and without this script they are what is left.
(() => {
  "use strict";
  const form = document.querySelector("[data-tiles]");
  if (!form) return;

  const largest = Number(form.dataset.largest);
  const editor = form.querySelector(".vn-tiles__editor");
  const said = form.querySelector(".vn-tiles__said");
  const place = form.querySelector("[data-grid]");
  const unplaced = form.querySelector("[data-unplaced]");
  const undo = form.querySelector("[data-undo]");
  const remove = form.querySelector("[data-remove]");
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  const tiles = [...form.querySelectorAll("[data-tile]")].map((row) => {
    const [column, line] = row.querySelectorAll("input:not([type=hidden])");
    return { name: row.dataset.name, district: row.dataset.district, number: row.dataset.number, column, line };
  });
  const history = [];
  let picked = null;
  let focus = { x: 0, y: 0 };

  const words = (key, values) => form.dataset[key].replace(/%([nxyp])/g, (_all, name) => values[name]);
  const say = (key, values = {}) => (said.textContent = words(key, values));
  const number = (input) => (/^\d{1,3}$/.test(input.value.trim()) ? Number(input.value) : null);
  const at = (tile) => {
    const [x, y] = [number(tile.column), number(tile.line)];
    return x === null || y === null || x >= largest || y >= largest ? null : { x, y };
  };
  const named = (spot) => words("place", { x: spot.x, y: spot.y });
  const found = (x, y) => tiles.find((tile) => at(tile)?.x === x && at(tile)?.y === y);

  function size() {
    const spots = tiles.map(at).filter(Boolean);
    const end = (axis) => Math.min(largest, Math.max(11, ...spots.map((spot) => spot[axis])) + 2);
    return { width: end("x"), height: end("y") };
  }

  function keep() {
    history.push(tiles.map((tile) => [tile.column.value, tile.line.value]));
    undo.disabled = false;
  }

  function put(tile, spot) {
    tile.column.value = spot ? spot.x : "";
    tile.line.value = spot ? spot.y : "";
  }

  function move(tile, spot) {
    keep();
    put(tile, spot);
    if (spot) focus = spot;
    draw();
    if (spot) {
      say("moved", { n: tile.name, p: named(spot) });
      cell(spot)?.focus();
    } else {
      say("removed", { n: tile.name });
    }
  }

  const cell = (spot) => place.querySelector(`[data-x="${spot.x}"][data-y="${spot.y}"]`);

  function pick(tile) {
    picked = picked === tile ? null : tile;
    if (picked && at(picked)) focus = at(picked);
    draw();
    if (picked) say("picked", { n: tile.name });
    else say("put", { n: tile.name });
    if (at(tile)) cell(at(tile))?.focus();
  }

  function choose(x, y) {
    const tile = found(x, y);
    if (!picked || tile === picked) {
      focus = { x, y };
      if (tile) pick(tile);
    } else if (tile) {
      say("taken", { n: tile.name });
    } else {
      const moved = picked;
      picked = null;
      move(moved, { x, y });
    }
  }

  // The next free place in that direction: others are stepped over.
  function ahead(from, [stepX, stepY]) {
    let [x, y] = [from.x + stepX, from.y + stepY];
    while (x >= 0 && y >= 0 && x < largest && y < largest) {
      if (!found(x, y)) return { x, y };
      [x, y] = [x + stepX, y + stepY];
    }
    return null;
  }

  function onKey(event) {
    const step = STEPS[event.key];
    if (event.key === "Escape" && picked) {
      pick(picked);
    } else if (step && picked && at(picked)) {
      event.preventDefault();
      const spot = ahead(at(picked), step);
      if (spot) move(picked, spot);
      else say("full");
    } else if (step) {
      event.preventDefault();
      const { width, height } = size();
      const next = { x: focus.x + step[0], y: focus.y + step[1] };
      if (next.x < 0 || next.y < 0 || next.x >= width || next.y >= height) return;
      cell(focus).tabIndex = -1;
      focus = next;
      cell(focus).tabIndex = 0;
      cell(focus).focus();
    }
  }

  function button(tile, text) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    if (tile) {
      made.className = `vn-tile vn-tile--${tile.number}`;
      made.setAttribute("aria-pressed", String(tile === picked));
      made.title = `${tile.name}, ${tile.district}`;
    } else {
      made.className = "vn-tile vn-tile--empty";
    }
    return made;
  }

  function draw() {
    const { width, height } = size();
    focus = { x: Math.min(focus.x, width - 1), y: Math.min(focus.y, height - 1) };
    const table = document.createElement("table");
    table.className = "vn-tiles__grid";
    table.setAttribute("aria-label", form.dataset.gridLabel);
    for (let y = 0; y < height; y += 1) {
      const row = table.insertRow();
      for (let x = 0; x < width; x += 1) {
        const tile = found(x, y);
        const made = button(tile, tile ? tile.name : "");
        made.dataset.x = x;
        made.dataset.y = y;
        made.tabIndex = x === focus.x && y === focus.y ? 0 : -1;
        made.setAttribute(
          "aria-label",
          tile ? `${tile.name}, ${tile.district}, ${named({ x, y })}` : `${named({ x, y })}, ${form.dataset.empty}`,
        );
        row.insertCell().append(made);
      }
    }
    place.replaceChildren(table);
    const waiting = tiles.filter((tile) => !at(tile));
    unplaced.replaceChildren(
      ...waiting.map((tile) => {
        const made = button(tile, tile.name);
        made.addEventListener("click", () => pick(tile));
        return made;
      }),
    );
    unplaced.parentElement.hidden = waiting.length === 0;
    remove.disabled = !picked || !at(picked);
  }

  place.addEventListener("click", (event) => {
    const made = event.target.closest("[data-x]");
    if (made) choose(Number(made.dataset.x), Number(made.dataset.y));
  });
  place.addEventListener("keydown", onKey);
  remove.addEventListener("click", () => {
    const tile = picked;
    picked = null;
    move(tile, null);
  });
  undo.addEventListener("click", () => {
    const before = history.pop();
    tiles.forEach((tile, index) => ([tile.column.value, tile.line.value] = before[index]));
    undo.disabled = history.length === 0;
    picked = null;
    draw();
    say("undone");
  });
  for (const shift of form.querySelectorAll("[data-shift]")) {
    shift.addEventListener("click", () => {
      const axis = shift.dataset.shift;
      const placed = tiles.filter(at);
      if (placed.some((tile) => at(tile)[axis] + 1 >= largest)) return say("full");
      keep();
      for (const tile of placed) {
        const spot = at(tile);
        put(tile, { ...spot, [axis]: spot[axis] + 1 });
      }
      draw();
    });
  }
  form.querySelector(".vn-tiles__numbers").addEventListener("input", draw);

  // Leaving with moves that are not kept asks first.
  let sent = false;
  form.addEventListener("submit", () => (sent = true));
  addEventListener("beforeunload", (event) => {
    if (history.length && !sent) event.preventDefault();
  });

  const first = tiles.map(at).find(Boolean);
  if (first) focus = first;
  editor.hidden = false;
  const wrong = form.querySelector(".error-message");
  form.querySelector(".vn-tiles__numbers").open = Boolean(wrong);
  draw();
})();
