// Spans count characters as Unicode does, strings of the browser in halves of some (UTF-16): from one to the other.
const WIDE = /[\u{10000}-\u{10ffff}]/u;

export const unitsAt = (text, points) => (WIDE.test(text) ? [...text].slice(0, points).join("").length : points);
export const pointsAt = (text, units) => (WIDE.test(text) ? [...text.slice(0, units)].length : units);
