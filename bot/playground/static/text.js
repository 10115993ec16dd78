// From a text and its entities (UTF-16 offsets, as JavaScript counts) to elements.

import { make } from "/static/net.js";

const SCHEMES = /^(https?:|tg:|mailto:|tel:)/i;
const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre" };

export function words(text, entities, onCommand) {
  const box = make("span", { class: "words" });
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  fill(box, text, 0, text.length, sorted, onCommand);
  return box;
}

function fill(parent, text, from, to, entities, onCommand) {
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at || entity.offset >= to) {
      rest = others;
      continue;
    }
    parent.append(text.slice(at, entity.offset));
    const inner = others.filter((other) => other.offset < end);
    parent.append(wrap(entity, text.slice(entity.offset, end), (into) => fill(into, text, entity.offset, end, inner, onCommand), onCommand));
    rest = others.filter((other) => other.offset >= end);
    at = end;
    if (entity.type.endsWith("blockquote") || entity.type === "pre") at += text[at] === "\n" ? 1 : 0;
  }
  parent.append(text.slice(at, to));
}

function wrap(entity, covered, fillInto, onCommand) {
  const into = (element) => {
    fillInto(element);
    return element;
  };
  switch (entity.type) {
    case "spoiler":
      return spoiler(into(make("span", {})));
    case "blockquote":
      return into(make("blockquote", {}));
    case "expandable_blockquote":
      return folded(into(make("span", { class: "inside" })), covered);
    case "text_link":
      return link(entity.url, into);
    case "url":
      return link(covered, into);
    case "bot_command":
      return make("button", { type: "button", class: "command", onclick: () => onCommand(covered) }, covered);
    default:
      return into(make(TAGS[entity.type] || "span", {}));
  }
}

function link(url, into) {
  if (!SCHEMES.test(url || "")) return into(make("span", {}));
  const element = into(make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }));
  if (startCode(url)) {
    element.addEventListener("click", (event) => {
      event.preventDefault();
      document.dispatchEvent(new CustomEvent("start-link", { detail: url }));
    });
  }
  return element;
}

// What a t.me link hands to a bot's /start, "" for any other link. Telegram allows these signs.
export const startCode = (url) => /^https:\/\/t\.me\/\w+\?start=([\w-]{1,64})$/.exec(url || "")?.[1] ?? "";

function spoiler(inside) {
  inside.setAttribute("aria-hidden", "true");
  inside.inert = true;
  const cover = make("button", { type: "button", class: "spoiler", "aria-label": "Hidden text, show it" }, inside);
  cover.addEventListener("click", () => {
    inside.removeAttribute("aria-hidden");
    inside.inert = false;
    inside.className = "shown-spoiler";
    inside.tabIndex = -1;
    cover.replaceWith(inside);
    inside.focus({ preventScroll: true });
  });
  return cover;
}

function folded(inside, covered) {
  const long = covered.length > 130 || covered.split("\n").length > 3;
  const quote = make("blockquote", { class: long ? "folded" : "" }, inside);
  if (!long) return quote;
  const button = make("button", { type: "button", class: "unfold", "aria-expanded": "false" }, "Show more");
  button.addEventListener("click", () => {
    const open = quote.classList.toggle("folded") === false;
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? "Show less" : "Show more";
  });
  quote.append(button);
  return quote;
}
