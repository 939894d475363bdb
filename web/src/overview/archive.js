// All documents of an archive as columns: numbers in typed arrays, so that a filter is one pass over them.

export const NONE = -2147483648; // a day or a row that is not there
const PARTS = ["documents", "events", "seizures", "findings"];

// A list of values met so far, each known by its number.
class Names {
  constructor() {
    this.values = [];
    this.numbers = new Map();
  }
  of(value, key = value) {
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.values.length;
      this.numbers.set(key, number);
      this.values.push(value);
    }
    return number;
  }
}

export function archiveOf(chunks) {
  const length = Object.fromEntries(PARTS.map((part) => [part, chunks.reduce((n, c) => n + c[part].length, 0)]));
  const names = {
    kind: new Names(),
    category: new Names(),
    code: new Names(),
    severity: new Names(),
    publisher: new Names(),
    language: new Names(),
    country: new Names(),
  };
  const places = new Names();

  const texts = (part, name) => chunks.flatMap((c) => c[part][name] || []);
  const numbers = (part, name, Type = Int32Array, none = NONE) => {
    const all = new Type(length[part]);
    let at = 0;
    for (const c of chunks) for (const value of c[part][name] || []) all[at++] = value ?? none;
    return all;
  };
  const coded = (part, name) => {
    const all = new Uint16Array(length[part]);
    let at = 0;
    for (const c of chunks) {
      if (!c[part].length) continue;
      const { values, index } = c[part][name];
      const own = values.map((value) => names[name].of(value));
      for (const number of index) all[at++] = own[number];
    }
    return all;
  };

  const placesOf = chunks.map((c) =>
    c.places.map((p) => places.of({ name: p[0], country: p[1], kind: p[2], lat: p[3], lon: p[4] }, JSON.stringify(p))),
  );
  // Places of each row one after the other; those of row k stand from at[k] to at[k + 1].
  const placed = (part) => {
    const at = new Uint32Array(length[part] + 1);
    const all = [];
    let row = 0;
    chunks.forEach((c, k) => {
      for (const own of c[part].places || []) {
        for (const p of own) all.push(placesOf[k][p]);
        at[++row] = all.length;
      }
    });
    return { at, all: Uint32Array.from(all) };
  };

  const events = {
    length: length.events,
    document: numbers("events", "document"),
    fact: numbers("events", "fact"),
    kind: coded("events", "kind"),
    text: texts("events", "text"),
    body: texts("events", "body"),
    start: numbers("events", "start"),
    end: numbers("events", "end"),
    confidence: numbers("events", "confidence", Float64Array, 0),
    places: placed("events"),
  };
  const seizures = {
    length: length.seizures,
    document: numbers("seizures", "document"),
    fact: numbers("seizures", "fact"),
    category: coded("seizures", "category"),
    text: texts("seizures", "text"),
    amount: texts("seizures", "amount"),
    cases: numbers("seizures", "cases"),
    start: numbers("seizures", "start"),
    end: numbers("seizures", "end"),
    confidence: numbers("seizures", "confidence", Float64Array, 0),
    places: placed("seizures"),
    event: numbers("seizures", "event"),
  };
  const documents = {
    length: length.documents,
    name: texts("documents", "name"),
    title: texts("documents", "title"),
    publisher: coded("documents", "publisher"),
    language: coded("documents", "language"),
    start: numbers("documents", "start"),
    end: numbers("documents", "end"),
    pages: numbers("documents", "pages"),
    reviewed: texts("documents", "reviewed"),
    href: texts("documents", "href"),
  };
  const findings = {
    length: length.findings,
    document: numbers("findings", "document"),
    fact: numbers("findings", "fact"),
    code: coded("findings", "code"),
    severity: coded("findings", "severity"),
    text: texts("findings", "text"),
    page: numbers("findings", "page"),
  };
  link(documents, events, seizures);
  for (const place of places.values) place.code = place.country === null ? NONE : names.country.of(place.country);
  return {
    documents,
    events,
    seizures,
    findings,
    places: places.values,
    names: Object.fromEntries(Object.entries(names).map(([name, list]) => [name, list.values])),
  };
}

// The event of a seizure as a row, and the categories seized in each event as bits.
function link(documents, events, seizures) {
  const first = new Int32Array(documents.length + 1).fill(-1);
  for (let k = events.length - 1; k >= 0; k -= 1) first[events.document[k]] = k;
  events.categories = new Uint32Array(events.length);
  for (let k = 0; k < seizures.length; k += 1) {
    const event = seizures.event[k];
    if (event === NONE) continue;
    const row = first[seizures.document[k]] + event;
    seizures.event[k] = row;
    events.categories[row] |= 1 << seizures.category[k];
  }
}
