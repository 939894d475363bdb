// Events over time, seizures by goods and time, findings by code.
import { useMemo, useRef, useState } from "preact/hooks";
import { NONE } from "./archive.js";
import { buckets, firstDay, isoOf, monthOf } from "./days.js";

const BARS = 72;
const COLUMNS = 24; // months of two years
const WIDTH = 720;
const HEIGHT = 130;

// First and last month of dated rows, leaving out the odd year that a misreading made.
export function monthsOf(...tables) {
  const months = [];
  for (const { start } of tables)
    for (let k = 0; k < start.length; k += 1) if (start[k] !== NONE) months.push(monthOf(start[k]));
  months.sort((a, b) => a - b);
  if (!months.length) return [0, -1];
  const edge = Math.floor(months.length / 500);
  return [months[edge], months[months.length - 1 - edge]];
}

export function Timeline({ archive, rows, months, from, to, onSpan }) {
  const scale = useMemo(() => buckets(...months, BARS), [months]);
  const counts = useMemo(() => {
    const found = new Uint32Array(scale.names.length);
    for (const k of rows) {
      const day = archive.events.start[k];
      const at = day === NONE ? -1 : Math.floor((monthOf(day) - scale.from) / scale.step);
      if (at >= 0 && at < found.length) found[at] += 1;
    }
    return found;
  }, [archive, rows, scale]);
  const [drag, setDrag] = useState(null);
  const svg = useRef(null);
  const most = Math.max(1, ...counts);
  const width = WIDTH / Math.max(1, counts.length);
  const at = (event) => {
    const box = svg.current.getBoundingClientRect();
    return Math.min(
      counts.length - 1,
      Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * counts.length)),
    );
  };
  const startOf = (k) => firstDay(scale.from + k * scale.step);
  const done = (event) => {
    if (!drag) return;
    const [a, b] = [Math.min(drag[0], at(event)), Math.max(drag[0], at(event))];
    setDrag(null);
    const same = from === startOf(a) && to === startOf(b + 1) - 1;
    onSpan(same ? null : startOf(a), same ? null : startOf(b + 1) - 1);
  };
  const chosen = (k) =>
    drag
      ? k >= Math.min(...drag) && k <= Math.max(...drag)
      : (from !== null || to !== null) && startOf(k + 1) > (from ?? -Infinity) && startOf(k) <= (to ?? Infinity);
  const every = Math.ceil(counts.length / 6);
  return (
    <section class="card time" aria-labelledby="time-name">
      <h2 id="time-name">Events over time</h2>
      <svg
        ref={svg}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={
          counts.length
            ? `Events from ${scale.names[0]} to ${scale.names.at(-1)}, at most ${most} in one bar. Set dates in the filter, or drag over the bars.`
            : "No dated events."
        }
        onPointerDown={(e) => {
          if (counts.length) {
            svg.current.setPointerCapture(e.pointerId);
            setDrag([at(e), at(e)]);
          }
        }}
        onPointerMove={(e) => drag && setDrag([drag[0], at(e)])}
        onPointerUp={done}
        onPointerCancel={() => setDrag(null)}
      >
        {Array.from(counts, (count, k) => (
          <g key={k} class={chosen(k) ? "bar chosen" : "bar"}>
            <rect class="reach" x={k * width} y={0} width={width} height={HEIGHT} />
            <rect
              x={k * width + 0.5}
              y={HEIGHT - (count / most) * (HEIGHT - 6)}
              width={Math.max(1, width - 1)}
              height={(count / most) * (HEIGHT - 6)}
            />
            <title>{`${scale.names[k]}: ${count}`}</title>
          </g>
        ))}
      </svg>
      <p class="axis" aria-hidden="true">
        {scale.names.map((name, k) =>
          k % every === 0 ? (
            <span key={k} style={{ "--at": k / counts.length }}>
              {name}
            </span>
          ) : null,
        )}
      </p>
      <p class="under">
        {from !== null || to !== null
          ? `${from === null ? "…" : isoOf(from)} – ${to === null ? "…" : isoOf(to)}`
          : "Drag over the bars to choose a time."}
      </p>
    </section>
  );
}

