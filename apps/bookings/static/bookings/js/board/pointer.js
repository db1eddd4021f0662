// Mouse and finger on the board: drawing over free slots marks them, drawing a booking carries it. A finger has to rest
// before it draws, since otherwise it scrolls.
import * as carrying from "./carrying.js";
import { board, isWide } from "./grid.js";
import * as marking from "./marking.js";

const FAR = 6; // pixels from which on a press is a drawing
const RESTS = 450; // milliseconds
let press = null; // { stop, x, y, isDrawing, timer }

/** ``book(stop)`` and ``drop(stop)`` are called where a drawing ends. */
export function followPointer({ book, drop }) {
  board.addEventListener("pointerdown", (event) => down(event));
  document.addEventListener("pointermove", (event) => move(event));
  document.addEventListener("pointerup", (event) => up(event, book, drop));
  document.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && press?.isDrawing) {
      stop();
    }
  });
  board.addEventListener("touchmove", (event) => press?.isDrawing && event.preventDefault(), { passive: false });
  board.addEventListener("contextmenu", (event) => press?.isDrawing && event.preventDefault());
  board.addEventListener("dragstart", (event) => event.preventDefault());
  // The click that a drawing ends with is no click.
  board.addEventListener("click", (event) => press?.isDrawing && cancel(event), true);
  return { stop: () => (press?.isDrawing ? under(press) : null) };
}

function down(event) {
  const at = event.target.closest("[data-stop]");
  if (!at || event.button !== 0 || !isWide()) {
    return;
  }
  press = { stop: at, x: event.clientX, y: event.clientY, isDrawing: false };
  if (event.pointerType === "touch") {
    press.timer = setTimeout(begin, RESTS);
  }
}

function begin() {
  const { stop: at } = press;
  if (at.dataset.stop === "free") {
    marking.unmark();
    press.isDrawing = marking.mark(at, at);
  } else if (at.dataset.stop === "use") {
    press.isDrawing = carrying.pickUp(at);
  }
}

function move(event) {
  if (!press) {
    return;
  }
  const isFar = Math.hypot(event.clientX - press.x, event.clientY - press.y) > FAR;
  if (!press.isDrawing && isFar && press.timer) {
    stop(); // a finger that moves at once scrolls
    return;
  }
  if (!press.isDrawing && isFar) {
    begin();
  }
  if (!press?.isDrawing) {
    return;
  }
  [press.x, press.y] = [event.clientX, event.clientY];
  const at = under(press);
  if (carrying.isCarrying()) {
    carrying.over(at, !at || at === press.seen);
  } else if (at && at !== press.seen) {
    marking.mark(at, at);
  }
  press.seen = at;
}

function up(event, book, drop) {
  if (!press) {
    return;
  }
  clearTimeout(press.timer);
  if (!press.isDrawing) {
    press = null;
    return;
  }
  const at = under({ x: event.clientX, y: event.clientY });
  if (carrying.isCarrying()) {
    if (at && carrying.dropAddress() && !carrying.isHome()) {
      drop(at);
    } else {
      carrying.putBack();
    }
  } else if (marking.isMarked()) {
    book(marking.marked()[0]);
  }
  setTimeout(() => (press = null)); // after the click that follows
}

function stop() {
  clearTimeout(press?.timer);
  press = null;
  if (carrying.isCarrying()) {
    carrying.putBack();
  }
  marking.unmark();
}

function under({ x, y }) {
  const at = document.elementFromPoint(x, y)?.closest("[data-stop]");
  return at && board.contains(at) ? at : null;
}

function cancel(event) {
  event.preventDefault();
  event.stopPropagation();
}
