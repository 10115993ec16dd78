// What a message carries besides words: photos, sound, files, places, polls.

import { icon, make, wave } from "/static/net.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const GUARDED = "This message is protected: it cannot be saved or passed on";

export function media(message, act) {
  switch (message.kind) {
    case "photo":
      return photo(message);
    case "sticker":
      return make("img", { src: message.url, alt: "Sticker", width: 132, height: 132 });
    case "voice":
    case "audio":
      return voice(message);
    case "video":
    case "video_note":
      return film(message, {});
    case "animation":
      return animation(message);
    case "document":
      return card("file", message.file_name || "File", size(message.file_size), message.url);
    case "contact":
      return card("person", message.contact.first_name, message.contact.phone_number);
    case "location":
      return card("place", "Location", `${message.location.latitude}, ${message.location.longitude}`);
    case "poll":
      return poll(message, act);
    default:
      return null;
  }
}

function photo(message) {
  const named = message.caption ? `Photo: ${message.caption.slice(0, 120)}` : "Photo";
  const image = make("img", { src: message.url, alt: named, width: message.width, height: message.height, draggable: message.protected ? "false" : null });
  const button = make("button", { type: "button", class: "photo" }, image, make("span", { class: "sr" }, "Enlarge"));
  if (message.spoiler) button.classList.add("covered");
  button.addEventListener("click", () => {
    if (button.classList.contains("covered")) button.classList.remove("covered");
    else enlarge(message.url, named);
  });
  if (message.protected) button.addEventListener("contextmenu", (event) => event.preventDefault());
  return button;
}

function enlarge(url, named) {
  const viewer = document.getElementById("viewer");
  const image = viewer.querySelector("img");
  image.src = url;
  image.alt = named;
  viewer.showModal();
}

function voice(message) {
  const sound = new Audio();
  sound.preload = "none";
  sound.src = message.url;
  const left = make("span", { class: "long" }, clock(message.duration));
  const button = make("button", { type: "button", class: "round" });
  const draw = () => {
    button.replaceChildren(icon(sound.paused ? "play" : "pause"));
    button.setAttribute("aria-label", sound.paused ? `Play the voice message, ${message.duration} seconds` : "Pause");
  };
  button.addEventListener("click", () => {
    if (sound.paused) sound.play().catch(draw);
    else sound.pause();
  });
  for (const name of ["play", "pause", "ended"]) sound.addEventListener(name, draw);
  sound.addEventListener("timeupdate", () => { left.textContent = clock(sound.currentTime || message.duration); });
  draw();
  return make("div", { class: "voice" }, button, wave(message.message_id), left);
}

function film(message, facts) {
  // Its shape is known before it has loaded, so that the words below it are scrolled into view.
  const video = make("video", { src: message.url, width: message.width, height: message.height, controls: true, playsinline: true, preload: "metadata", "aria-label": `Video, ${message.duration || 0} seconds`, controlslist: message.protected ? "nodownload" : null, ...facts });
  video.muted = "muted" in facts;
  video.addEventListener("error", () => video.replaceWith(card("play", "Video", clock(message.duration), message.url)));
  return video;
}

function animation(message) {
  if ((message.mime_type || "").startsWith("image/")) return photo(message);
  return film(message, calm.matches ? { loop: true, muted: true } : { autoplay: true, loop: true, muted: true, controls: null });
}

// An edited caption must not start the picture above it again.
export function swap(old, node) {
  const playing = old.querySelector("video");
  const fresh = node.querySelector("video");
  const same = playing && fresh && playing.src === fresh.src;
  if (same) fresh.replaceWith(playing);
  old.replaceWith(node);
  if (same && playing.autoplay) playing.play().catch(() => {});
}

function card(name, title, detail, url) {
  const inside = [make("span", { class: "round" }, icon(name)), make("span", {}, make("b", {}, title), make("small", {}, detail || ""))];
  return url ? make("a", { class: "card", href: url, download: title }, ...inside) : make("div", { class: "card" }, ...inside);
}

function poll(message, act) {
  const { poll: asked } = message;
  const box = make("fieldset", { class: "poll" }, make("legend", {}, asked.question));
  asked.options.forEach((option, index) => {
    const chosen = option.voter_count > 0;
    const name = asked.total_voter_count ? `${option.text} (${option.voter_count})` : option.text;
    const vote = () => {
      const before = asked.options.flatMap((other, at) => (other.voter_count && at !== index ? [at] : []));
      const others = asked.allows_multiple_answers ? before : [];
      act.vote(message.message_id, chosen ? others : [...others, index]);
    };
    box.append(make("button", { type: "button", "aria-pressed": String(chosen), disabled: asked.is_closed, onclick: vote }, name));
  });
  return box;
}

export function guardedMark() {
  const mark = make("span", { title: GUARDED }, icon("lock"), make("span", { class: "sr" }, "protected"));
  return mark;
}

function clock(seconds = 0) {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function size(bytes = 0) {
  return bytes < 1024 ? `${bytes} bytes` : bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
