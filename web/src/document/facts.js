// The records of an extraction as one list of facts with what the page needs of them: words, place and certainty.
import { grouped } from "../shared/sets.js";
import { unitsAt } from "../shared/points.js";
import { withEdits } from "./draft.js";

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
  ["joins", "Joined lines"],
];

export const NAMES = Object.fromEntries(KINDS);

// Words joined over the end of a line are many and seldom wrong: a kind of their own, switched off at first.
export const OFF_AT_FIRST = ["joins"];
const kindOf = (list, record) =>
  list === "repairs" && record.rule.split("+").every((rule) => rule.startsWith("hyphen.")) ? "joins" : list;

// The ends where a person changed them (the EDTF string follows when corrections are applied), else EDTF.
const span = (d) => {
  if (!d) return "no date";
  if (d.edtf && !d.changed) return d.edtf;
  return d.start === d.end ? d.start : `${d.start ?? ".."}/${d.end ?? ".."}`;
};
const where = (places) => places.map((p) => p.name + (p.country ? ` (${p.country})` : "")).join(", ");
const amount = (q) =>
  q.qualitative ||
  [q.approximate ? "about" : "", q.value, q.unit, q.item && `of ${q.item}`]
    .filter((x) => x !== "" && x != null)
    .join(" ");
const sum = (m) => `${m.approximate ? "about " : ""}${m.amount ?? "?"} ${m.currency}`;
const line = (parts) => parts.filter(Boolean).join(" · ");

// What a fact is called, and what the program understood of it.
const WORDS = {
  events: (r) => [
    r.heading,
    line([r.kind, ...r.occurrences.map((o) => line([span(o.dates), where(o.places), o.online && "online"]))]),
  ],
  seizures: (r) => [
    r.commodity.text,
    line([
      r.commodity.category,
      ...r.quantities.map(amount),
      r.cases != null && `${r.cases} ${r.cases === 1 ? "case" : "cases"}`,
      ...r.money.map(sum),
      where(r.places),
      r.dates && span(r.dates),
      r.same_as && `same as ${r.same_as}`,
    ]),
  ],
  tables: (r) => [
    r.title || r.id,
    r.total ? `total stated ${r.total.stated ?? "?"}, rows add up to ${r.total.computed ?? "?"}` : "no total",
  ],
  dates: (r) => [
    r.text,
    line([span(r), r.approximate && "approximate", r.inferred && "partly inferred", r.repaired && "repaired"]),
  ],
  places: (r) => [r.text, line([r.name, r.country || "no country", r.kind])],
  organizations: (r) => [r.text, line([r.name, r.kind, r.country])],
  money: (r) => [r.text, sum(r)],
  repairs: (r) => [`${r.before} → ${r.after}`, r.rule],
  joins: (r) => [`${r.before} → ${r.after}`, r.rule],
  findings: (r) => [r.message, `${r.severity} · ${r.code}`],
};

function factOf(blocks, kind, record, key, boxes, told = record) {
  const [label, detail] = WORDS[kind](told);
  const at = record.provenance;
  const text = at ? blocks.get(at.block).text : "";
  return {
    key,
    kind,
    record,
    label: label || "(no words)",
    detail,
    confidence: record.confidence ?? null,
    page: at ? at.page : null,
    block: at ? at.block : null,
    large: at ? /^(title|heading)$/.test(blocks.get(at.block).kind) : false,
    place: at ? blocks.get(at.block).number : Infinity,
    start: at ? unitsAt(text, at.start) : 0,
    end: at ? unitsAt(text, at.end) : 0,
    boxes: boxes || (at && at.bbox ? [at.bbox] : []),
  };
}

// Blocks of the text by their id, with their page and their number in reading order.
export const blocksOf = ({ text }) =>
  new Map(
    text
      .flatMap(({ page, blocks }) => blocks.map((b) => ({ ...b, page })))
      .map((b, number) => [b.id, { ...b, number }]),
  );

export function factsOf({ extraction, boxes }, blocks) {
  const lists = [...new Set(KINDS.map(([kind]) => (kind === "joins" ? "repairs" : kind)))];
  return lists.flatMap((list) =>
    extraction[list].map((record, k) =>
      factOf(blocks, kindOf(list, record), record, `/${list}/${k}`, boxes[`/${list}/${k}`]),
    ),
  );
}

const LISTS = { places: [], money: [], quantities: [], occurrences: [] };
const addedFact = (blocks, { kind, value }, k) => ({
  ...factOf(
    blocks,
    kind,
    { confidence: null, ...LISTS, ...value, provenance: known(blocks, value.provenance) },
    `+${k}`,
  ),
  state: "add",
  added: true,
});

// A file of corrections may name a place that is not there.
const known = (blocks, at) => (at && blocks.has(at.block) ? at : null);

// The fact as a decision of the person leaves it.
function decidedFact(blocks, fact, decision) {
  if (!decision) return fact;
  const state = { state: decision.action, note: decision.note || "" };
  if (decision.action !== "edit") return { ...fact, ...state };
  const record = withEdits(fact.record, decision.set);
  return { ...factOf(blocks, fact.kind, record, fact.key, fact.boxes, shown(record, decision.set)), ...state };
}

// All facts as the decisions leave them, and those that were added.
export const allFacts = (base, blocks, { decisions, added }) => [
  ...base.map((fact) => decidedFact(blocks, fact, decisions[fact.key])),
  ...added.map((entry, k) => addedFact(blocks, entry, k)),
];

// Dates that were edited are marked, so that not their old EDTF string is shown.
function shown(record, set) {
  const mark = (value, path) => {
    if (value === null || typeof value !== "object") return value;
    const copy = Array.isArray(value)
      ? value.map((inner, k) => mark(inner, `${path}/${k}`))
      : Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mark(inner, `${path}/${name}`)]));
    return "edtf" in value && Object.keys(set).some((pointer) => pointer.startsWith(`${path}/`))
      ? { ...copy, changed: true }
      : copy;
  };
  return mark(record, "");
}

// Steps of certainty, in the words of the legend.
export const STEPS = [
  ["high", 0.9, "0.9 and more"],
  ["middle", 0.7, "0.7 to 0.9"],
  ["low", 0, "under 0.7"],
];
export const stepOf = (confidence) => (confidence == null ? "high" : STEPS.find(([, least]) => confidence >= least)[0]);

// Facts in the order that they are gone through: findings first, then kind by kind or as they stand in the document.
export function inOrder(facts, order) {
  const byKind = grouped(facts, (f) => f.kind);
  if (order === "kind")
    return KINDS.filter(([kind]) => byKind.has(kind)).map(([kind, name]) => ({ kind, name, facts: byKind.get(kind) }));
  const rest = facts.filter((f) => f.kind !== "findings");
  rest.sort((a, b) => (a.place === b.place ? a.start - b.start || b.end - a.end : a.place - b.place));
  const groups = [
    { kind: "findings", name: "Findings", facts: byKind.get("findings") || [] },
    { kind: "", name: "Facts", facts: rest },
  ];
  return groups.filter((group) => group.facts.length);
}
