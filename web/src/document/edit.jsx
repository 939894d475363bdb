// The form of a fact. Its fields come from the contract (data.form).
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { blankOf, blankItem, checked, differences, filled } from "./draft.js";

export function EditForm({ form, fact, onDone, onCancel }) {
  const model = form.records[fact.kind];
  return (
    <Form
      form={form}
      model={model}
      start={fact.record}
      done="Keep"
      onCancel={onCancel}
      onDone={(draft) => onDone(differences(fact.record, draft), draft)}
    />
  );
}

export function Form({ form, model, start, done, onDone, onCancel, focus = true }) {
  const [draft, setDraft] = useState(() => structuredClone(start));
  const [problem, setProblem] = useState("");
  const ref = useRef(null);
  useLayoutEffect(() => {
    // at once: the next key is meant for the form
    if (focus) ref.current.querySelector("input, select, textarea").focus();
  }, []);
  const submit = (event) => {
    event.preventDefault();
    const whole = filled(form, model, draft);
    const wrong = checked(form, model, whole);
    if (wrong) setProblem(wrong);
    else onDone(whole);
  };
  return (
    <form ref={ref} class="edit" noValidate onSubmit={submit}>
      <Fields form={form} model={model} value={draft} set={setDraft} />
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <p class="actions">
        <button type="submit">{done}</button>
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
      </p>
    </form>
  );
}

function Fields({ form, model, value, set }) {
  return form.models[model].map((field) => (
    <Field
      key={field.name}
      form={form}
      field={field}
      name={field.name.replaceAll("_", " ")}
      value={value[field.name]}
      set={(inner) => set({ ...value, [field.name]: inner })}
    />
  ));
}

function Field({ form, field, name, value, set }) {
  if (field.type === "record") {
    if (value == null)
      return (
        <p class="actions">
          <button type="button" onClick={() => set(blankOf(form, field.model))}>
            Add {name}
          </button>
        </p>
      );
    return (
      <fieldset class="group">
        <legend>{name}</legend>
        <Fields form={form} model={field.model} value={value} set={set} />
        {field.optional && (
          <p class="actions">
            <button type="button" onClick={() => set(null)}>
              Remove {name}
            </button>
          </p>
        )}
      </fieldset>
    );
  }
  if (field.type === "list") return <Several form={form} field={field} name={name} value={value || []} set={set} />;
  return (
    <label class="field" title={field.hint}>
      <span>{name}</span>
      <Control form={form} field={field} value={value} set={set} />
    </label>
  );
}

function Several({ form, field, name, value, set }) {
  const item = field.item;
  const one = name.replace(/ies$/, "y").replace(/s$/, "");
  return (
    <fieldset class="group">
      <legend>{name}</legend>
      {value.map((inner, k) => (
        <div class="item" key={k}>
          <Field
            form={form}
            field={item}
            name={`${one} ${k + 1}`}
            value={inner}
            set={(now) => set(value.with ? value.with(k, now) : value.map((v, j) => (j === k ? now : v)))}
          />
          <button
            type="button"
            onClick={() => set(value.filter((_, j) => j !== k))}
            aria-label={`Remove ${one} ${k + 1}`}
          >
            Remove
          </button>
        </div>
      ))}
      <p class="actions">
        <button type="button" onClick={() => set([...value, blankItem(form, item, value)])}>
          Add {one}
        </button>
      </p>
    </fieldset>
  );
}

function Control({ form, field, value, set }) {
  const given = (event) => set(event.currentTarget.value === "" && field.optional ? null : event.currentTarget.value);
  const shared = { "data-field": field.name };
  if (field.type === "choice")
    return (
      <select {...shared} value={value} onChange={given}>
        {value === "" && <option value="">choose one</option>}
        {field.choices.map((c) => (
          <option key={c} value={c}>
            {c}
          </option>
        ))}
      </select>
    );
  if (field.type === "boolean")
    return <input {...shared} type="checkbox" checked={value} onChange={(e) => set(e.currentTarget.checked)} />;
  if (field.type === "date") return <input {...shared} type="date" value={value ?? ""} onInput={given} />;
  if (field.type === "number" || field.type === "integer") {
    return (
      <input
        {...shared}
        type="number"
        step={field.type === "integer" ? 1 : "any"}
        value={value ?? ""}
        onInput={(e) => set(e.currentTarget.value === "" ? null : e.currentTarget.valueAsNumber)}
      />
    );
  }
  const suggested = form.suggested[field.name];
  if (suggested) {
    return (
      <>
        <input
          {...shared}
          type="text"
          list={`suggested-${field.name}`}
          maxLength={3}
          value={value ?? ""}
          onInput={given}
        />
        <datalist id={`suggested-${field.name}`}>
          {suggested.map((c) => (
            <option key={c} value={c} />
          ))}
        </datalist>
      </>
    );
  }
  if (typeof value === "string" && (value.length > 60 || value.includes("\n")))
    return (
      <textarea
        {...shared}
        dir="auto"
        rows={Math.min(10, 2 + Math.round(value.length / 60))}
        value={value}
        onInput={given}
      />
    );
  return <input {...shared} type="text" dir="auto" value={value ?? ""} onInput={given} />;
}
