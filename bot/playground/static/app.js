// The desk: all phones, the switcher, the bar on top, and the wire to the playground.

import { ask, icon, make } from "/static/net.js";
import { readClock, startClock } from "/static/clock.js";
import { LANGUAGES, Phone, languageName } from "/static/phone.js";
import { startCode } from "/static/text.js";

const shelf = document.getElementById("phones");
const switcher = document.querySelector(".switcher");
const narrow = matchMedia("(max-width: 720px)");
const phones = new Map();
const say = (words) => { document.getElementById("said").textContent = words; };

const desk = {
  activate(phone) {
    for (const other of phones.values()) {
      other.active = other === phone;
      other.tab?.toggleAttribute("aria-current", false);
    }
    phone.tab?.setAttribute("aria-current", "true");
    if (narrow.matches && phone.tab) switcher.scrollLeft = phone.tab.offsetLeft - switcher.offsetLeft - 40;
    phone.considerRead();
  },
  badge(phone) {
    if (!phone.tab) return;
    phone.tab.replaceChildren(phone.name);
    if (phone.unread) phone.tab.append(make("span", { class: "badge" }, String(phone.unread), make("span", { class: "sr" }, " unread")));
  },
};

async function readPeople() {
  for (const facts of await ask("/api/people")) {
    const known = phones.get(facts.id);
    if (known) known.update(facts);
    else await addPhone(facts);
  }
}

async function addPhone(facts) {
  const phone = new Phone(facts, desk);
  phones.set(facts.id, phone);
  shelf.append(phone.root);
  phone.tab = make("button", { type: "button", "data-tab": facts.id }, facts.first_name);
  phone.tab.addEventListener("click", () => {
    phone.root.scrollIntoView({ behavior: "auto", inline: "center", block: "nearest" });
    desk.activate(phone);
    if (!narrow.matches) (phone.root.querySelector(".start:not([hidden])") || phone.composer.field).focus({ preventScroll: true });
  });
  switcher.append(phone.tab);
  watch.observe(phone.root);
  await phone.pull();
  if (phones.size === 1) desk.activate(phone);
}

async function readLinks() {
  const ways = document.getElementById("ways");
  const links = (await ask("/api/links")).map(({ name, url }) => make("a", { class: "chip", href: url, target: "_blank", rel: "noopener noreferrer" }, name, icon("out")));
  ways.replaceChildren(...links);
  ways.hidden = links.length === 0;
}

const watch = new IntersectionObserver((entries) => {
  if (!narrow.matches) return;
  for (const entry of entries) {
    if (entry.isIntersecting) desk.activate(phones.get(Number(entry.target.dataset.phone)));
  }
}, { root: shelf, threshold: 0.6 });

function listen() {
  const events = new EventSource("/api/events");
  const lost = document.getElementById("lost");
  events.onopen = async () => {
    lost.hidden = true;
    await readPeople();
    await Promise.all([readClock(), readLinks(), ...[...phones.values()].map((phone) => phone.pull())]);
  };
  events.onerror = () => {
    lost.textContent = "The playground does not answer. Trying again…";
    lost.hidden = false;
  };
  // A fetch that fails is no news: the event source reports the loss and catches up later.
  events.onmessage = (event) => Promise.resolve(hear(JSON.parse(event.data))).catch(() => {});
}

function hear(event) {
  switch (event.kind) {
    case "chat": return phones.get(event.person)?.pull();
    case "people": return readPeopleSoon();
    case "clock": return readClock();
    case "links": return readLinks();
    case "bot": return Promise.all([...phones.values()].map((phone) => phone.readBot()));
    case "reset": return location.reload();
    default: return undefined;
  }
}

let soon = 0;
function readPeopleSoon() {
  clearTimeout(soon);
  soon = setTimeout(readPeople, 60);
}

function dialogs() {
  const newcomer = document.getElementById("newcomer");
  const form = newcomer.querySelector("form");
  form.elements.language_code.append(...LANGUAGES.map((code) => make("option", { value: code }, languageName(code))));
  const open = (link) => { form.reset(); form.elements.link.value = link; newcomer.showModal(); };
  document.getElementById("add").addEventListener("click", () => open(""));
  // An invitation is for somebody else: it opens on a phone of their own.
  document.addEventListener("start-link", (event) => open(event.detail));
  form.querySelector("[value=cancel]").addEventListener("click", () => newcomer.close());
  form.addEventListener("submit", async () => {
    const { link, ...person } = Object.fromEntries(new FormData(form));
    const facts = await ask("/api/people", person);
    await readPeople();
    phones.get(facts.id).startWith = startCode(link);
    phones.get(facts.id).tab.click();
    say(`${facts.first_name} has a phone now`);
  });
  const sure = document.getElementById("sure");
  document.getElementById("reset").addEventListener("click", () => sure.showModal());
  sure.addEventListener("close", () => { if (sure.returnValue === "yes") ask("/api/reset", {}); sure.returnValue = ""; });
  const viewer = document.getElementById("viewer");
  viewer.addEventListener("click", () => viewer.close());
}

dialogs();
await startClock(say);
await readPeople();
listen();
setInterval(() => phones.forEach((phone) => phone.readBot().catch(() => {})), 15000);
