// The board by keyboard, mouse and finger, and live. Without this script its cells are links to the same forms.
import * as carrying from "./carrying.js";
import { begin, refresh } from "./live.js";
import { beside, board, focusOn, isWide, laneOf, nameOf, named, prepare, say, stops } from "./grid.js";
import * as marking from "./marking.js";
import * as panel from "./panel.js";
import { followPointer } from "./pointer.js";

const ARROWS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const PLACE = "place on the board";
const help = document.getElementById("board-help");

function current() {
  return document.activeElement?.closest?.("[data-board] [data-stop]");
}

function show(address, stop) {
  const place = nameOf(stop);
  panel.open(address, () => {
    const there = named(place);
    marking.unmark();
    if (there) focusOn(there);
  });
}

function book(stop) {
  show(marking.addressOf(stop), stop);
}

function drop(stop) {
  const address = carrying.dropAddress();
  if (!address || carrying.isHome()) {
    carrying.over(stop);
    return;
  }
  carrying.putBack();
  show(address, stop);
}

/** Esc: what is carried lies where it was, what is marked is free, the panel is closed. */
function giveUp() {
  if (carrying.isCarrying()) {
    const home = carrying.putBack();
    if (home) focusOn(home);
    say("Back");
  } else if (marking.isMarked()) {
    marking.unmark();
    say("Back");
  } else if (panel.isOpen()) {
    panel.close();
  }
}

function go(stop, direction, isMarking) {
  const next = beside(stop, direction);
  if (!next) {
    return;
  }
  if (isMarking && !marking.mark(stop, next)) {
    return;
  }
  if (!isMarking && marking.isMarked()) {
    marking.unmark();
  }
  focusOn(next);
  if (carrying.isCarrying()) {
    carrying.over(next);
  }
}

function edge(stop, isLast) {
  const line = [...stop.closest("tr").querySelectorAll("[data-stop]")];
  focusOn(isLast ? line.at(-1) : line[0]);
}

/** To another day: the focus finds the same room and hour there, and what is carried comes along. */
function turnTo(link, stop) {
  if (stop) {
    sessionStorage.setItem(PLACE, JSON.stringify(nameOf(stop)));
  }
  carrying.pack();
  window.location.assign(link.href);
}

const KEYS = {
  Home: (stop) => edge(stop, false),
  End: (stop) => edge(stop, true),
  PageUp: (stop) => turnTo(document.querySelector("a[rel=prev]"), stop),
  PageDown: (stop) => turnTo(document.querySelector("a[rel=next]"), stop),
  t: (stop) => turnTo(document.querySelector("a[data-today]"), stop),
  m: (stop) => stop.dataset.stop === "use" && carrying.pickUp(stop),
  Escape: giveUp,
  Enter: (stop) => act(stop),
};

function act(stop) {
  if (carrying.isCarrying()) {
    drop(stop);
  } else if (stop.dataset.stop === "free") {
    book(stop);
  } else if (stop.href) {
    show(new URL(stop.href).pathname, stop);
  }
}

function onKey(event) {
  const stop = current();
  if (!stop || event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }
  const direction = ARROWS[event.key];
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (direction) {
    go(stop, direction, event.shiftKey && !carrying.isCarrying());
  } else if (KEYS[key] && (key !== "Enter" || isWide() || carrying.isCarrying())) {
    KEYS[key](stop);
  } else {
    return;
  }
  event.preventDefault();
}

function onHelp(event) {
  const isTyping = event.target.closest?.("input, select, textarea, dialog");
  if (event.key === "?" && !isTyping && !help.open) {
    event.preventDefault();
    help.showModal();
  }
}

/** A plain click opens beside the board what the link leads to; every other click is the browser's. */
function onClick(event) {
  const stop = event.target.closest("[data-stop]");
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!stop?.href || !isPlain || !isWide()) {
    return;
  }
  event.preventDefault();
  focusOn(stop);
  act(stop);
}

/** The new board takes the old one's place; focus, stretch, load and panel stay. */
function redraw(html) {
  const [stop, kept] = [current(), marking.keep()];
  const [place, scroll] = [stop && nameOf(stop), board.querySelector(".board-scroll")];
  const [left, top] = [scroll?.scrollLeft ?? 0, scroll?.scrollTop ?? 0];
  board.innerHTML = html;
  board.querySelector(".board-scroll")?.scrollTo(left, top);
  const there = place && named(place);
  prepare(there);
  if (there) {
    there.focus({ preventScroll: true });
  }
  say("Changed");
  marking.restore(kept);
  carrying.redraw(there ?? pointer.stop());
}

function arrive() {
  const kept = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  const place = kept && JSON.parse(kept);
  const lane = place && document.querySelector(`[data-lane][data-room="${place.room}"]`);
  prepare();
  carrying.unpack();
  if (lane) {
    const there = named({ ...place, day: lane.dataset.day, from: lane.dataset.day + place.from.slice(10), booking: "" });
    if (there) {
      focusOn(there);
      carrying.redraw(there);
    }
  }
}

let pointer = { stop: () => null };
if (board) {
  arrive();
  pointer = followPointer({ book, drop, laneOf, stops });
  board.addEventListener("keydown", onKey);
  board.addEventListener("click", onClick);
  board.addEventListener("focusin", (event) => {
    const stop = event.target.closest("[data-stop]");
    if (stop) stops().forEach((other) => (other.tabIndex = other === stop ? 0 : -1));
  });
  document.addEventListener("keydown", onHelp);
  document.querySelectorAll("[data-needs-script]").forEach((element) => (element.hidden = false));
  document.addEventListener("htmx:afterSwap", (event) => event.detail.target.id === "panel-body" && refresh());
  begin(redraw, () => say("SignedOut"));
}
