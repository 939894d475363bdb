// The page of one document: its pictures or text on the left, its facts on the right.
import { render } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { KINDS, OFF_AT_FIRST, addedFact, decidedFact, factsOf, stepOf } from "./document/facts.js";
import { keep, load, save } from "./document/corrections.js";
import { lightUp } from "./document/hover.js";
import { Help, Legend } from "./document/legend.jsx";
import { Pages, Text } from "./document/pages.jsx";
import { Panel } from "./document/panel.jsx";
import { AddForm } from "./document/edit.jsx";
import { grouped } from "./shared/sets.js";
import { inside, unpack } from "./shared/unpack.js";

const root = document.getElementById("app");

function App({ data }) {
  const base = useMemo(() => factsOf(data), [data]);
  const blocks = useMemo(
    () => new Map(data.extraction.text.flatMap(({ page, blocks: own }) => own.map((b) => [b.id, { ...b, page }]))),
    [data],
  );
  const [state, setState] = useState(() => load(data.sha256));
  const [off, setOff] = useState(new Set(OFF_AT_FIRST));
  const [steps, setSteps] = useState(new Set());
  const [query, setQuery] = useState("");
  const [current, setCurrent] = useState(() =>
    base.some((f) => f.key === location.hash.slice(1)) ? location.hash.slice(1) : null,
  );
  const [editing, setEditing] = useState(null);
  const [view, setView] = useState(data.pictures.length ? "pages" : "text");
  const [byConfidence, setByConfidence] = useState(false);
  const [help, setHelp] = useState(false);
  const [selected, setSelected] = useState(null);
  const [adding, setAdding] = useState(false);
  const [said, setSaid] = useState("");
  const search = useRef(null);
  const follow = useRef(false); // whether the focus goes along with the current fact: after keys, not after a click

  useLayoutEffect(() => {
    if (!keep(data.sha256, state)) setSaid("This browser keeps nothing: save before you close the page.");
  }, [state]);
  useLayoutEffect(() => {
    // with the change itself: an effect that comes late would take the flag that the next key has set
    if (follow.current && current)
      root.querySelector(`aside [data-fact="${CSS.escape(current)}"] .fact-name`)?.focus({ preventScroll: true });
    follow.current = false;
  }, [current, editing]);

  const all = useMemo(
    () => [...base.map((fact) => decidedFact(fact, state.decisions[fact.key])), ...state.added.map(addedFact)],
    [base, state],
  );
  const facts = useMemo(() => {
    const wanted = query.toLocaleLowerCase();
    return all.filter(
      (f) =>
        !off.has(f.kind) &&
        !steps.has(stepOf(f.confidence)) &&
        (!wanted || `${f.label} ${f.detail}`.toLocaleLowerCase().includes(wanted)),
    );
  }, [all, off, steps, query]);
  const ordered = useMemo(() => {
    const byKind = grouped(facts, (f) => f.kind);
    return KINDS.flatMap(([kind]) => byKind.get(kind) || []);
  }, [facts]);

  const pick = (key) => {
    setCurrent(key);
    if (key !== editing) setEditing(null);
  };
  const step = (by) => {
    follow.current = true;
    const at = ordered.findIndex((f) => f.key === current);
    const next =
      ordered[at < 0 ? (by > 0 ? 0 : ordered.length - 1) : Math.min(ordered.length - 1, Math.max(0, at + by))];
    if (next) pick(next.key);
  };
  const decide = (key, decision) =>
    setState((s) => {
      const decisions = { ...s.decisions };
      if (decision) decisions[key] = decision;
      else delete decisions[key];
      return { ...s, decisions };
    });
  const act = (action) => {
    const fact = all.find((f) => f.key === current);
    if (!fact) return;
    if (fact.added) {
      if (action === "undo" || action === "reject") {
        setState((s) => ({ ...s, added: s.added.filter((_, k) => `+${k}` !== fact.key) }));
        setCurrent(null);
      }
      return;
    }
    if (action === "edit") {
      if (data.form.records[fact.kind]) setEditing(fact.key);
      return;
    }
    decide(fact.key, action === "undo" ? null : { action, note: fact.note });
    setSaid(action === "undo" ? "Decision taken back." : `“${fact.label}” ${action}ed.`);
    if (action !== "undo") step(1);
  };
  const note = (key, text) => decide(key, { ...state.decisions[key], note: text });
  const close = () => {
    follow.current = true;
    setEditing(null);
  };
  // What differs from the record as the program made it, which an earlier edit may have changed too.
  const edited = (set) => {
    const before = state.decisions[current];
    if (Object.keys(set).length) decide(current, { ...before, action: "edit", set: overlaid(before?.set, set) });
    close();
    setSaid(Object.keys(set).length ? "Edit kept." : "Nothing was changed.");
  };
  const add = (kind, value) => {
    setState((s) => ({ ...s, added: [...s.added, { kind, value }] }));
    setAdding(false);
    setSelected(null);
    setSaid("Fact added.");
  };
  const open = all.filter((f) => f.state).length;
  const saveAll = () =>
    (open ? save(data, state) : Promise.resolve("There is nothing to save yet.")).then(setSaid, (error) =>
      setSaid(`Not saved: ${error.message}`),
    );

  useLayoutEffect(() => {
    // at once, so that a quick second key already meets the fact that the first led to
    const keys = {
      j: () => step(1),
      k: () => step(-1),
      a: () => act("accept"),
      r: () => act("reject"),
      e: () => act("edit"),
      u: () => act("undo"),
      "/": () => search.current?.focus(),
      t: () => data.pictures.length && setView(view === "pages" ? "text" : "pages"),
      s: saveAll,
      "?": () => setHelp(true),
    };
    const press = (event) => {
      if (event.key === "Escape") {
        if (editing) close();
        else event.target.blur?.();
        setHelp(false);
        setAdding(false);
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName))
        return;
      if (keys[event.key]) {
        event.preventDefault();
        keys[event.key]();
      }
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });

  const bulletin = data.extraction.bulletin;
  const textOf = ({ block, start, end }) => blocks.get(block).text.slice(start, end);
  const provenanceOf = ({ block, start, end }) => ({
    page: blocks.get(block).page,
    block,
    start,
    end,
    bbox: blocks.get(block).bbox,
  });
  return (
    <div class={`app ${byConfidence ? "by-confidence" : "by-kind"}`}>
      <header>
        <div class="name">
          <h1>{bulletin.title || data.extraction.source.name}</h1>
          <p>
            {data.overview && (
              <>
                <a href={data.overview}>All documents</a> ·{" "}
              </>
            )}
            {[data.extraction.source.name, bulletin.publisher, bulletin.issue, bulletin.period?.text]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </div>
        <div class="tools">
          <label class="search">
            <span>Search</span>
            <input
              ref={search}
              type="search"
              value={query}
              onInput={(e) => setQuery(e.currentTarget.value)}
              aria-keyshortcuts="/"
            />
          </label>
          {data.pictures.length > 0 && (
            <button type="button" onClick={() => setView(view === "pages" ? "text" : "pages")} aria-keyshortcuts="t">
              {view === "pages" ? "Show text" : "Show pages"}
            </button>
          )}
          <button type="button" onClick={() => setByConfidence(!byConfidence)}>
            Colour by {byConfidence ? "kind" : "confidence"}
          </button>
          <label class="by">
            <span>Your name</span>
            <input
              type="text"
              autoComplete="name"
              value={state.by}
              onInput={(e) => {
                const by = e.currentTarget.value;
                setState((s) => ({ ...s, by }));
              }}
            />
          </label>
          <button type="button" class="save" disabled={!open} onClick={saveAll} aria-keyshortcuts="s">
            Save {open || ""} {open === 1 ? "correction" : "corrections"}
          </button>
          <button type="button" onClick={() => setHelp(true)} aria-keyshortcuts="?">
            Help
          </button>
          <p class="said" role="status" aria-live="polite">
            {said}
          </p>
        </div>
        <Legend all={all} off={off} setOff={setOff} steps={steps} setSteps={setSteps} />
      </header>
      <main>
        <div class="document" tabIndex={0} role="region" aria-label={view === "pages" ? "Pages" : "Text"}>
          {view === "pages" ? (
            <Pages data={data} facts={facts} current={current} onPick={pick} />
          ) : (
            <Text extraction={data.extraction} facts={facts} current={current} onPick={pick} onSelect={setSelected} />
          )}
        </div>
        <aside aria-label="Facts" tabIndex={0}>
          {selected && !adding && (
            <p class="actions">
              <button type="button" onClick={() => setAdding(true)}>
                Add “{textOf(selected).slice(0, 40)}” as a fact
              </button>
            </p>
          )}
          {adding && selected && (
            <AddForm
              form={data.form}
              selected={{ text: textOf(selected), provenance: provenanceOf(selected) }}
              onAdd={add}
              onCancel={() => setAdding(false)}
            />
          )}
          <Panel
            form={data.form}
            facts={facts}
            current={current}
            onPick={pick}
            editing={editing}
            act={act}
            onNote={note}
            onEdited={edited}
            onCancel={close}
          />
        </aside>
      </main>
      {help && <Help onClose={() => setHelp(false)} />}
    </div>
  );
}

// An edit made on top of an earlier one; a list that was replaced whole takes what was set inside it away.
function overlaid(before = {}, set) {
  const kept = Object.entries(before).filter(([pointer]) => !Object.keys(set).some((p) => pointer.startsWith(`${p}/`)));
  return { ...Object.fromEntries(kept), ...set };
}

unpack(inside()[0]).then((data) => {
  render(<App data={data} />, root);
  lightUp(root);
});
