// Which rows are left under a filter, and what is counted of them.
import { NONE } from "./archive.js";

export const EMPTY = {
  text: "",
  kind: null,
  category: null,
  country: null,
  place: null,
  code: null,
  publisher: null,
  from: null,
  to: null,
  sure: 0,
};

// Case and accents off. Most texts are plain ASCII, where that is quick.
const folded = (text) =>
  (/[^\x00-\x7f]/.test(text) ? text.normalize("NFD").replace(/\p{M}/gu, "") : text).replaceAll("_", " ").toLowerCase();

const WORDS = {
  documents: ({ documents, names }, k) =>
    `${documents.name[k]} ${documents.title[k]} ${names.publisher[documents.publisher[k]]}`,
  events: ({ events }, k) => `${events.text[k]} ${events.body[k]}`,
  seizures: ({ seizures }, k) => `${seizures.text[k]} ${seizures.amount[k]}`,
  findings: ({ findings }, k) => findings.text[k],
  places: ({ places }, k) => places[k].name,
};
const SLICE = 20000; // rows folded at once while the page has nothing else to do

// Texts of all rows folded: bit by bit after the page has opened, and what is left of it with the first search.
export function* foldAll(archive) {
  archive.folded ??= Object.fromEntries(Object.keys(WORDS).map((name) => [name, []]));
  for (const [name, words] of Object.entries(WORDS)) {
    const own = archive.folded[name];
    while (own.length < archive[name].length) {
      const end = Math.min(archive[name].length, own.length + SLICE);
      for (let k = own.length; k < end; k += 1) own.push(folded(words(archive, k)));
      yield;
    }
  }
}

function searchable(archive) {
  for (const _ of foldAll(archive));
  return archive.folded;
}

// Rows by table, in order, that the filter leaves. Events and seizures belong together: a kind of event leaves the
// seizures told in such events, a category the events in which such goods were seized. A row without a date counts
// with the period of its bulletin. Documents are those of the rows that are left.
export function filtered(archive, filter) {
  const { documents, events, seizures, findings } = archive;
  const text = folded(filter.text.trim());
  const words = text ? searchable(archive) : null;
  const named = text ? mask(documents.length, (k) => words.documents[k].includes(text)) : null;
  const here = text ? mask(archive.places.length, (k) => words.places[k].includes(text)) : null;
  const wantedPlace =
    filter.place !== null
      ? mask(archive.places.length, (k) => k === filter.place)
      : filter.country !== null
        ? mask(archive.places.length, (k) => archive.places[k].code === filter.country)
        : null;
  const coded = filter.code !== null ? new Uint8Array(documents.length) : null;
  if (coded)
    for (let k = 0; k < findings.length; k += 1) if (findings.code[k] === filter.code) coded[findings.document[k]] = 1;
  const from = filter.from ?? -Infinity;
  const to = filter.to ?? Infinity;
  const dated = filter.from !== null || filter.to !== null;

  const fits = (table, own, k) => {
    const document = table.document[k];
    if (coded && !coded[document]) return false;
    if (filter.publisher !== null && documents.publisher[document] !== filter.publisher) return false;
    if (table.confidence[k] < filter.sure) return false;
    if (dated && !inTime(table, k, documents, document, from, to)) return false;
    if (wantedPlace && !anyPlace(table.places, k, wantedPlace)) return false;
    return !text || named[document] || own[k].includes(text) || anyPlace(table.places, k, here);
  };
  const left = { events: [], seizures: [], findings: [], documents: [] };
  const seen = new Uint8Array(documents.length);
  const bit = filter.category === null ? 0 : 1 << filter.category;
  for (let k = 0; k < events.length; k += 1) {
    if (filter.kind !== null && events.kind[k] !== filter.kind) continue;
    if (bit && !(events.categories[k] & bit)) continue;
    if (fits(events, words?.events, k)) {
      left.events.push(k);
      seen[events.document[k]] = 1;
    }
  }
  for (let k = 0; k < seizures.length; k += 1) {
    if (bit && seizures.category[k] !== filter.category) continue;
    if (filter.kind !== null && (seizures.event[k] === NONE || events.kind[seizures.event[k]] !== filter.kind))
      continue;
    if (fits(seizures, words?.seizures, k)) {
      left.seizures.push(k);
      seen[seizures.document[k]] = 1;
    }
  }
  // Without a condition on events and seizures, documents that tell of neither are left too.
  const onRows = filter.kind !== null || bit || wantedPlace || dated || filter.sure > 0;
  for (let k = 0; k < findings.length; k += 1) {
    if (filter.code !== null && findings.code[k] !== filter.code) continue;
    const document = findings.document[k];
    if (filter.publisher !== null && documents.publisher[document] !== filter.publisher) continue;
    if (
      onRows ? seen[document] : !text || named[document] || seen[document] === 1 || words.findings[k].includes(text)
    ) {
      left.findings.push(k);
      if (!seen[document]) seen[document] = 2;
    }
  }
  for (let k = 0; k < documents.length; k += 1) {
    if (filter.publisher !== null && documents.publisher[k] !== filter.publisher) continue;
    if (seen[k] || (!onRows && (!coded || coded[k]) && (!text || named[k]))) left.documents.push(k);
  }
  return left;
}

function mask(length, test) {
  const all = new Uint8Array(length);
  for (let k = 0; k < length; k += 1) if (test(k)) all[k] = 1;
  return all;
}

function anyPlace({ at, all }, k, wanted) {
  for (let p = at[k]; p < at[k + 1]; p += 1) if (wanted[all[p]]) return true;
  return false;
}

function inTime(table, k, documents, document, from, to) {
  let start = table.start[k];
  let end = table.end[k];
  if (start === NONE && end === NONE) {
    start = documents.start[document];
    end = documents.end[document];
  }
  if (start === NONE && end === NONE) return false;
  return (start === NONE || start <= to) && (end === NONE || end >= from);
}

// How many rows name each place, both tables together.
export function placeCounts(archive, left) {
  const counts = new Uint32Array(archive.places.length);
  for (const name of ["events", "seizures"]) {
    const { at, all } = archive[name].places;
    for (const k of left[name]) for (let p = at[k]; p < at[k + 1]; p += 1) counts[all[p]] += 1;
  }
  return counts;
}

export function countBy(column, rows, length) {
  const counts = new Uint32Array(length);
  for (const k of rows) counts[column[k]] += 1;
  return counts;
}
