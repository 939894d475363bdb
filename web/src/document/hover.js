// Lights up a fact wherever it is shown while the pointer or the focus is on one of its places. Classes are set on the
// elements themselves: a page may show thousands of facts, and drawing them anew at each move of the pointer is slow.

export function lightUp(root) {
  let lit = null;
  const show = (event) => {
    const key = event.target.closest?.("[data-fact]")?.dataset.fact ?? null;
    if (key === lit) return;
    for (const [name, on] of [
      [lit, false],
      [key, true],
    ]) {
      if (name !== null)
        for (const element of root.querySelectorAll(`[data-fact="${CSS.escape(name)}"]`))
          element.classList.toggle("hovered", on);
    }
    lit = key;
  };
  root.addEventListener("mouseover", show);
  root.addEventListener("focusin", show);
}
