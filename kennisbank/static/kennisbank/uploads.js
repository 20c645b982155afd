/* Uploading many files in the admin: one request a file, three at a time, each with its progress. The plain form works
   without this. And: the table that learns what the worker read, and the bar while publications are made. */
(() => {
  "use strict";

  const AT_ONCE = 3;
  const token = (form) => form.querySelector("[name=csrfmiddlewaretoken]").value;

  const post = async (url, fields) => {
    const body = fields instanceof FormData ? fields : new FormData();
    if (!(fields instanceof FormData)) Object.entries(fields).forEach(([name, value]) => body.append(name, value));
    const response = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    return response.json();
  };

  const uploadForm = document.querySelector("[data-upload]");
  if (uploadForm) {
    const list = document.querySelector("[data-upload-list]");
    const template = document.querySelector("[data-upload-template]");
    const status = document.querySelector("[data-upload-status]");
    const onward = document.querySelector("[data-upload-on]");
    const next = document.querySelector("[data-upload-next]");
    const input = uploadForm.querySelector("[type=file]");
    const zone = uploadForm.querySelector("[data-upload-zone]");
    const words = uploadForm.dataset;
    let url = words.uploadUrl || "";
    let beginning = null;
    let sending = 0;
    let announced = 0;
    const queue = [];

    uploadForm.querySelector("[data-upload-plain]").hidden = true;
    uploadForm.querySelector("[data-upload-invite]").hidden = false;
    input.required = false;

    const begin = () => {
      if (url) return Promise.resolve();
      const fields = new FormData(uploadForm);
      fields.delete("bestand");
      beginning ??= post(uploadForm.action, fields).then((made) => {
        url = made.upload;
        next.href = made.next;
        uploadForm.action = made.files;
        window.history.replaceState(null, "", made.files);
      }).finally(() => { beginning = null; });
      return beginning;
    };

    const rows = (state) => list.querySelectorAll(`[data-upload-row]${state ? `[data-state=${state}]` : ""}`);

    const tell = () => {
      const total = rows().length;
      const failed = rows("failed").length + rows("refused").length;
      const done = rows("done").length + rows("refused").length;
      onward.hidden = rows("done").length === 0 || sending + queue.length > 0;
      let text = words.wordTotal.replace("%s", done).replace("%t", total);
      if (failed) text += ` ${words.wordRefused.replace("%s", failed)}`;
      // Not at every per cent: a screen reader would speak all the time.
      const now = Date.now();
      if (sending + queue.length === 0 || now - announced > 2000) {
        announced = now;
        status.textContent = total ? text : "";
      }
    };

    const fail = (job, message) => {
      job.row.dataset.state = "failed";
      job.bar.hidden = true;
      job.note.textContent = message;
      job.cancel.hidden = true;
      job.retry.hidden = false;
    };

    const finish = (job) => {
      sending -= 1;
      job.request = null;
      tell();
      work();
    };

    const send = (job) => {
      const request = new XMLHttpRequest();
      job.request = request;
      job.row.dataset.state = "sending";
      request.open("POST", url);
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", (event) => {
        if (!event.lengthComputable) return;
        const part = Math.round((100 * event.loaded) / event.total);
        job.bar.value = part;
        job.note.textContent = part < 100 ? words.wordSending.replace("%s", part) : words.wordChecking;
      });
      request.addEventListener("load", () => {
        let answer = null;
        try {
          answer = JSON.parse(request.responseText);
        } catch {
          answer = null;
        }
        if (request.status === 200 && answer?.html) {
          const holder = document.createElement("template");
          holder.innerHTML = answer.html.trim();
          const focused = job.row.contains(document.activeElement);
          const shown = holder.content.firstElementChild;
          job.row.replaceWith(shown);
          if (focused) shown.querySelector("button")?.focus();
        } else if (request.status === 413) {
          fail(job, words.wordTooBig);
          job.retry.hidden = true;
        } else if (request.status === 403 || request.responseURL.includes("/login/")) {
          fail(job, words.wordLoggedOut);
        } else {
          fail(job, answer?.message || words.wordFailed);
        }
        finish(job);
      });
      request.addEventListener("error", () => { fail(job, words.wordFailed); finish(job); });
      request.addEventListener("abort", () => { fail(job, words.wordCancelled); finish(job); });
      const fields = new FormData();
      fields.append("csrfmiddlewaretoken", token(uploadForm));
      fields.append("sleutel", job.key);
      fields.append("bestand", job.file, job.file.name);
      request.send(fields);
    };

    const work = () => {
      while (sending < AT_ONCE && queue.length) {
        const job = queue.shift();
        sending += 1;
        begin().then(() => send(job), () => { fail(job, words.wordFailed); finish(job); });
      }
      tell();
    };

    const wait = (job) => {
      job.row.dataset.state = "waiting";
      job.bar.hidden = false;
      job.bar.value = 0;
      job.note.textContent = words.wordWaiting;
      job.cancel.hidden = false;
      job.retry.hidden = true;
      queue.push(job);
    };

    const stop = (job) => {
      const waiting = queue.indexOf(job);
      if (waiting >= 0) {
        queue.splice(waiting, 1);
        fail(job, words.wordCancelled);
        tell();
      } else if (job.request) {
        job.request.abort();
        // It may have arrived just before.
        post(url.replace(/bestand\/$/, "weg/"), {
          csrfmiddlewaretoken: token(uploadForm), sleutel: job.key,
        }).catch(() => {});
      }
      job.retry.focus();
    };

    const add = (file) => {
      const row = template.content.firstElementChild.cloneNode(true);
      const job = {
        file,
        row,
        key: Array.from(window.crypto.getRandomValues(new Uint8Array(16)), (part) => part.toString(16).padStart(2, "0")).join(""),
        bar: row.querySelector("progress"),
        note: row.querySelector("[data-words]"),
        cancel: row.querySelector("[data-cancel]"),
        retry: row.querySelector("[data-retry]"),
      };
      row.querySelector("[data-name]").textContent = file.name;
      row.querySelectorAll("[data-name-of]").forEach((each) => { each.textContent = `: ${file.name}`; });
      job.bar.setAttribute("aria-label", file.name);
      job.cancel.addEventListener("click", () => stop(job));
      job.retry.addEventListener("click", () => { wait(job); job.cancel.focus(); work(); });
      list.append(row);
      wait(job);
    };

    const take = (files) => {
      const room = Number(words.most) - rows().length;
      const taken = Array.from(files).slice(0, Math.max(0, room));
      taken.forEach(add);
      work();
      if (files.length > taken.length) status.textContent = words.wordTooMany.replace("%s", words.most);
    };

    input.addEventListener("change", () => {
      take(input.files);
      input.value = "";
    });
    uploadForm.addEventListener("submit", (event) => event.preventDefault());
    const holdsFiles = (event) => Array.from(event.dataTransfer?.types || []).includes("Files");
    document.addEventListener("dragover", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      zone.classList.add("vn-upload__zone--over");
    });
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) zone.classList.remove("vn-upload__zone--over");
    });
    document.addEventListener("drop", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      zone.classList.remove("vn-upload__zone--over");
      take(event.dataTransfer.files);
    });
    window.addEventListener("beforeunload", (event) => {
      if (sending + queue.length) event.preventDefault();
    });
    // Rows that the server made are taken away without leaving the screen.
    list.addEventListener("submit", async (event) => {
      const form = event.target;
      event.preventDefault();
      try {
        await post(form.action, { csrfmiddlewaretoken: token(form), rij: form.querySelector("[name=rij]").value });
      } catch {
        status.textContent = words.wordFailed;
        return;
      }
      const row = form.closest("[data-upload-row]");
      const beside = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      (beside?.querySelector("button:not([hidden])") || input).focus();
      tell();
    });
  }

  const table = document.querySelector("[data-describe]");
  document.querySelector("[data-focus]")?.focus();
  if (table?.dataset.stateUrl) {
    const guesses = new Map();
    const title = (id) => document.getElementById(`id_rij-${id}-title`);
    const look = async () => {
      let state;
      try {
        const response = await fetch(table.dataset.stateUrl, { headers: { Accept: "application/json" } });
        state = await response.json();
      } catch {
        window.setTimeout(look, 10000);
        return;
      }
      state.rows.forEach((row) => {
        const place = table.querySelector(`[data-row="${row.id}"] [data-row-state]`);
        const field = title(row.id);
        if (!place || !field) return;
        place.textContent = row.state;
        // What the editor wrote stays.
        if (field.value === (guesses.get(row.id) ?? field.defaultValue) && field !== document.activeElement) field.value = row.title;
        guesses.set(row.id, row.title);
        const language = document.getElementById(`id_rij-${row.id}-document_language`);
        if (language?.options[0]) language.options[0].textContent = row.language;
      });
      if (state.reading) window.setTimeout(look, 3000);
      else {
        const told = document.querySelector("[data-describe-status]");
        told.textContent = told.dataset.wordRead;
      }
    };
    window.setTimeout(look, 1500);
  }

  const making = document.querySelector("[data-make]");
  if (making) {
    const bar = making.querySelector("progress");
    const told = making.querySelector("[data-make-status]");
    const problem = making.querySelector("[data-make-problem]");
    const button = making.querySelector("[data-make-go]");
    const go = async () => {
      button.hidden = true;
      problem.hidden = true;
      try {
        for (;;) {
          const answer = await post(making.action, { csrfmiddlewaretoken: token(making) });
          bar.value = answer.done;
          told.textContent = answer.words;
          if (answer.finished) break;
        }
        window.location.reload();
      } catch {
        problem.hidden = false;
        button.hidden = false;
        button.focus();
      }
    };
    making.addEventListener("submit", (event) => {
      event.preventDefault();
      go();
    });
    go();
  }
})();
