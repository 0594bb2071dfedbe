"use strict";
// Search, filter by class of write, and the path of each violation. Without scripts the page shows
// everything, and the path to the first violation of each function.
(() => {
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const search = document.getElementById("search");
  const hits = document.getElementById("hits");
  const legend = $$(".legend button");
  const functions = $$("section").map((section) => ({
    section,
    details: section.querySelector("details"),
    link: document.querySelector(`nav a[href="#${section.id}"]`),
    name: section.querySelector("h2").textContent.toLowerCase(),
    rows: null,
  }));

  // A function's rows of code with their text, read when first searched.
  const rowsOf = (one) => {
    one.rows ??= $$("tr[id]", one.section).map((row) => {
      const above = [];
      let previous = row.previousElementSibling;
      for (; previous && !previous.id; previous = previous.previousElementSibling) above.push(previous);
      return { row, above, text: [row, ...above].map((r) => r.textContent).join(" ").toLowerCase() };
    });
    return one.rows;
  };

  const apply = () => {
    const text = search.value.trim().toLowerCase();
    const classes = legend.filter((b) => b.getAttribute("aria-pressed") === "true")
      .map((b) => b.dataset.w);
    const filtered = text !== "" || classes.length !== 0;
    let count = 0;
    for (const one of functions) {
      const named = text !== "" && one.name.includes(text);
      let found = 0;
      for (const { row, above, text: content } of rowsOf(one)) {
        const shown = (named || content.includes(text)) &&
          (classes.length === 0 || classes.some((w) => row.classList.contains(w)));
        row.hidden = !shown;
        for (const other of above) other.hidden = !shown;
        if (shown) ++found;
      }
      one.section.hidden = filtered && found === 0 && !(named && classes.length === 0);
      one.link.hidden = one.section.hidden;
      if (filtered && found !== 0 && text !== "") one.details.open = true;
      count += found;
    }
    hits.textContent = filtered ? `${count} line${count === 1 ? "" : "s"}` : "";
  };

  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  for (const button of legend) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      apply();
    });
  }

  // Marks the lines on the way to one violation, numbering its branches.
  const showPath = (section, button) => {
    for (const row of $$("tr.on", section)) row.classList.remove("on", "step");
    for (const other of $$("button[data-lines]", section)) other.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-pressed", "true");
    const id = (offset) => document.getElementById(`${section.id}-${offset}`);
    for (const range of button.dataset.lines.split(" ")) {
      const [first, last] = range.split("-");
      for (let row = id(first); row; row = row.nextElementSibling) {
        row.classList.add("on");
        if (row === id(last)) break;
      }
    }
    button.dataset.steps.split(" ").filter(Boolean).forEach((step, index) => {
      const [offset, target] = step.split(">");
      const row = id(offset);
      if (!row) return;
      row.classList.add("step");
      row.cells[2].dataset.step = `${index + 1} ${target ? `→ ${target}` : "↓"}`;
    });
  };
  for (const button of $$("button[data-lines]")) {
    button.addEventListener("click", () => showPath(button.closest("section"), button));
  }
  for (const one of functions) {
    const first = one.section.querySelector("button[data-lines]");
    if (first) showPath(one.section, first);
  }

  document.getElementById("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  document.getElementById("unfold").addEventListener("click", (event) => {
    const open = functions.some((one) => !one.details.open);
    for (const one of functions) one.details.open = open;
    event.target.textContent = open ? "Fold all" : "Unfold all";
  });
  const reveal = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target) return;
    const details = target.closest("details") ?? target.querySelector("details");
    if (details) details.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => functions.forEach((one) => { one.details.open = true; }));
  addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== search) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "Escape" && document.activeElement === search) {
      search.value = "";
      apply();
    }
  });
  reveal();
})();
