// Lights up a fact wherever it is shown while the pointer or the focus is on one of its places, and brings its other
// place into view. Classes are set on the elements themselves: a page may show thousands of facts, and drawing them anew
// at each move of the pointer is slow.

const REST_MS = 120; // how long the pointer rests on a fact before the other side follows, so that it may pass over others
const PANES = ".document, aside";

const placesOf = (root, key) => [...root.querySelectorAll(`[data-fact="${CSS.escape(key)}"]`)];

// `draw(key)` has a fact drawn that a long document does not show yet, and then calls what it is given.
export function lightUp(root, draw) {
  let lit = null;
  let waiting = 0;
  const light = (key, on) => placesOf(root, key).forEach((element) => element.classList.toggle("hovered", on));
  const follow = (key, pane) => {
    const other = placesOf(root, key).find((element) => element.closest(PANES) !== pane);
    other?.scrollIntoView({ block: "nearest", inline: "nearest" });
    return Boolean(other);
  };
  const show = (event) => {
    const at = event.target.closest?.("[data-fact]");
    const key = at?.dataset.fact ?? null;
    if (key === lit) return;
    clearTimeout(waiting);
    if (lit !== null) light(lit, false);
    lit = key;
    if (key === null) return;
    light(key, true);
    const pane = at.closest(PANES);
    const bring = () => {
      if (follow(key, pane)) return;
      draw(key, () => {
        if (key !== lit) return;
        light(key, true);
        follow(key, pane);
      });
    };
    waiting = setTimeout(bring, event.type === "focusin" ? 0 : REST_MS);
  };
  root.addEventListener("mouseover", show);
  root.addEventListener("focusin", show);
}
