// One message as an element, and how neighbours share tails, times and days.

import { icon, make } from "/static/net.js";
import { words } from "/static/text.js";
import { guardedMark, media } from "/static/media.js";
import { shortTime } from "/static/clock.js";

const WIDE = new Set(["photo", "animation", "video", "video_note"]);
const GROUP = 300;

export function bubble(message, act) {
  const mine = message.from === "person";
  const node = make("div", {
    class: `message ${mine ? "person" : "bot"}`, tabindex: "-1",
    "data-message": message.message_id, "data-from": message.from, "data-kind": message.kind,
  });
  if (WIDE.has(message.kind)) node.classList.add("media");
  if (message.kind === "sticker") node.classList.add("stickerish");
  node.facts = message;
  const spoken = message.text || message.caption;
  const body = make("div", { class: "bubble", dir: "auto" }, make("span", { class: "sr" }, mine ? `${act.person()}: ` : `${act.bot()}: `));
  if (message.forwarded) body.append(make("span", { class: "forwarded" }, "Forwarded message"));
  if (message.reply_to) body.append(make("span", { class: "reply-to" }, act.quote(message.reply_to)));
  const parts = [media(message, act), spoken ? words(spoken, message.entities, act.say) : null];
  if (message.caption_above) parts.reverse();
  body.append(...parts.filter(Boolean), meta(message));
  node.append(body);
  const emoji = Object.values(message.reactions);
  if (emoji.length) node.append(make("span", { class: "reactions" }, make("span", { class: "sr" }, "Reaction: "), emoji.join(" ")));
  if (message.buttons.length) node.append(keys(message, act));
  if (mine && message.kind === "text") node.append(editOwn(message, act));
  return node;
}

function meta(message) {
  const date = new Date(message.date * 1000);
  const time = make("time", { datetime: date.toISOString() }, shortTime(date));
  const box = make("span", { class: "meta" });
  if (message.edited || message.protected) box.classList.add("keep");
  if (message.protected) box.append(guardedMark());
  if (message.edited) box.append(make("span", { class: "edited" }, "edited"));
  box.append(time);
  return box;
}

function keys(message, act) {
  const box = make("div", { class: "keys", role: "group", "aria-label": "Buttons under this message" });
  for (const row of message.buttons) {
    const line = make("div", { class: row.length > 4 ? "row crowded" : "row" });
    for (const button of row) line.append(key(message, button, act));
    box.append(line);
  }
  return box;
}

function key(message, button, act) {
  const look = `key ${["primary", "success", "danger"].includes(button.style) ? button.style : ""}`;
  if (button.url !== undefined) {
    return make("a", { class: look, href: button.url, target: "_blank", rel: "noopener noreferrer" }, button.text, icon("out"));
  }
  if (button.copy !== undefined) {
    return make("button", { type: "button", class: look, onclick: () => act.copy(button.copy) }, button.text, icon("copy"));
  }
  const node = make("button", { type: "button", class: look, "data-data": button.data }, button.text);
  if (act.waits(message.message_id, button.data)) node.setAttribute("aria-busy", "true");
  node.addEventListener("click", () => act.press(message.message_id, button.data, node));
  return node;
}

function editOwn(message, act) {
  const start = message.text.slice(0, 40);
  return make("button", { type: "button", class: "icon edit-own", "aria-label": `Edit “${start}”`, onclick: () => act.edit(message) }, icon("pencil"));
}

// Day lines, the unread line, who has the tail, whose time is shown.
export function arrange(log, now, unreadAfter) {
  for (const line of log.querySelectorAll(".day, .unread-line")) line.remove();
  const nodes = [...log.querySelectorAll("[data-message]")];
  let before = null;
  let marked = false;
  nodes.forEach((node, at) => {
    const facts = node.facts;
    const after = nodes[at + 1]?.facts;
    const newDay = !before || dayOf(before) !== dayOf(facts);
    if (newDay) node.before(make("p", { class: "day" }, dayName(facts.date, now)));
    const unread = !marked && unreadAfter !== null && facts.from === "bot" && facts.message_id > unreadAfter;
    if (unread) {
      node.before(make("p", { class: "unread-line" }, "Unread messages"));
      marked = true;
    }
    node.classList.toggle("first", newDay || unread || !together(before, facts));
    const last = !after || dayOf(after) !== dayOf(facts) || !together(facts, after);
    node.classList.toggle("tail", last);
    node.classList.toggle("quiet", !last && minute(after) === minute(facts));
    before = facts;
  });
}

const together = (a, b) => a && b && a.from === b.from && b.date - a.date < GROUP;
const minute = (facts) => Math.floor(facts.date / 60);
const dayOf = (facts) => new Date(facts.date * 1000).toDateString();

function dayName(seconds, now) {
  const date = new Date(seconds * 1000);
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (date.toDateString() === now.toDateString()) return "Today";
  if (date.toDateString() === yesterday.toDateString()) return "Yesterday";
  return date.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });
}
