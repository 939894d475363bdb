// The facts beside the pages: one list by kind, each with what was decided on it.
import { Parts } from "../shared/lazy.jsx";
import { NAMES, stepOf } from "./facts.js";
import { useScroll } from "./pages.jsx";
import { EditForm } from "./edit.jsx";

const STATES = { accept: "accepted", reject: "rejected", edit: "edited", add: "added" };

export function Panel({ groups, isWanted, ...rest }) {
  return (
    <div class="facts">
      {groups[0]?.kind !== "findings" && rest.findings.length === 0 && (
        <p class="nothing">No findings: nothing in this document asks for a second look.</p>
      )}
      {groups.map(({ kind, name, facts }) => (
        <section key={kind} aria-label={name}>
          <h2 class={`kind-name ${kind}`}>
            {name} <span class="count">{facts.length}</span>
          </h2>
          <ol>
            <Parts
              items={facts}
              size={100}
              wanted={isWanted}
              Gap="li"
              height={80}
              draw={(fact) => (
                <Row {...rest} key={fact.key} fact={fact} current={fact.key === rest.current} mixed={!kind} />
              )}
            />
          </ol>
        </section>
      ))}
      {groups.length === 0 && <p class="nothing">No fact matches the search and the kinds that are switched on.</p>}
    </div>
  );
}

function Row({ form, fact, findings, current, mixed, editing, onPick, act, onNote, onEdited, onCancel }) {
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
        <span class="label" dir="auto">
          {fact.label}
        </span>
        <span class="detail">{fact.detail}</span>
        <span class="meta">
          {mixed && <span class="one">{NAMES[fact.kind]}</span>}
          {fact.page && <span>page {fact.page}</span>}
          {fact.confidence != null && (
            <span class={`sure sure-${stepOf(fact.confidence)}`}>sure {fact.confidence.toFixed(2)}</span>
          )}
          {fact.state && <span class="state">{STATES[fact.state]}</span>}
        </span>
      </button>
      {current && (
        <div class="more">
          {fact.kind === "tables" && <Table table={fact.record} doubts={doubtsOf(findings, fact)} />}
          {fact.kind === "events" && fact.record.body && (
            <p class="body" dir="auto" tabIndex={0} role="region" aria-label="Body of the event">
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
        <button type="button" onClick={() => act("edit")} aria-keyshortcuts="e">
          Edit
        </button>
        <button type="button" onClick={() => act("undo")} aria-keyshortcuts="u">
          Take away
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

// What the program found of the sums of a table; each column may have one.
const doubtsOf = (findings, { record: { provenance: at } }) =>
  findings.filter((f) => f.code === "table_total_mismatch" && at && f.provenance?.block === at.block);

function Table({ table, doubts }) {
  const { stated, computed } = table.total || {};
  const off = stated !== computed && doubts.length > 0; // sums that differ in what the total rounds are one
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
                  <td key={j} dir="auto">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {table.total && (
        <p class={off ? "off" : "fits"}>
          {off
            ? `The total says ${stated ?? "nothing"}; the rows add up to ${computed ?? "nothing"}.`
            : `The total of ${stated} is what the rows add up to${stated === computed ? "" : `, rounded from ${computed}`}.`}
        </p>
      )}
      {doubts.length > 1 &&
        doubts.map((f) => (
          <p key={f.message} class="off">
            {f.message}
          </p>
        ))}
      {!table.total && <p class="nothing">The table has no total to check.</p>}
    </>
  );
}
