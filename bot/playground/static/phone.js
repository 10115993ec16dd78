// One phone: fetches its chat, shows it, and does what its owner does.

import { ask, disclose, icon, make } from "/static/net.js";
import { swap } from "/static/media.js";
import { arrange, bubble } from "/static/bubble.js";
import { Composer } from "/static/composer.js";
import { now } from "/static/clock.js";

export const LANGUAGES = ["en", "es", "de", "fr", "pt", "it", "ar", "zh", "hi", "ru", "uk", "tr", "vi", "ko"];
const names = new Intl.DisplayNames(["en"], { type: "language" });
export const languageName = (code) => { try { return names.of(code); } catch { return code; } };
const ACTIONS = { typing: "typing…", upload_photo: "sending a photo…", record_voice: "recording…", upload_voice: "sending a voice message…", upload_document: "sending a file…" };
const narrow = matchMedia("(max-width: 720px)");

export class Phone {
  constructor(facts, desk) {
    this.id = facts.id;
    this.name = facts.first_name;
    this.desk = desk;
    this.seq = 0;
    this.unreadAfter = null;
    this.busy = new Map();
    this.active = false;
    const template = document.getElementById("phone-template");
    this.root = template.content.firstElementChild.cloneNode(true);
    this.root.dataset.phone = facts.id;
    this.log = this.find(".log");
    const caption = this.find(".caption");
    caption.id = `phone-${facts.id}`;
    this.find(".caption-name").textContent = facts.first_name;
    this.root.setAttribute("aria-label", `${facts.first_name}’s phone`);
    this.log.setAttribute("aria-label", `Chat on ${facts.first_name}’s phone`);
    this.find(".menu-button").setAttribute("aria-label", `More for ${facts.first_name}`);
    this.composer = new Composer(this);
    this.wire();
    this.update(facts);
  }

  find(selector) { return this.root.querySelector(selector); }

  wire() {
    this.openMenu = disclose(this.find(".menu-button"), this.find(".menu"));
    this.find(".start").addEventListener("click", async () => { if (await this.say(`/start ${this.startWith || ""}`.trim())) this.composer.field.focus(); });
    const unblock = async () => { if (await this.post("unblock", {})) this.composer.field.focus(); };
    this.find(".unblock").addEventListener("click", unblock);
    this.find(".block").addEventListener("click", async () => {
      this.openMenu(false);
      this.find(".menu-button").focus();
      await this.post(this.blocked ? "unblock" : "block", {});
    });
    this.find(".menu select").addEventListener("change", (event) => this.post("language", { language_code: event.target.value }));
    this.find(".jump").addEventListener("click", () => { this.toEnd(); this.log.focus(); });
    this.find(".pinned").addEventListener("click", () => this.node(this.pinnedId)?.scrollIntoView({ block: "center" }));
    this.log.addEventListener("scroll", () => this.scrolled(), { passive: true });
    for (const name of ["pointerdown", "focusin"]) this.root.addEventListener(name, () => this.desk.activate(this));
    this.root.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") this.considerRead(true); });
  }

  update(facts) {
    this.language = facts.language_code;
    this.unread = facts.unread;
    this.log.lang = facts.language_code;
    this.find(".caption-language").textContent = languageName(facts.language_code);
    this.find(".owner").textContent = `${facts.first_name} · ${facts.language_code.toUpperCase()}`;
    this.badge();
    const select = this.find(".menu select");
    const codes = new Set([facts.language_code, ...LANGUAGES]);
    select.replaceChildren(...[...codes].map((code) => make("option", { value: code }, languageName(code))));
    select.value = facts.language_code;
    this.readBot();
  }

  badge() {
    const badge = this.find(".caption .badge");
    badge.hidden = !this.unread;
    badge.replaceChildren(make("span", { "aria-hidden": "true" }, String(this.unread)), make("span", { class: "sr" }, `, ${this.unread} unread`));
    this.find(".jump .badge").textContent = this.unread || "";
    this.desk.badge(this);
  }

