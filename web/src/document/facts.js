// The records of an extraction as one list of facts with what the page needs of them: words, place and certainty.

export const KINDS = [
  ["findings", "Findings"],
  ["events", "Events"],
  ["seizures", "Seizures"],
  ["tables", "Tables"],
  ["dates", "Dates"],
  ["places", "Places"],
  ["organizations", "Organizations"],
  ["money", "Money"],
  ["repairs", "Repairs"],
];

const span = (dates) => (dates ? dates.edtf : "no date");
const where = (places) => places.map((p) => p.name + (p.country ? ` (${p.country})` : "")).join(", ");
const amount = (q) => q.qualitative || [q.approximate ? "about" : "", q.value, q.unit, q.item && `of ${q.item}`].filter((x) => x !== "" && x != null).join(" ");
const sum = (m) => `${m.approximate ? "about " : ""}${m.amount ?? "?"} ${m.currency}`;

// What a fact is called, and what the program understood of it.
const WORDS = {
  events: (r) => [r.heading, [r.kind, ...r.occurrences.map((o) => [span(o.dates), where(o.places), o.online && "online"].filter(Boolean).join(" · "))].join(" · ")],
  seizures: (r) => [
    r.commodity.text,
    [r.commodity.category, ...r.quantities.map(amount), r.cases != null && `${r.cases} cases`, ...r.money.map(sum), where(r.places), r.dates && span(r.dates), r.same_as && `same as ${r.same_as}`].filter(Boolean).join(" · "),
  ],
  tables: (r) => [r.title || r.id, r.total ? `total stated ${r.total.stated ?? "?"}, rows add up to ${r.total.computed ?? "?"}` : "no total"],
  dates: (r) => [r.text, [r.edtf, r.approximate && "approximate", r.inferred && "partly inferred", r.repaired && "repaired"].filter(Boolean).join(" · ")],
  places: (r) => [r.text, [r.name, r.country || "no country", r.kind].join(" · ")],
  organizations: (r) => [r.text, [r.name, r.kind, r.country].filter(Boolean).join(" · ")],
  money: (r) => [r.text, sum(r)],
  repairs: (r) => [`${r.before} → ${r.after}`, r.rule],
  findings: (r) => [r.message, `${r.severity} · ${r.code}`],
};

export function factOf(kind, record, key, added = false) {
  const [label, detail] = WORDS[kind](record);
  const at = record.provenance;
  return {
    key, kind, record, added, label: label || "(no words)", detail,
    confidence: record.confidence ?? null,
    page: at ? at.page : null,
    block: at ? at.block : null,
    start: at ? at.start : 0,
    end: at ? at.end : 0,
    bbox: at ? at.bbox : null,
  };
}

export function factsOf(extraction) {
  return KINDS.flatMap(([kind]) => extraction[kind].map((record, k) => factOf(kind, record, `/${kind}/${k}`)));
}

// Steps of certainty, in the words of the legend.
export const STEPS = [["high", 0.9, "0.9 and more"], ["middle", 0.7, "0.7 to 0.9"], ["low", 0, "under 0.7"]];
export const stepOf = (confidence) => (confidence == null ? "high" : STEPS.find(([, least]) => confidence >= least)[0]);

// The scalar fields of a record by JSON pointer: what the edit form offers.
const FIXED = new Set(["id", "provenance", "confidence", "event_id", "table_id", "rule", "edtf_source"]);
export function fieldsOf(value, path = "") {
  if (value === null || typeof value !== "object") return [[path, value]];
  return Object.entries(value).flatMap(([name, inner]) =>
    FIXED.has(name) ? [] : fieldsOf(inner, `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`));
}

export function withEdits(record, set) {
  const copy = structuredClone(record);
  for (const [pointer, value] of Object.entries(set || {})) {
    const names = pointer.split("/").slice(1).map((n) => n.replaceAll("~1", "/").replaceAll("~0", "~"));
    const last = names.pop();
    let target = copy;
    for (const name of names) target = target?.[name];
    if (target) target[last] = value;
  }
  return copy;
}