// A row for each category, a column for each bucket of time; the last column holds what spans several or has no date.
export function Matrix({ archive, rows, months, from, to, chosen, onCategory, onSpan }) {
  const { seizures, names } = archive;
  // A chosen time is cut finer: years into months, as a rule.
  const scale = useMemo(() => {
    const [first, last] = months;
    const low = from === null ? first : Math.min(last, Math.max(first, monthOf(from)));
    const high = to === null ? last : Math.min(last, Math.max(low, monthOf(to)));
    return buckets(low, high, COLUMNS);
  }, [months, from, to]);
  const spanOf = (k) => [firstDay(scale.from + k * scale.step), firstDay(scale.from + (k + 1) * scale.step) - 1];
  const isChosen = (k) => from === spanOf(k)[0] && to === spanOf(k)[1];
  const width = scale.names.length + 1;
  const counts = useMemo(() => {
    const found = new Uint32Array(names.category.length * width);
    for (const k of rows) {
      const [start, end] = [seizures.start[k], seizures.end[k]];
      let at = start === NONE || end === NONE ? -1 : Math.floor((monthOf(start) - scale.from) / scale.step);
      if (at < 0 || at >= width - 1 || Math.floor((monthOf(end) - scale.from) / scale.step) !== at) at = width - 1;
      found[seizures.category[k] * width + at] += 1;
    }
    return found;
  }, [archive, rows, scale]);
  const sums = names.category.map((_, c) => counts.subarray(c * width, (c + 1) * width).reduce((a, b) => a + b, 0));
  const order = names.category
    .map((_, c) => c)
    .filter((c) => sums[c] > 0)
    .sort((a, b) => sums[b] - sums[a] || a - b);
  const most = Math.max(1, ...counts);
  return (
    <section class="card goods" aria-labelledby="goods-name">
      <h2 id="goods-name">
        Seizures by goods and time <span class="count">{rows.length.toLocaleString("en")}</span>
      </h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="Seizures by goods and time, table">
        <table>
          <thead>
            <tr>
              <th scope="col">Goods</th>
              <th scope="col">All</th>
              {scale.names.map((n, k) => (
                <th key={n} scope="col">
                  <button
                    type="button"
                    aria-pressed={isChosen(k)}
                    onClick={() => onSpan(...(isChosen(k) ? [null, null] : spanOf(k)))}
                  >
                    {n}
                  </button>
                </th>
              ))}
              <th scope="col">Longer or undated</th>
            </tr>
          </thead>
          <tbody>
            {order.map((c) => (
              <tr key={c}>
                <th scope="row">
                  <button type="button" aria-pressed={chosen === c} onClick={() => onCategory(chosen === c ? null : c)}>
                    {names.category[c]}
                  </button>
                </th>
                <td class="number">{sums[c].toLocaleString("en")}</td>
                {Array.from({ length: width }, (_, k) => {
                  const count = counts[c * width + k];
                  return (
                    <td
                      key={k}
                      class="number heat"
                      style={{ "--share": count ? (0.12 + 0.5 * Math.sqrt(count / most)).toFixed(2) : 0 }}
                    >
                      {count || ""}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="under">Choose goods by their row, a time by its column.</p>
      {order.length === 0 && <p class="nothing">No seizure is left under this filter.</p>}
    </section>
  );
}

export function Findings({ names, counts, chosen, onCode }) {
  const order = names.code
    .map((_, c) => c)
    .filter((c) => counts[c] > 0)
    .sort((a, b) => counts[b] - counts[a] || a - b);
  const most = Math.max(1, ...counts);
  return (
    <section class="card codes" aria-labelledby="codes-name">
      <h2 id="codes-name">Findings by code</h2>
      <ul class="bars">
        {order.map((c) => (
          <li key={c}>
            <button type="button" aria-pressed={chosen === c} onClick={() => onCode(chosen === c ? null : c)}>
              <span class="bar-name">{names.code[c].replaceAll("_", " ")}</span>
              <span class="number">{counts[c].toLocaleString("en")}</span>
              <span class="length" style={{ "--part": counts[c] / most }} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      {order.length === 0 && <p class="nothing">No findings.</p>}
    </section>
  );
}
