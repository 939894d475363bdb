// Long lists in parts that are drawn once they come near the window, so that a document of hundreds of pages opens fast.
import { useEffect, useRef, useState } from "preact/hooks";

const NEAR = "1000px"; // how far out of sight a part is drawn

// Whether the element of `ref` has been near the edge of what it is scrolled in, or has been wanted, or is printed.
export function useNear(wanted) {
  const ref = useRef(null);
  const [near, setNear] = useState(wanted);
  useEffect(() => {
    if (near) return undefined;
    if (wanted) {
      setNear(true);
      return undefined;
    }
    const all = () => setNear(true);
    const root = ref.current.closest(".document, aside");
    const seen = new IntersectionObserver((found) => found.some((e) => e.isIntersecting) && all(), {
      root,
      rootMargin: NEAR,
    });
    seen.observe(ref.current);
    addEventListener("beforeprint", all);
    return () => {
      seen.disconnect();
      removeEventListener("beforeprint", all);
    };
  }, [near, wanted]);
  return [ref, near || wanted];
}

// `draw(item)` for each item; `size` of them make a part. The part with an item that is `wanted` is drawn in any case;
// until it is, an element `Gap` keeps room for a part, `height` pixels for each item.
export function Parts({ items, size, wanted, Gap, height, draw }) {
  if (items.length <= 2 * size) return items.map(draw);
  const parts = [];
  for (let k = 0; k < items.length; k += size) parts.push(items.slice(k, k + size));
  return parts.map((part, k) => (
    <Part key={k} items={part} wanted={k === 0 || part.some(wanted)} Gap={Gap} height={height} draw={draw} />
  ));
}

function Part({ items, wanted, Gap, height, draw }) {
  const [ref, near] = useNear(wanted);
  return near ? items.map(draw) : <Gap ref={ref} class="gap" style={{ height: `${height * items.length}px` }} />;
}
