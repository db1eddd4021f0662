// A grid is one stop of the Tab key; the arrow keys, Home and End move among its links. Without this script each link
// is a stop of its own.
const linksOf = (row) => [...row.cells].map((cell) => cell.querySelector("a"));

for (const grid of document.querySelectorAll("[data-grid]")) {
  const rows = [...grid.rows].map(linksOf);
  const links = rows.flat().filter(Boolean);

  const moveTo = (link) => {
    for (const other of links) {
      other.tabIndex = other === link ? 0 : -1;
    }
  };

  const nearest = (row, column, down, right) => {
    while (rows[row] && column >= 0 && column < rows[row].length) {
      if (rows[row][column]) {
        return rows[row][column];
      }
      row += down;
      column += right;
    }
    return null;
  };

  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  grid.addEventListener("keydown", (event) => {
    const row = rows.findIndex((found) => found.includes(event.target.closest("a")));
    if (row < 0) {
      return;
    }
    const column = rows[row].indexOf(event.target.closest("a"));
    let next = null;
    if (event.key in steps) {
      const [down, right] = steps[event.key];
      next = nearest(row + down, column + right, down, right);
    } else if (event.key === "Home") {
      next = rows[row].find(Boolean);
    } else if (event.key === "End") {
      next = rows[row].findLast(Boolean);
    } else {
      return;
    }
    event.preventDefault();
    next?.focus();
  });

  grid.addEventListener("focusin", (event) => {
    const link = event.target.closest("a");
    if (links.includes(link)) {
      moveTo(link);
    }
  });

  if (links.length) {
    moveTo(grid.querySelector("tbody a") ?? links[0]);
  }
}
