// The switches of kinds and steps of certainty, and the help.
import { useLayoutEffect, useRef } from "preact/hooks";
import { grouped, toggled } from "../shared/sets.js";
import { KINDS, STEPS } from "./facts.js";
import { KEYS } from "./keys.js";

export function Legend({ all, off, setOff, steps, setSteps }) {
  const counts = grouped(all, (f) => f.kind);
  return (
    <details class="legend" open={matchMedia("(min-width: 801px)").matches}>
      <summary>Legend</summary>
      <div class="legend-rows">
        <fieldset>
          <legend>Kinds</legend>
          {KINDS.filter(([kind]) => counts.has(kind)).map(([kind, name]) => (
            <label key={kind} class={`toggle ${kind}`}>
              <input type="checkbox" checked={!off.has(kind)} onChange={() => setOff(toggled(off, kind))} />
              <span class="swatch" aria-hidden="true" />
              {name} <span class="count">{counts.get(kind).length}</span>
            </label>
          ))}
          <button
            type="button"
            class="plain"
            onClick={() => setOff(off.size ? new Set() : new Set(KINDS.map(([kind]) => kind)))}
          >
            {off.size ? "All" : "None"}
          </button>
        </fieldset>
        <fieldset>
          <legend>How sure</legend>
          {STEPS.map(([step, , name]) => (
            <label key={step} class={`toggle sure-${step}`}>
              <input type="checkbox" checked={!steps.has(step)} onChange={() => setSteps(toggled(steps, step))} />
              <span class="swatch" aria-hidden="true" />
              {name}
            </label>
          ))}
        </fieldset>
      </div>
    </details>
  );
}

export function Help({ onClose }) {
  const ref = useRef(null);
  useLayoutEffect(() => {
    ref.current.showModal();
  }, []);
  return (
    <dialog ref={ref} onClose={onClose} aria-labelledby="help-name">
      <h2 id="help-name">Keys</h2>
      <dl>
        {[...KEYS, ["Escape", "close what is open"]].map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p>
        To add a fact that was not found, select its words in the text, or press n and write them. Decisions stay in
        this browser until you save them; the saved file is used with <code>extract apply</code>.
      </p>
      <p class="actions">
        <button type="button" onClick={onClose}>
          Close
        </button>
      </p>
    </dialog>
  );
}
