// A booking that somebody carries to another time or room: picked up with M or the mouse, shown where it would lie,
// put down on what is free. Nothing changes until the page beside the board is confirmed.
import { board, laneOf, nameOf, named, say, slotsOf, stopsIn, stretch } from "./grid.js";

const KEPT = "carried booking";
let load = null; // { booking, count, label, home }
let target = null; // { lane, slots } where it can be put, else null

export const isCarrying = () => load !== null;

export function pickUp(stop) {
  if (stop.dataset.movable === undefined) {
    say("Fixed");
    return false;
  }
  const { booking, count, label } = stop.dataset;
  load = { booking, count: Number(count), label, home: nameOf(stop) };
  say("Carried", load);
  over(stop, true);
  return true;
}

/** The slots that it would take from a stop on, if they are free or its own. */
function slotsFrom(stop) {
  const lane = laneOf(stop);
  const slots = slotsOf(lane);
  const begin = slots.findIndex((slot) => slot.from === stop.dataset.from);
  const wanted = begin < 0 ? [] : slots.slice(begin, begin + load.count);
  const others = stopsIn(lane).filter((one) => one.dataset.stop !== "free" && one.dataset.booking !== load.booking);
  const isFree = (slot) => !others.some((one) => one.dataset.from < slot.to && slot.from < one.dataset.to);
  return wanted.length === load.count && wanted.every(isFree) ? wanted : null;
}

/** It hovers over a stop: shows and says whether it can be put there. */
export function over(stop, isQuiet = false) {
  const slots = stop && slotsFrom(stop);
  target = slots ? { lane: laneOf(stop), slots } : null;
  show();
  if (!isQuiet && stop) {
    const lane = laneOf(stop);
    say(target ? "Over" : "NoRoom", stretch(lane, stop.dataset.from, target ? slots.at(-1).to : stop.dataset.to));
  }
}

function show() {
  board.querySelectorAll(".is-target, .is-carried").forEach((one) => one.classList.remove("is-target", "is-carried"));
  board.classList.toggle("is-carrying", load !== null);
  if (!load) {
    return;
  }
  board.querySelectorAll(`[data-booking="${load.booking}"]`).forEach((one) => one.classList.add("is-carried"));
  for (const slot of target?.slots ?? []) {
    for (const stop of stopsIn(target.lane)) {
      if (stop.dataset.from < slot.to && slot.from < stop.dataset.to) {
        stop.classList.add("is-target");
      }
    }
  }
}

/** Where it lay before; it is not carried any more. */
export function putBack() {
  const home = load && named(load.home);
  load = target = null;
  sessionStorage.removeItem(KEPT);
  show();
  return home;
}

/** The address of the page that previews the change, or null where it cannot be put. */
export function dropAddress() {
  if (!target) {
    return null;
  }
  const query = new URLSearchParams({ room: target.lane.dataset.room, day: target.lane.dataset.day });
  target.slots.forEach((slot) => query.append("slot", slot.number));
  return `/bookings/${load.booking}/move/?${query}`;
}

/** Whether it lies where it was picked up. */
export function isHome() {
  const home = load && named(load.home);
  return Boolean(home && target && target.lane === laneOf(home) && target.slots[0].from === home.dataset.from);
}

/** Keeps what is carried for the board of another day. */
export function pack() {
  if (load) {
    sessionStorage.setItem(KEPT, JSON.stringify(load));
  }
}

export function unpack() {
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (kept) {
    load = JSON.parse(kept);
    say("Carried", load);
    show();
  }
}

/** After a new drawing of the board: the marks are set anew, and what cannot lie there any more says so. */
export function redraw(stop) {
  if (load) {
    over(stop, true);
  }
}
