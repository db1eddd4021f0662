// The grid of the board: lanes (a room's day) with stops (what the arrow keys go to). Knows the document, decides nothing.
// A stop: [data-stop=free|use|block|over|closed] with data-from and data-to, in a [data-lane] with room, day and slots.
export const board = document.querySelector("[data-board]");
const told = document.querySelector("[data-board-said]");

export const isWide = () => window.matchMedia("(width >= 48rem)").matches;
export const stops = () => [...board.querySelectorAll("[data-stop]")];
export const laneOf = (stop) => stop.closest("[data-lane]");
export const stopsIn = (lane) =>
  [...lane.querySelectorAll("[data-stop]")].sort((a, b) => a.dataset.from.localeCompare(b.dataset.from));
export const time = (moment) => moment.slice(11).replace(/^0/, "");

/** All slots of the lane's day, in order: number, begin and end. */
export function slotsOf(lane) {
  return lane.dataset.slots
    .split(" ")
    .filter(Boolean)
    .map((text) => text.split("|"))
    .map(([number, from, to]) => ({ number, from, to }));
}

/** Says a sentence of the board's own, its {names} filled in, to whoever listens. */
export function say(name, values = {}) {
  const sentence = board.dataset[`say${name}`] ?? "";
  told.textContent = sentence.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

/** What the sentences say of a stretch. */
export function stretch(lane, from, to) {
  return { room: lane.dataset.name, day: lane.dataset.told, from: time(from), to: time(to) };
}

/** A stop's name that outlives a new drawing of the board. */
export function nameOf(stop) {
  const lane = laneOf(stop);
  return { room: lane.dataset.room, day: lane.dataset.day, from: stop.dataset.from, booking: stop.dataset.booking ?? "" };
}

/** The stop of that name, or what stands there now. */
export function named({ room, day, from, booking }) {
  const there = stops().filter((stop) => laneOf(stop).dataset.room === room && laneOf(stop).dataset.day === day);
  return (
    there.find((stop) => stop.dataset.from === from && (stop.dataset.booking ?? "") === booking) ??
    there.find((stop) => stop.dataset.from <= from && from < stop.dataset.to) ??
    there.find((stop) => stop.dataset.from === from) ??
    there[0]
  );
}

/** Gives the table the roles of a grid, and one stop the place in the order of Tab. */
export function prepare(current) {
  for (const table of board.querySelectorAll("[data-grid]")) {
    table.setAttribute("role", "grid");
    const roles = [
      ["thead, tbody", "rowgroup"],
      ["tr", "row"],
      ["td", "gridcell"],
      ["thead th", "columnheader"],
      ["tbody th[scope=row]", "rowheader"],
    ];
    for (const [which, role] of roles) {
      table.querySelectorAll(which).forEach((element) => element.setAttribute("role", role));
    }
  }
  for (const stop of stops()) {
    stop.tabIndex = -1;
    stop.draggable = false;
  }
  const first = current ?? stops().find((stop) => stop.dataset.stop === "free") ?? stops()[0];
  if (first) {
    first.tabIndex = 0;
  }
}

export function focusOn(stop) {
  stops().forEach((other) => (other.tabIndex = -1));
  stop.tabIndex = 0;
  stop.focus({ preventScroll: false });
}

/** The nearest stop in a direction, as the eye sees it: beside in the same line, or in the next line below. */
export function beside(stop, direction) {
  const here = stop.getBoundingClientRect();
  const others = stops()
    .filter((other) => other !== stop)
    .map((other) => ({ other, box: other.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0);
  const across = direction === "left" || direction === "right";
  const ahead = others.filter(({ box }) => {
    if (direction === "left") return box.right <= here.left + 1 && overlap(box.top, box.bottom, here.top, here.bottom);
    if (direction === "right") return box.left >= here.right - 1 && overlap(box.top, box.bottom, here.top, here.bottom);
    return direction === "up" ? box.bottom <= here.top + 1 : box.top >= here.bottom - 1;
  });
  const measured = ahead.map(({ other, box }) => {
    const aside = Math.max(0, Math.max(box.left, here.left) - Math.min(box.right, here.right));
    const away = across
      ? Math.min(Math.abs(box.left - here.right), Math.abs(here.left - box.right))
      : Math.min(Math.abs(box.top - here.bottom), Math.abs(here.top - box.bottom));
    return { other, cost: across ? away : away + 2 * aside };
  });
  return measured.sort((a, b) => a.cost - b.cost)[0]?.other;
}

function overlap(first, last, begin, end) {
  return Math.min(last, end) - Math.max(first, begin) > 2;
}
