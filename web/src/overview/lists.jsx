// Lists of any length: only the rows in sight are drawn.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

const ROW = 34; // height of a row in pixels, as in the style
const MOST = 14; // rows that a list is high
const MORE = 8; // rows drawn above and below those in sight

// `columns` are { name, width, value(row) → text or number, link(row)?, choose?, number? }, where `choose` is
// { pressed(row), press(row) }; `rows` the numbers of the rows.
export function List({ name, columns, rows }) {
  const [sort, setSort] = useState(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(400);
  const ref = useRef(null);
  const order = useMemo(() => sorted(columns, rows, sort), [columns, rows, sort]);
  useLayoutEffect(() => {
    if (top > 0) {
      ref.current.scrollTop = 0;
      setTop(0);
    }
  }, [rows]);
  useEffect(() => {
    const resized = new ResizeObserver(([entry]) => setHeight(entry.contentRect.height));
    resized.observe(ref.current);
    return () => resized.disconnect();
  }, []);
  const first = Math.max(0, Math.floor(top / ROW) - MORE);
  const last = Math.min(order.length, Math.ceil((top + height) / ROW) + MORE);
  const widths = columns.map((c) => c.width).join(" ");
  const turn = (column) =>
    setSort((s) => (s?.column !== column ? { column, down: false } : s.down ? null : { column, down: true }));
  return (
    <div class="list" role="table" aria-label={name} aria-rowcount={order.length + 1} style={{ "--columns": widths }}>
      <div class="row head" role="row" aria-rowindex={1}>
        {columns.map((c) => (
          <div
            key={c.name}
            class={c.number ? "number" : ""}
            role="columnheader"
            aria-sort={sort?.column === c.name ? (sort.down ? "descending" : "ascending") : "none"}
          >
            <button type="button" onClick={() => turn(c.name)}>
              {c.name}
              <span aria-hidden="true">{sort?.column === c.name ? (sort.down ? " ▼" : " ▲") : ""}</span>
            </button>
          </div>
        ))}
      </div>
      <div
        class="rows"
        ref={ref}
        tabIndex={0}
        role="rowgroup"
        aria-label={`${name}, rows`}
        style={{ height: `${Math.min(MOST, Math.max(3, order.length)) * ROW}px` }}
        onScroll={(e) => setTop(e.currentTarget.scrollTop)}
      >
        <div class="space" style={{ height: `${order.length * ROW}px` }}>
          {Array.from({ length: Math.max(0, last - first) }, (_, k) => (
            <Row key={order[first + k]} columns={columns} row={order[first + k]} at={first + k} />
          ))}
        </div>
        {order.length === 0 && <p class="nothing">Nothing is left under this filter.</p>}
      </div>
    </div>
  );
}

function Row({ columns, row, at }) {
  return (
    <div class="row" role="row" aria-rowindex={at + 2} style={{ top: `${at * ROW}px` }}>
      {columns.map((c) => {
        const value = c.value(row);
        const href = c.link?.(row);
        return (
          <div
            key={c.name}
            role="cell"
            dir={typeof value === "string" ? "auto" : undefined}
            class={c.number ? "number" : ""}
            title={typeof value === "string" ? value : undefined}
          >
            {c.choose ? (
              <button type="button" aria-pressed={c.choose.pressed(row)} onClick={() => c.choose.press(row)}>
                {value}
              </button>
            ) : href ? (
              <a href={href}>{value || "(no words)"}</a>
            ) : (
              value
            )}
          </div>
        );
      })}
    </div>
  );
}

const collator = new Intl.Collator(undefined, { numeric: true });

function sorted(columns, rows, sort) {
  if (!sort) return rows;
  const { value } = columns.find((c) => c.name === sort.column);
  const keys = new Map(rows.map((row) => [row, value(row) ?? ""]));
  const sign = sort.down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [keys.get(a), keys.get(b)];
    if (x === "" || y === "") return (x === "") - (y === "") || a - b; // the unknown last, either way
    return sign * (typeof x === "number" && typeof y === "number" ? x - y : collator.compare(x, y)) || a - b;
  });
}
