// A record while it is edited: blank ones, what a person need not write, what cannot be, and what was changed.

export function blankOf(form, model) {
  return Object.fromEntries(form.models[model].map((field) => [field.name, blankField(form, field)]));
}

function blankField(form, field) {
  if (field.optional) return null;
  if (field.type === "record") return blankOf(form, field.model);
  if (field.type === "list") return [];
  if (field.type === "boolean") return false;
  // What has to be chosen is not chosen for the person.
  if (field.type === "choice")
    return !field.choices.includes("other") ? field.choices[0] : field.required ? "" : "other";
  return "";
}

// What is put at the end of a list: a row of a table has as many cells as the one before.
export function blankItem(form, item, list) {
  if (item.type === "record") return blankOf(form, item.model);
  if (item.type === "list") return (list.at(-1) || [""]).map(() => "");
  return item.type === "number" || item.type === "integer" ? null : "";
}

// Words for a record that a person described by its values alone.
const WORDS = {
  DateSpan: (r) => (r.start && r.end && r.start !== r.end ? `${r.start} – ${r.end}` : r.start || r.end),
  Place: (r) => r.name,
  Quantity: (r) => r.qualitative || [r.value, r.unit].filter((x) => x != null).join(" "),
  Money: (r) => [r.currency, r.amount].filter((x) => x != null).join(" "),
  Participants: (r) => r.value,
};

// Each record and the records in it, with its model and its path.
function* records(form, model, value, path = "") {
  yield [model, value, path];
  for (const field of form.models[model]) {
    const inner = value[field.name];
    if (field.type === "record" && inner) yield* records(form, field.model, inner, `${path}/${field.name}`);
    if (field.type === "list" && field.item.type === "record") {
      for (const [k, item] of (inner || []).entries())
        yield* records(form, field.item.model, item, `${path}/${field.name}/${k}`);
    }
  }
}

export function filled(form, model, draft) {
  const copy = structuredClone(draft);
  for (const [name, value] of records(form, model, copy)) {
    if ("text" in value && !value.text?.trim() && WORDS[name]) value.text = String(WORDS[name](value) ?? "");
    if (name === "Place" && !value.name?.trim()) value.name = value.text;
  }
  return copy;
}

// The first thing that cannot be, as a sentence, or null. The whole contract is checked when corrections are applied.
export function checked(form, model, draft) {
  for (const [name, value, path] of records(form, model, draft)) {
    const where = path ? `${path.slice(1).replaceAll("/", " · ")}: ` : "";
    if (name === "DateSpan") {
      if (!value.start && !value.end) return `${where}give the first or the last day; leave out the one that is open.`;
      if (value.start && value.end && value.start > value.end) return `${where}the last day is before the first.`;
    }
    for (const field of form.models[name]) {
      const given = value[field.name];
      if (
        field.type === "text" &&
        field.required &&
        !field.optional &&
        field.name !== "body" &&
        !String(given ?? "").trim()
      )
        return `${where}${field.name.replaceAll("_", " ")} is empty.`;
      if (field.type === "choice" && given === "") return `${where}choose a ${field.name.replaceAll("_", " ")}.`;
      const suggested = form.suggested[field.name];
      if (suggested && given && !suggested.includes(given))
        return `${where}${given} is no ${field.name} code; choose one of the list, as ${suggested[0]}.`;
      if (field.type === "integer" && given != null && (!Number.isInteger(given) || given < 0))
        return `${where}${field.name} is a whole number.`;
    }
  }
  return null;
}

// What changed, by JSON pointer: single fields where the shape is the same, whole lists where it is not.
export function differences(before, after, path = "") {
  if (before === after || JSON.stringify(before) === JSON.stringify(after)) return {};
  const same = Array.isArray(before)
    ? Array.isArray(after) && before.length === after.length
    : isRecord(before) && isRecord(after);
  if (!same) return { [path]: after };
  return Object.assign(
    {},
    ...Object.keys(after).map((name) =>
      differences(before[name], after[name], `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`),
    ),
  );
}

const isRecord = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

// Only what the record has itself: a pointer comes from a file, and may name what all objects share.
const own = (target, name) => (target && Object.hasOwn(target, name) ? target[name] : undefined);

export function withEdits(record, set) {
  const copy = structuredClone(record);
  for (const [pointer, value] of Object.entries(set || {})) {
    const names = pointer
      .split("/")
      .slice(1)
      .map((n) => n.replaceAll("~1", "/").replaceAll("~0", "~"));
    const last = names.pop();
    let target = copy;
    for (const name of names) target = own(target, name);
    if (own(target, last) !== undefined) target[last] = value;
  }
  return copy;
}
