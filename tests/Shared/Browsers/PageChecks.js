() => {
  const problems = [];
  const name = (e) => (e.getAttribute("aria-label") || (e.labels && [...e.labels].map((l) => l.textContent).join(" ")) || e.textContent || e.title || "").trim();
  const seen = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== "hidden";
  for (const e of document.querySelectorAll("button, a[href], input, select, textarea, [role=button]"))
    if (seen(e) && !name(e) && ![...e.querySelectorAll("img")].some((i) => i.alt)) problems.push("no name: " + e.outerHTML.slice(0, 120));
  for (const e of document.querySelectorAll("svg:not([aria-hidden=true])"))
    if (!e.closest("[aria-hidden=true]") && seen(e) && e.getAttribute("role") === "img" && !e.getAttribute("aria-label")) problems.push("picture without words");
  let level = 0;
  for (const e of document.querySelectorAll("h1,h2,h3,h4,h5,h6")) {
    const now = Number(e.tagName[1]);
    if (now > level + 1) problems.push("heading out of order: " + e.textContent);
    level = now;
  }
  if (document.querySelectorAll("h1").length !== 1) problems.push("not one h1");
  if (!document.documentElement.lang || !document.title) problems.push("no language or title");
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  const met = new Set();
  for (const id of ids) { if (met.has(id)) problems.push("id twice: " + id); met.add(id); }
  for (const e of document.querySelectorAll("th")) if (!e.getAttribute("scope")) problems.push("head cell without scope: " + e.textContent);
  if (document.documentElement.scrollWidth > innerWidth + 1) problems.push("wider than the window: " + document.documentElement.scrollWidth + " > " + innerWidth);

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  // To ask the canvas takes most of the time, and a page has few colors.
  const colors = new Map();
  const rgba = (color) => { if (!colors.has(color)) colors.set(color, painted(color)); return colors.get(color); };
  const painted = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); const d = canvas.getImageData(0, 0, 1, 1).data; return [d[0], d[1], d[2], d[3] / 255]; };
  const light = ([r, g, b]) => { const f = (v) => ((v /= 255) <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4)); return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
  const behind = (e) => { for (let at = e; at; at = at.parentElement) { const c = rgba(getComputedStyle(at).backgroundColor); if (c[3] > 0.99) return c; } return rgba(getComputedStyle(document.body).backgroundColor); };
  // Words in a drawing may stand on a shape that was drawn just before them, as a number does on its disc.
  const holds = (around, x, y) => around.left <= x && x <= around.right && around.top <= y && y <= around.bottom;
  const shape = (e) => {
    const before = e.previousElementSibling;
    if (!(before instanceof SVGGeometryElement)) return null;
    const fill = rgba(getComputedStyle(before).fill), around = before.getBoundingClientRect(), words = e.getBoundingClientRect();
    return getComputedStyle(before).fill !== "none" && fill[3] > 0.99 && holds(around, (words.left + words.right) / 2, (words.top + words.bottom) / 2) ? fill : null;
  };
  const told = new Set();
  for (const e of document.querySelectorAll("body *")) {
    if (!seen(e) || ![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) || e.closest(":disabled, .ak-unseen, .ak-skip, style, script")) continue;
    const style = getComputedStyle(e);
    const ink = rgba(e instanceof SVGElement ? style.fill : style.color);
    const [a, b] = [light(ink), light((e instanceof SVGElement && shape(e)) || behind(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    const text = "contrast " + ratio.toFixed(2) + ": " + e.tagName + "." + (e.getAttribute("class") || "") + " " + e.textContent.trim().slice(0, 30);
    if (ratio < (large ? 3 : 4.5) && !told.has(text)) { told.add(text); problems.push(text); }
  }
  return problems;
}
