// Writing on a phone: text, edits, commands, attachments, the bot's reply buttons.

import { disclose, make, move } from "/static/net.js";

const KINDS = { voice: "Voice message", photo: "Photo", sticker: "Sticker", contact: "Contact", location: "Location", document: "File", video: "Video", audio: "Music", video_note: "Round video" };

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.form = phone.find(".composer");
    this.field = this.form.querySelector("textarea");
    this.editing = null;
    this.rows = "";
    this.known = [];
    this.field.setAttribute("aria-label", `Message from ${phone.name}`);
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("input", () => this.typed());
    this.form.querySelector(".cancel-edit").addEventListener("click", () => this.stopEditing());
    this.attachments();
    this.commandList();
    this.keysButton();
  }

  find(selector) { return this.form.querySelector(selector); }

  attachments() {
    const panel = this.find(".attach");
    const open = disclose(this.find(".attach-button"), panel, () => panel.querySelector("button").focus());
    for (const [kind, name] of Object.entries(KINDS)) {
      const send = async () => { open(false); this.field.focus(); await this.phone.post("messages", { kind }); };
      panel.append(make("li", {}, make("button", { type: "button", class: "item", "data-attach": kind, onclick: send }, name)));
    }
    const picker = make("input", { type: "file", hidden: true, "data-own-file": true, "aria-label": `File from ${this.phone.name}` });
    picker.addEventListener("change", () => { if (picker.files.length) this.phone.sendFile(picker.files[0]); picker.value = ""; });
    const pick = () => { open(false); this.field.focus(); picker.click(); };
    panel.append(make("li", {}, make("button", { type: "button", class: "item", "data-attach": "own_file", onclick: pick }, "File from this computer"), picker));
    panel.addEventListener("keydown", (event) => move(event, [...panel.querySelectorAll("button")]));
  }

  commandList() {
    const panel = this.find(".commands");
    this.openCommands = disclose(this.find(".commands-button"), panel, () => this.listCommands(""));
    panel.addEventListener("keydown", (event) => move(event, [...panel.querySelectorAll("button")]));
  }

  listCommands(prefix) {
    const { known } = this;
    const panel = this.find(".commands");
    const fitting = known.filter(({ command }) => command.startsWith(prefix));
    panel.replaceChildren(...fitting.map(({ command, description }) => {
      const send = () => { this.openCommands(false); this.clear(); this.field.focus(); this.phone.say(`/${command}`); };
      return make("li", {}, make("button", { type: "button", class: "item", onclick: send }, make("b", {}, `/${command}`), make("span", {}, description)));
    }));
    if (!known.length) panel.append(make("li", { class: "empty-list" }, "This bot has not set any commands."));
    else if (!fitting.length) this.openCommands(false);
    if (prefix === "" && this.field.value === "") panel.querySelector("button")?.focus();
  }

  keysButton() {
    const button = this.find(".keys-button");
    button.addEventListener("click", () => {
      const keys = this.find(".reply-keys");
      keys.hidden = !keys.hidden;
      button.setAttribute("aria-expanded", String(!keys.hidden));
    });
  }

  typed() {
    this.form.classList.toggle("ready", this.field.value.trim() !== "");
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(Math.max(this.field.scrollHeight + 2, 44), 138)}px`;
    const command = /^\/(\w*)$/.exec(this.field.value);
    const panel = this.find(".commands");
    if (command && !this.editing) {
      panel.hidden = false;
      this.find(".commands-button").setAttribute("aria-expanded", "true");
      this.listCommands(command[1]);
    } else if (!panel.hidden) this.openCommands(false);
  }

  key(event) {
    if (event.isComposing) return;
    const panel = this.find(".commands");
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape") {
      if (!panel.hidden) this.openCommands(false);
      else if (this.editing) this.stopEditing();
    } else if (event.key === "ArrowDown" && !panel.hidden) {
      event.preventDefault();
      panel.querySelector("button")?.focus();
    } else if (event.key === "ArrowUp" && this.field.value === "") {
      const last = this.phone.lastOwnText();
      if (last) { event.preventDefault(); this.edit(last); }
    }
  }

  async submit() {
    const text = this.field.value.trim();
    if (!text) return;
    const editing = this.editing;
    this.openCommands(false);
    this.clear();
    this.stopEditing();
    const sent = editing ? await this.phone.post("messages", { text, edit: editing.message_id }) : await this.phone.say(text);
    if (!sent && !this.field.value) { this.field.value = text; this.typed(); }
  }

  clear() { this.field.value = ""; this.typed(); }

  edit(message) {
    this.editing = message;
    this.find(".editing").hidden = false;
    this.find(".editing-text").textContent = message.text.slice(0, 80);
    this.field.value = message.text;
    this.typed();
    this.field.focus();
  }

  stopEditing() {
    if (!this.editing) return;
    this.editing = null;
    this.find(".editing").hidden = true;
    this.clear();
    this.field.focus();
  }

  showKeys(keyboard, force) {
    this.field.placeholder = force?.placeholder || keyboard?.placeholder || (force ? "Reply" : "Message");
    const rows = JSON.stringify(keyboard);
    if (rows === this.rows) return;
    this.rows = rows;
    const box = this.find(".reply-keys");
    const inside = box.contains(document.activeElement);
    box.replaceChildren(...(keyboard?.rows || []).map((row) => make("div", { class: "row" }, ...row.map((button) => {
      const send = () => (button.asks ? this.phone.post("messages", { kind: button.asks }) : this.phone.say(button.text));
      return make("button", { type: "button", onclick: send }, button.text);
    }))));
    box.hidden = !keyboard;
    this.find(".keys-button").hidden = !keyboard;
    this.find(".keys-button").setAttribute("aria-expanded", String(Boolean(keyboard)));
    if (inside) this.field.focus();
  }
}
