// Keeps the board fresh: asks every two seconds whether it changed, which costs the server one statement while it did
// not. Nobody is asked for who does not look, and asking keeps no session alive.
import { board } from "./grid.js";

const PERIOD = 2000;
const SLOWEST = 30_000;
const stale = document.querySelector("[data-board-stale]");
let redraw = () => {};
let wait = PERIOD;
let timer = 0;
let asking = null;
let isOver = false;

/** Begins to ask; ``onChange(html)`` draws the board anew, ``onEnd`` is told that nobody is signed in any more. */
export function begin(onChange, onEnd) {
  redraw = onChange;
  const plan = () => {
    clearTimeout(timer);
    timer = isOver ? 0 : setTimeout(turn, wait);
  };
  const turn = async () => {
    if (!document.hidden) {
      await refresh(onEnd);
    }
    plan();
  };
  document.addEventListener("visibilitychange", () => document.hidden || isOver || turn());
  plan();
}

/** Asks now. Whoever asks meanwhile waits for the same answer. */
export function refresh(onEnd = () => {}) {
  asking ??= ask(onEnd).finally(() => (asking = null));
  return asking;
}

async function ask(onEnd) {
  const mark = board.querySelector("[data-mark]").dataset.mark;
  try {
    const headers = { "If-None-Match": mark, "HX-Trigger": "board" };
    const answer = await fetch(board.dataset.live, { headers, redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      isOver = true;
      onEnd();
      return;
    }
    if (answer.status === 200) {
      redraw(await answer.text());
    } else if (answer.status !== 304) {
      throw new Error(`status ${answer.status}`);
    }
    [wait, stale.hidden] = [PERIOD, true];
  } catch {
    [wait, stale.hidden] = [Math.min(2 * wait, SLOWEST), false];
  }
}
