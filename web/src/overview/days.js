// Days since 1970-01-01, as the data have them, and months since 1970-01.
const DAY = 86400000;

export const isoOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);
export const dayOf = (iso) => (iso ? Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY) : null);

export function monthOf(day) {
  const date = new Date(day * DAY);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

export const firstDay = (month) =>
  Math.round(Date.UTC(1970 + Math.floor(month / 12), ((month % 12) + 12) % 12, 1) / DAY);

const two = (n) => String(n).padStart(2, "0");

// Steps that a span of months is cut into so that no more than `most` come out.
const STEPS = [
  [1, (m) => `${1970 + Math.floor(m / 12)}-${two((((m % 12) + 12) % 12) + 1)}`],
  [3, (m) => `${1970 + Math.floor(m / 12)} Q${Math.floor((((m % 12) + 12) % 12) / 3) + 1}`],
  [12, (m) => String(1970 + Math.floor(m / 12))],
  [60, (m) => `${1970 + Math.floor(m / 12)}–${1970 + Math.floor(m / 12) + 4}`],
];

// Buckets over [first, last] months: where they begin, how long they are, what they are called.
export function buckets(first, last, most) {
  if (first > last) return { step: 1, from: 0, names: [] };
  const [step, name] = STEPS.find(([size]) => Math.ceil((last - first + 1) / size) + 1 <= most) || STEPS.at(-1);
  const from = Math.floor(first / step) * step;
  const count = Math.floor((last - from) / step) + 1;
  return { step, from, names: Array.from({ length: count }, (_, k) => name(from + k * step)) };
}

export function span(start, end) {
  if (start === null && end === null) return "";
  if (start === end) return isoOf(start);
  return `${start === null ? "…" : isoOf(start)} – ${end === null ? "…" : isoOf(end)}`;
}
