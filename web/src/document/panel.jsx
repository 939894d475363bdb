// The facts beside the pages: one list by kind, each with what was decided on it.
import { grouped } from "../shared/sets.js";
import { KINDS, stepOf } from "./facts.js";
import { useScroll } from "./pages.jsx";
import { EditForm } from "./edit.jsx";

const STATES = { accept: "accepted", reject: "rejected", edit: "edited", add: "added" };

export function Panel({ facts, current, ...rest }) {
  const byKind = grouped(facts, (f) => f.kind);
  return (
    <div class="facts">
      {KINDS.map(([kind, name]) => {
        const own = byKind.get(kind) || [];
        return (
          own.length > 0 && (
            <section key={kind} aria-label={name}>
              <h2 class={`kind-name ${kind}`}>
                {name} <span class="count">{own.length}</span>
              </h2>
              <ol>
                {own.map((fact) => (
                  <Row key={fact.key} fact={fact} current={fact.key === current} {...rest} />
                ))}
              </ol>
            </section>
          )
        );
      })}
      {facts.length === 0 && <p class="nothing">No fact matches the search and the kinds that are switched on.</p>}
    </div>
  );
}

function Row({ form, fact, current, editing, onPick, act, onNote, onEdited, onCancel }) {
  const ref = useScroll(current);
  return (
    <li
      ref={ref}
      data-fact={fact.key}
      class={`fact ${fact.kind}${current ? " current" : ""}${fact.state ? ` ${fact.state}` : ""}`}
    >
      <button
        type="button"
        class="fact-name"
        aria-current={current ? "true" : undefined}
        onClick={() => onPick(fact.key)}
      >
        <span class="label">{fact.label}</span>
        <span class="detail">{fact.detail}</span>
        <span class="meta">
          {fact.page && <span>page {fact.page}</span>}
          {fact.confidence != null && (
            <span class={`sure sure-${stepOf(fact.confidence)}`}>sure {fact.confidence.toFixed(2)}</span>
          )}
          {fact.state && <span class="state">{STATES[fact.state]}</span>}
        </span>
      </button>
      {current && (
        <div class="more">
          {fact.kind === "tables" && <Table table={fact.record} />}
          {fact.kind === "events" && fact.record.body && (
            <p class="body" tabIndex={0} role="region" aria-label="Body of the event">
              {fact.record.body}
            </p>
          )}
          {editing === fact.key ? (
            <EditForm form={form} fact={fact} onDone={onEdited} onCancel={onCancel} />
          ) : (
            <Actions form={form} fact={fact} act={act} onNote={onNote} />
          )}
        </div>
      )}
    </li>
  );
}

function Actions({ form, fact, act, onNote }) {
  if (fact.added)
    return (
      <p class="actions">
        <button type="button" onClick={() => act("undo")}>
          Take back
        </button>
      </p>
    );
  return (
    <>
      <p class="actions">
        <button type="button" onClick={() => act("accept")} aria-keyshortcuts="a">
          Accept
        </button>
        <button type="button" onClick={() => act("reject")} aria-keyshortcuts="r">
          Reject
        </button>
        {form.records[fact.kind] && (
          <button type="button" onClick={() => act("edit")} aria-keyshortcuts="e">
            Edit
          </button>
        )}
        {fact.state && (
          <button type="button" onClick={() => act("undo")} aria-keyshortcuts="u">
            Undo
          </button>
        )}
      </p>
      {fact.state && (
        <label class="field">
          <span>Note</span>
          <input type="text" value={fact.note} onInput={(e) => onNote(fact.key, e.currentTarget.value)} />
        </label>
      )}
    </>
  );
}

function Table({ table }) {
  const off = table.total && table.total.stated !== table.total.computed;
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label={`Rows of ${table.title || table.id}`}>
        <table>
          <thead>
            <tr>
              {table.columns.map((c, k) => (
                <th key={k} scope="col">
                  {c}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, k) => (
              <tr key={k}>
                {row.map((cell, j) => (
                  <td key={j}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {table.total && (
        <p class={off ? "off" : "fits"}>
          {off
            ? `The total says ${table.total.stated ?? "nothing"}; the rows add up to ${table.total.computed ?? "nothing"}.`
            : `The total of ${table.total.stated} is what the rows add up to.`}
        </p>
      )}
    </>
  );
}
