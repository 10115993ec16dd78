// The simulated time: shown everywhere, moved by the two buttons.

import { ask } from "/static/net.js";

let ahead = 0;
let offset = 0;

export const now = () => new Date(Date.now() + ahead);
export const shortTime = (date) => date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

export async function readClock() {
  const answer = await ask("/api/clock");
  ahead = new Date(answer.now).getTime() - Date.now();
  offset = answer.offset;
  show();
}

// The next moment at which the wall clock here shows `time` ("08:30").
export function untilNext(time, from) {
  const [hours, minutes] = time.split(":").map(Number);
  const target = new Date(from);
  target.setHours(hours, minutes, 0, 0);
  if (target <= from) {
    target.setDate(target.getDate() + 1);
    target.setHours(hours, minutes, 0, 0);
  }
  return Math.ceil((target - from) / 1000);
}

function show() {
  const date = now();
  const time = document.getElementById("now");
  time.dateTime = date.toISOString();
  const day = date.toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short" });
  const [dayPart, hourPart] = time.children;
  if (dayPart.textContent !== day) dayPart.textContent = day;
  hourPart.textContent = shortTime(date);
  const note = document.getElementById("ahead");
  note.hidden = offset < 60;
  note.textContent = `${span(offset)} ahead`;
  for (const status of document.querySelectorAll(".status-time")) status.textContent = shortTime(date);
}

function span(seconds) {
  const hours = Math.round(seconds / 3600);
  if (hours < 1) return `${Math.round(seconds / 60)} min`;
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days ${hours % 24 ? `${hours % 24} h` : ""}`.trim();
}

export function startClock(say) {
  const jump = async (seconds, words) => {
    await ask("/api/clock", { advance_seconds: seconds });
    await readClock();
    say(`${words}: it is now ${document.getElementById("now").innerText}`);
  };
  document.getElementById("hour").addEventListener("click", () => jump(3600, "One hour later"));
  const morning = document.getElementById("morning");
  morning.addEventListener("click", () => jump(untilNext(morning.dataset.morning, now()), "Tomorrow morning"));
  setInterval(show, 1000);
  return readClock();
}
