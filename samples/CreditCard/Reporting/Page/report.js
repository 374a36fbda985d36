"use strict";
(function () {
  const byId = (id) => document.getElementById(id);
  const runs = JSON.parse(byId("explorer-data").textContent);
  const chosen = byId("x-run");
  const slider = byId("x-at");
  const chart = byId("x-chart");
  const left = 50, right = 548, top = 12, bottom = 214;

  const percent = (share) => (100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0) + " %";
  const count = (value) => value.toLocaleString("en-US", { maximumFractionDigits: value >= 10 || value === 0 ? 0 : 2 });
  const cost = (input) => Math.max(0, Number(input.value) || 0);

  // What the threshold at an index does, as rates.
  function figures(run, i) {
    const alerts = run.alerts[i], caught = run.caught[i];
    return {
      alerts: alerts / run.units,
      falseAlarms: (alerts - caught) / run.units,
      precision: alerts === 0 ? 0 : caught / alerts,
      recall: run.frauds === 0 ? 0 : caught / run.frauds,
      caught: caught,
      missed: run.frauds - caught,
      cost: ((run.frauds - caught) * cost(byId("x-missed")) + (alerts - caught) * cost(byId("x-alarm"))) / run.units,
    };
  }

  function element(name, attributes, text) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key of Object.keys(attributes)) made.setAttribute(key, attributes[key]);
    if (text !== undefined) made.textContent = text;
    chart.appendChild(made);
  }

  function draw(run, all, at) {
    chart.replaceChildren();
    const least = Math.log10(Math.max(all[0].alerts, 1 / run.units));
    const most = Math.log10(Math.max(all[all.length - 1].alerts, 10 / run.units));
    const x = (rate) => left + (right - left) * Math.max(0, (Math.log10(Math.max(rate, 1e-9)) - least) / (most - least));
    const y = (share) => bottom - (bottom - top) * share;
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      element("path", { class: "grid", d: "M" + left + " " + y(share) + "H" + right });
      element("text", { class: "end", x: left - 6, y: y(share) + 4 }, percent(share));
    }
    for (let power = Math.ceil(least); power <= most; power++) {
      const at10 = x(Math.pow(10, power));
      element("path", { class: "grid", d: "M" + at10 + " " + bottom + "V" + top });
      element("text", { class: "mid", x: at10, y: bottom + 16 }, count(Math.pow(10, power)));
    }
    element("text", { class: "mid title", x: (left + right) / 2, y: bottom + 33 }, byId("x-results").querySelector("dt").textContent.toLowerCase() + " (logarithmic)");
    const dearest = Math.max(...all.map((point) => point.cost), 1e-12);
    const line = (style, value) => element("path", { class: "line " + style, d: "M" + all.map((point) => x(point.alerts).toFixed(1) + " " + y(value(point)).toFixed(1)).join("L") });
    line("cost", (point) => point.cost / dearest);
    line("precision", (point) => point.precision);
    line("recall", (point) => point.recall);
    element("path", { class: "here", d: "M" + x(all[at].alerts) + " " + bottom + "V" + top });
  }

  function show() {
    const run = runs[chosen.value];
    const at = Number(slider.value);
    const all = run.alerts.map((_, i) => figures(run, i));
    const point = all[at];
    const texts = {
      alerts: count(point.alerts), falseAlarms: count(point.falseAlarms), precision: percent(point.precision), recall: percent(point.recall),
      caught: count(point.caught) + " of " + count(run.frauds), missed: count(point.missed), cost: count(point.cost),
    };
    for (const cell of byId("x-results").querySelectorAll("dd")) cell.textContent = texts[cell.dataset.x];
    const threshold = run.threshold[at] === null ? "beyond all scores" : String(Number(run.threshold[at].toPrecision(5)));
    byId("x-threshold").textContent = threshold + (at === run.own ? " (the detector's own)" : "");
    slider.setAttribute("aria-valuetext", texts.alerts + " alerts, " + texts.caught + " frauds caught");
    draw(run, all, at);
    return all;
  }

  function choose() {
    const run = runs[chosen.value];
    slider.max = run.alerts.length - 1;
    slider.value = run.own;
    show();
  }

  function say(text) {
    byId("x-status").textContent = text;
  }

  chosen.addEventListener("change", choose);
  for (const input of [slider, byId("x-missed"), byId("x-alarm")]) input.addEventListener("input", show);
  byId("x-own").addEventListener("click", () => {
    choose();
    say("The detector's own threshold is set.");
  });
  byId("x-cheap").addEventListener("click", () => {
    const all = show();
    slider.value = all.reduce((best, point, i) => (point.cost < all[best].cost ? i : best), 0);
    show();
    say("The cheapest threshold of the slider is set.");
  });

  byId("explore").hidden = false;
  byId("few").open = false;
  choose();

  // On paper nothing can be unfolded.
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details.print, #few")) details.open = true;
  });
})();