  async readBot() {
    this.composer.known = await ask(`/api/people/${this.id}/commands`);
    const bot = await ask(`/api/people/${this.id}/bot`);
    const changed = JSON.stringify(bot) !== JSON.stringify(this.bot);
    this.bot = bot;
    if (!changed) return;
    this.find(".bot-name").textContent = bot.name;
    this.state();
    this.about();
  }

  state() {
    const state = this.find(".state");
    const doing = ACTIONS[this.action] || (this.action ? "busy…" : "");
    state.textContent = doing || (this.bot?.connected ? "online" : "not connected");
    state.classList.toggle("live", Boolean(doing) || Boolean(this.bot?.connected));
  }

  // One fetch at a time; whoever asks meanwhile waits for the fetch after it.
  pull() {
    this.again = true;
    this.pulling ??= this.fetchAll().finally(() => { this.pulling = null; });
    return this.pulling;
  }

  async fetchAll() {
    while (this.again) {
      this.again = false;
      this.show(await ask(`/api/people/${this.id}/chat?after=${this.seq}`));
    }
  }

  show(chat) {
    const first = this.seq === 0;
    const atEnd = first || this.nearEnd();
    Object.assign(this, { seq: chat.seq, started: chat.started, blocked: chat.blocked, unread: chat.unread });
    if (this.unread && !this.reading() && this.unreadAfter === null) this.unreadAfter = chat.last_read;
    const mine = chat.messages.some((message) => message.from === "person" && !message.edited);
    for (const message of chat.messages) this.put(message, first);
    this.typing(chat.action, chat.draft);
    if (chat.messages.length) arrange(this.log, now(), this.unreadAfter);
    this.about();
    this.pinnedBar();
    this.foot(chat);
    for (const toast of chat.toasts) this.answered(toast, first);
    if (atEnd || (mine && this.active)) this.toEnd();
    this.badge();
    this.considerRead();
  }

  node(id) { return this.log.querySelector(`[data-message="${id}"]`); }

  put(message, first) {
    const old = this.node(message.message_id);
    const hadFocus = old?.contains(document.activeElement);
    const key = hadFocus ? document.activeElement.dataset?.data : undefined;
    if (message.deleted) {
      old?.remove();
      if (hadFocus) this.log.focus({ preventScroll: true });
      return;
    }
    const node = bubble(message, this.acts());
    if (old) swap(old, node);
    else {
      if (!first) node.classList.add("fresh");
      const drafted = this.log.querySelector(".draft");
      if (drafted) drafted.before(node);
      else this.log.append(node);
    }
    if (!hadFocus) return;
    const same = [...node.querySelectorAll("[data-data]")].find((button) => button.dataset.data === key);
    (same || node).focus({ preventScroll: true });
  }

  acts() {
    return {
      person: () => this.name,
      bot: () => this.bot?.name || "Bot",
      say: (text) => this.say(text),
      edit: (message) => this.composer.edit(message),
      vote: (id, options) => this.post("votes", { message_id: id, options }),
      press: (id, data, node) => this.press(id, data, node),
      waits: (id, data) => [...this.busy.values()].includes(`${id}:${data}`),
      quote: (id) => this.node(id)?.facts.text?.slice(0, 80) || "Message",
      copy: async (text) => {
        try { await navigator.clipboard.writeText(text); this.toast("Copied"); } catch { this.toast(text); }
      },
    };
  }

  async post(what, body) {
    try {
      const answer = await ask(`/api/people/${this.id}/${what}`, body);
      await this.pull();
      return answer;
    } catch (error) {
      this.toast(error.message);
      return null;
    }
  }

  say(text) {
    this.unreadAfter = null;
    return this.post("messages", { text });
  }

  async sendFile(file) {
    this.unreadAfter = null;
    const path = `/api/people/${this.id}/files?name=${encodeURIComponent(file.name)}`;
    try {
      const answer = await fetch(path, { method: "POST", body: file });
      const read = await answer.json();
      if (!answer.ok) throw new Error(read.error || `The playground answered ${answer.status}.`);
      await this.pull();
    } catch (error) {
      this.toast(error.message);
    }
  }

