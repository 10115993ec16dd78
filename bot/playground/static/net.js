// Talking to the playground, and building elements without ever reading text as HTML.

export async function ask(path, body, method = body === undefined ? "GET" : "POST") {
  const options = { method, headers: {} };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(path, options);
  const read = await answer.json();
  if (!answer.ok) throw new Error(read.error || `The playground answered ${answer.status}.`);
  return read;
}

export function make(tag, facts = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

export function wave(seed) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 116 28");
  svg.setAttribute("class", "wave");
  svg.setAttribute("aria-hidden", "true");
  for (let bar = 0; bar < 29; bar += 1) {
    const height = 4 + Math.abs(Math.sin(bar * 0.7 + seed) * Math.cos(bar * 0.31)) * 22;
    const rect = document.createElementNS(SVG, "rect");
    for (const [key, value] of Object.entries({ x: bar * 4, y: 14 - height / 2, width: 2.4, height, rx: 1.2 })) {
      rect.setAttribute(key, value);
    }
    svg.append(rect);
  }
  return svg;
}

// A button that opens a panel: Escape and a click elsewhere close it, focus comes back.
export function disclose(button, panel, onOpen = () => {}) {
  const set = (open) => {
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) onOpen();
  };
  button.addEventListener("click", () => set(panel.hidden));
  document.addEventListener("pointerdown", (event) => {
    if (!panel.hidden && !panel.contains(event.target) && !button.contains(event.target)) set(false);
  });
  for (const part of [panel, button]) {
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || panel.hidden) return;
      set(false);
      button.focus();
    });
  }
  return set;
}

export function move(event, items) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !items.length) return;
  event.preventDefault();
  const at = items.indexOf(document.activeElement);
  items[(at + step + items.length) % items.length].focus();
}
