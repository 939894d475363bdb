// Forms to edit a fact and to add one that the program did not find.
import { useState } from "preact/hooks";
import { fieldsOf } from "./facts.js";

// The list of values that a field may take, if it is one of the contract's.
function choicesOf(data, kind, pointer) {
  const parts = pointer.split("/").filter((p) => p && !/^\d+$/.test(p));
  const last = parts.at(-1);
  const owner = { occurrences: "event", places: "place", dates: "date", organizations: "organization" }[parts.at(-2)] || kind.replace(/ies$/, "y").replace(/s$/, "");
  return last === "category" ? data.choices["commodity/category"] : data.choices[`${owner}/${last}`];
}

const name = (pointer) => pointer.slice(1).replaceAll("/", " · ").replaceAll("_", " ");

export function EditForm({ data, fact, onDone, onCancel }) {
  const fields = fieldsOf(fact.record).filter(([, value]) => !Array.isArray(value));
  return <Fields data={data} kind={fact.kind} fields={fields} done="Keep" onCancel={onCancel}
    onDone={(values) => onDone(Object.fromEntries(fields.flatMap(([p, old]) => (values[p] === old ? [] : [[p, values[p]]]))))} />;
}

function Fields({ data, kind, fields, done, onDone, onCancel }) {
  const submit = (event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    onDone(Object.fromEntries(fields.map(([pointer, old]) => [pointer, read(form.get(pointer), old)])));
  };
  return (
    <form class="edit" onSubmit={submit}>
      {fields.map(([pointer, value], k) => <Field key={pointer} first={k === 0} pointer={pointer} value={value} choices={choicesOf(data, kind, pointer)} />)}
      <p class="actions"><button type="submit">{done}</button><button type="button" onClick={onCancel}>Cancel</button></p>
    </form>
  );
}

function Field({ first, pointer, value, choices }) {
  const shared = { name: pointer, autoFocus: first };
  let control;
  if (choices) control = <select {...shared} defaultValue={value ?? ""}>{(choices.includes(value) ? [] : [""]).concat(choices).map((c) => <option key={c} value={c} selected={c === value}>{c}</option>)}</select>;
  else if (typeof value === "boolean") control = <input {...shared} type="checkbox" value="true" defaultChecked={value} />;
  else if (typeof value === "string" && (value.length > 60 || value.includes("\n"))) control = <textarea {...shared} rows={Math.min(10, 2 + value.length / 60)} defaultValue={value} />;
  else control = <input {...shared} type="text" defaultValue={value ?? ""} />;
  return <label class="field"><span>{name(pointer)}</span>{control}</label>;
}

// What stands in a control, as the type that the field had; an empty one is unknown.
function read(text, old) {
  if (typeof old === "boolean") return text === "true";
  if (text === null || text === "") return typeof old === "string" && old === "" ? "" : null;
  if (typeof old === "string" && text.replaceAll("\r\n", "\n") === old) return old;
  if (typeof old === "number" || (old === null && /^-?\d+(\.\d+)?$/.test(text))) return Number.isFinite(Number(text)) ? Number(text) : text;
  return text;
}

const BLANK = {
  dates: (text) => ({ text, start: "", end: "", precision: "day", edtf: "" }),
  places: (text) => ({ text, name: text, kind: "city", country: "" }),
  organizations: (text) => ({ text, name: text, kind: "other" }),
  money: (text) => ({ text, amount: 0, currency: "" }),
  seizures: (text) => ({ origin: "narrative", commodity: { text, category: "other" }, quantities: [{ text: "", value: 0, unit: "" }] }),
  events: (text) => ({ heading: text, kind: "other", body: "", occurrences: [] }),
};

export function AddForm({ data, selected, onAdd, onCancel }) {
  const [kind, setKind] = useState("seizures");
  const blank = BLANK[kind](selected.text);
  const fields = fieldsOf(blank).filter(([, value]) => !Array.isArray(value));
  const add = (values) => {
    const value = structuredClone(blank);
    for (const [pointer, given] of Object.entries(values)) {
      const names = pointer.split("/").slice(1);
      const last = names.pop();
      names.reduce((at, n) => at[n], value)[last] = given;
    }
    if (value.quantities) value.quantities = value.quantities.filter((q) => q.value !== null && q.text);
    onAdd(kind, { ...value, provenance: selected.provenance });
  };
  return (
    <div class="add">
      <label class="field"><span>Add as</span>
        <select value={kind} onChange={(e) => setKind(e.currentTarget.value)}>{Object.keys(BLANK).map((k) => <option key={k} value={k}>{k}</option>)}</select>
      </label>
      <Fields key={kind} data={data} kind={kind} fields={fields} done="Add" onDone={add} onCancel={onCancel} />
    </div>
  );
}