  async press(id, data, node) {
    node.setAttribute("aria-busy", "true");
    this.unreadAfter = null;
    const answer = await this.post("presses", { message_id: id, data });
    if (!answer) { node.removeAttribute("aria-busy"); return; }
    const query = answer.callback_query_id;
    if (this.done?.delete(query)) return this.settle(query, id, data);
    this.busy.set(query, `${id}:${data}`);
    setTimeout(() => this.settle(query, id, data), 10000);
  }

  settle(query, id, data) {
    this.busy.delete(query);
    for (const button of this.node(id)?.querySelectorAll("[data-data]") || []) {
      if (button.dataset.data === data) button.removeAttribute("aria-busy");
    }
  }

  answered(toast, first) {
    const place = this.busy.get(toast.callback_query_id);
    if (place) {
      const cut = place.indexOf(":");
      this.settle(toast.callback_query_id, place.slice(0, cut), place.slice(cut + 1));
    } else (this.done ??= new Set()).add(toast.callback_query_id);
    if (toast.text && !first) this.toast(toast.text, toast.show_alert);
  }

  toast(text, stays = false) {
    const box = this.find(".toast");
    clearTimeout(this.toastTimer);
    const close = () => { const inside = box.contains(document.activeElement); box.replaceChildren(); if (inside) this.log.focus(); };
    box.replaceChildren(make("p", {}, text));
    if (stays) box.append(make("button", { type: "button", onclick: close }, "OK"));
    else this.toastTimer = setTimeout(close, 4500);
  }

  typing(action, draft) {
    clearTimeout(this.actionTimer);
    this.action = draft ? "typing" : action;
    if (this.action) this.actionTimer = setTimeout(() => { this.typing(null, null); }, draft ? 30000 : 5000);
    this.state();
    this.log.querySelector(".draft")?.remove();
    if (!this.action) return;
    const inside = draft ? make("div", { class: "words" }, draft) : make("span", { class: "dots" }, make("i"), make("i"), make("i"));
    this.log.append(make("div", { class: "message bot draft first", "aria-hidden": "true" }, make("div", { class: "bubble" }, inside)));
  }

  about() {
    this.log.querySelector(".about")?.remove();
    if (this.log.querySelector("[data-message]") || !this.bot) return;
    const words = this.bot.description || "Press Start to begin the chat.";
    this.log.prepend(make("div", { class: "about" }, make("h3", {}, "What can this bot do?"), make("p", {}, words)));
  }

  pinnedBar() {
    const pinned = [...this.log.querySelectorAll("[data-message]")].reverse().find((node) => node.facts.pinned);
    const bar = this.find(".pinned");
    bar.hidden = !pinned;
    if (!pinned) return;
    this.pinnedId = pinned.facts.message_id;
    bar.replaceChildren(icon("pin"), make("span", { class: "sr" }, "Pinned: "), make("span", {}, pinned.facts.text || pinned.facts.caption || "Pinned message"));
  }

  foot(chat) {
    const shown = chat.blocked ? ".unblock" : chat.started ? ".composer" : ".start";
    for (const part of [".unblock", ".composer", ".start"]) this.find(part).hidden = part !== shown;
    this.find(".block").textContent = chat.blocked ? "Unblock the bot" : "Block the bot";
    this.find(".block").hidden = !chat.started;
    this.composer.showKeys(chat.reply_keyboard, chat.force_reply);
  }

  lastOwnText() {
    const own = [...this.log.querySelectorAll('[data-from="person"][data-kind="text"]')];
    return own.at(-1)?.facts;
  }

  nearEnd() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 90; }

  toEnd() { this.log.scrollTop = this.log.scrollHeight; this.scrolled(); }

  scrolled() {
    this.find(".jump").hidden = this.nearEnd();
    this.considerRead();
  }

  reading() { return document.visibilityState === "visible" && this.active; }

  considerRead(hovered = false) {
    if (!this.unread || !this.nearEnd() || !(this.reading() || (hovered && !narrow.matches))) return;
    if (this.unreadTold === this.unread) return;
    this.unreadTold = this.unread;
    ask(`/api/people/${this.id}/read`, {}).finally(() => { this.unreadTold = 0; });
    this.unread = 0;
    this.badge();
  }
}
