// A stretch of free slots that somebody marks: by Shift and arrows, or by drawing over them.
import { board, laneOf, nameOf, named, say, stopsIn, stretch } from "./grid.js";

let first = null;
let last = null;

export const isMarked = () => first !== null;

/** The stops of the stretch, in the order of time; empty where something else lies between. */
export function marked() {
  return first ? between(first, last) : [];
}

function between(one, other) {
  const all = stopsIn(laneOf(one)).filter((stop) => stop.dataset.stop !== "over");
  const [begin, end] = [all.indexOf(one), all.indexOf(other)].sort((a, b) => a - b);
  const found = begin < 0 ? [] : all.slice(begin, end + 1);
  return found.every((stop) => stop.dataset.stop === "free") ? found : [];
}

/** Lets the stretch reach from ``from`` to ``to``, if all between is free. */
export function mark(from, to) {
  const anchor = first ?? from;
  if (anchor.dataset.stop !== "free" || laneOf(anchor) !== laneOf(to) || !between(anchor, to).length) {
    say("Edge");
    return false;
  }
  [first, last] = [anchor, to];
  show();
  const all = marked();
  say("Marked", stretch(laneOf(first), all[0].dataset.from, all.at(-1).dataset.to));
  return true;
}

export function unmark() {
  [first, last] = [null, null];
  show();
}

function show() {
  const all = new Set(marked());
  board.querySelectorAll(".is-marked").forEach((stop) => stop.classList.remove("is-marked"));
  all.forEach((stop) => stop.classList.add("is-marked"));
}

/** Where the stretch is booked: the address of a free stop, with every slot of the stretch. */
export function addressOf(stop) {
  const address = new URL(stop.href);
  const all = marked().includes(stop) ? marked() : [stop];
  address.searchParams.delete("slot");
  all.forEach((one) => address.searchParams.append("slot", new URL(one.href).searchParams.get("slot")));
  return address.pathname + address.search;
}

/** Keeps the stretch over a new drawing of the board; says so if a part of it is gone. */
export function keep() {
  return first ? [nameOf(first), nameOf(last)] : null;
}

export function restore(kept) {
  if (!kept) {
    return;
  }
  [first, last] = kept.map(named);
  const isWhole = kept.every((name, place) => [first, last][place]?.dataset.from === name.from) && marked().length > 0;
  if (!isWhole) {
    [first, last] = [null, null];
    say("Gone");
  }
  show();
}
