// Preview cards, cloned from "In this story". Without this file nothing is missing.

const OPEN_AFTER = 500;
const CLOSE_AFTER = 300;
const GAP = 8;
const KEY = "x-previews";

const root = document.documentElement;
const button = document.getElementById(KEY);
const card = document.getElementById("x-card");
const [shut, text, more] = card.children;
let on = stored() !== "off";
let link; // whose card is open
let waiting; // whose card is about to open
let muted; // whose card was closed with Escape: stays closed until the reader leaves
let sheet; // whether the card is a sheet, for fingers
let touched; // whether the last press was a finger's
let mouse = {};
let opening;
let closing;

function stored(value) {
  try {
    if (value) localStorage.setItem(KEY, value);
    return localStorage.getItem(KEY);
  } catch {} // refused: the choice holds for this page
}

const linkAt = (event) => event.target.closest?.(".entry-link");

function wait(target) {
  clearTimeout(opening);
  waiting = target;
  if (target) opening = setTimeout(show, OPEN_AFTER, target);
}

function stay() {
  wait();
  clearTimeout(closing);
}

function close() {
  stay();
  link = sheet = null;
  card.hidePopover();
}

function show(target, asSheet) {
  const story = document.getElementById(target.getAttribute("aria-details"));
  if (!story) return;
  close();
  link = target;
  sheet = asSheet;
  text.replaceChildren(
    ...[...story.querySelectorAll(".story-name, .story-summary, .as-of")].map((part) => {
      const copy = document.createElement("div");
      for (const { name, value } of part.attributes) copy.setAttribute(name, value);
      copy.append(...part.cloneNode(true).childNodes);
      return copy;
    }),
  );
  more.firstChild.href = target.href;
  card.className = sheet ? "preview sheet" : "preview";
  card.role = sheet ? "dialog" : null;
  card.ariaLabel = sheet ? target.textContent : null;
  card.style = "";
  card.showPopover();
  if (!sheet) place(target);
  return true;
}

// Below the link's last line or above its first, whichever has room.
function place(target) {
  // Nobody needs to enter the card: no stop for the keyboard.
  for (const inner of card.querySelectorAll("a")) inner.tabIndex = -1;
  const lines = [...target.getClientRects()];
  const line = lines.find((r) => mouse.y >= r.top && mouse.y <= r.bottom) ?? lines[0];
  const { offsetWidth: width, offsetHeight: height } = card;
  const above = lines[0].top - GAP;
  const top = lines.at(-1).bottom + GAP;
  const below = root.clientHeight - top;
  const up = height > below - GAP && above > below;
  const room = Math.min(height, (up ? above : below) - GAP);
  const start = getComputedStyle(target).direction === "rtl" ? line.right - width : line.left;
  card.style.maxHeight = room < height ? `${room}px` : "";
  card.style.left = `${Math.max(GAP, Math.min(start, root.clientWidth - width - GAP)) + scrollX}px`;
  card.style.top = `${(up ? above - room : top) + scrollY}px`;
}

function over(event) {
  if (!on || event.pointerType === "touch") return;
  mouse = event;
  const target = linkAt(event);
  if (link && (target === link || card.contains(event.target))) return stay();
  if (target !== muted) muted = null;
  wait(target !== muted && target);
  clearTimeout(closing);
  if (link && !sheet && !link.matches(":focus-visible")) closing = setTimeout(close, CLOSE_AFTER);
}

function label() {
  button.textContent = on ? button.dataset.off : button.dataset.on;
}

button.hidden = false;
label();
button.onclick = () => {
  on = !on;
  stored(on ? "on" : "off");
  label();
};
shut.onclick = () => history.back();
if (history.state === KEY) history.replaceState(null, "");

addEventListener("pointerover", over);
root.addEventListener("pointerleave", over);
addEventListener("pointerdown", (event) => (touched = event.pointerType === "touch"), true);
addEventListener("focusin", (event) => {
  const target = linkAt(event);
  if (on && target && target !== muted && target.matches(":focus-visible")) wait(target);
});
addEventListener("focusout", (event) => {
  if (!linkAt(event) || sheet) return;
  muted = null;
  if (!card.matches(":hover")) close();
});
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  muted = link ?? waiting;
  if (sheet) history.back();
  else close();
});
addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const target = linkAt(event);
  const inner = event.target.closest("a");
  if (sheet && card.contains(inner)) {
    event.preventDefault();
    location.replace(inner.href); // takes the sheet's place in the history
  } else if (on && touched && event.detail && target && target !== link && show(target, true)) {
    event.preventDefault();
    if (history.state !== KEY) history.pushState(KEY, "");
    shut.focus({ preventScroll: true });
  } else if (sheet && !inner && !card.contains(event.target)) {
    history.back();
  }
});
addEventListener("popstate", () => {
  if (!sheet) return;
  muted = link;
  close();
  muted.focus({ preventScroll: true });
});
addEventListener("resize", () => sheet || close());
addEventListener("pagehide", close);
