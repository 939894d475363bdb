// The page of one document: its pictures or text on the left, its facts on the right.
import { render } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { KINDS, STEPS, factOf, factsOf, stepOf, withEdits } from "./document/facts.js";
import { keep, load, save } from "./document/corrections.js";
import { Pages, Text } from "./document/pages.jsx";
import { Panel } from "./document/panel.jsx";
import { AddForm } from "./document/edit.jsx";

const data = JSON.parse(document.getElementById("data").textContent);
const BASE = factsOf(data.extraction);
const BLOCKS = new Map(data.extraction.text.flatMap(({ page, blocks }) => blocks.map((b) => [b.id, { ...b, page }])));

const HELP = [
  ["j, k", "next and previous fact"], ["a", "accept it"], ["r", "reject it"], ["e", "edit it"], ["u", "undo the decision"],
  ["/", "search"], ["t", "pictures or text"], ["s", "save the corrections"], ["?", "this help"], ["Escape", "close what is open"],
];

function App() {
  const [state, setState] = useState(() => load(data.sha256));
  const [off, setOff] = useState(new Set());
  const [steps, setSteps] = useState(new Set());
  const [query, setQuery] = useState("");
  const [current, setCurrent] = useState(null);
  const [hovered, setHovered] = useState(null);
  const [editing, setEditing] = useState(null);
  const [view, setView] = useState(data.pictures.length ? "pages" : "text");
  const [byConfidence, setByConfidence] = useState(false);
  const [help, setHelp] = useState(false);
  const [selected, setSelected] = useState(null);
  const [adding, setAdding] = useState(false);
  const [said, setSaid] = useState("");
  const search = useRef(null);

  useEffect(() => { if (!keep(data.sha256, state)) setSaid("This browser keeps nothing: save before you close the page."); }, [state]);

  const all = useMemo(() => [
    ...BASE.map((fact) => {
      const decision = state.decisions[fact.key];
      if (!decision) return fact;
      const edited = decision.action === "edit" ? factOf(fact.kind, withEdits(fact.record, decision.set), fact.key) : fact;
      return { ...edited, state: decision.action };
    }),
    ...state.added.map(({ kind, value }, k) => ({ ...factOf(kind, { confidence: null, places: [], money: [], quantities: [], ...value }, `+${k}`, true), state: "add" })),
  ], [state]);
  const facts = useMemo(() => {
    const wanted = query.toLocaleLowerCase();
    return all.filter((f) => !off.has(f.kind) && !steps.has(stepOf(f.confidence)) && (!wanted || `${f.label} ${f.detail}`.toLocaleLowerCase().includes(wanted)));
  }, [all, off, steps, query]);
  const ordered = useMemo(() => KINDS.flatMap(([kind]) => facts.filter((f) => f.kind === kind)), [facts]);

  const pick = (key) => { setCurrent(key); if (key !== editing) setEditing(null); };
  const step = (by) => {
    const at = ordered.findIndex((f) => f.key === current);
    const next = ordered[at < 0 ? (by > 0 ? 0 : ordered.length - 1) : Math.min(ordered.length - 1, Math.max(0, at + by))];
    if (next) pick(next.key);
  };
  const decide = (key, decision) => setState((s) => {
    const decisions = { ...s.decisions };
    if (decision) decisions[key] = decision; else delete decisions[key];
    return { ...s, decisions };
  });
  const act = (action) => {
    const fact = all.find((f) => f.key === current);
    if (!fact) return;
    if (fact.added) {
      if (action === "undo" || action === "reject") { setState((s) => ({ ...s, added: s.added.filter((_, k) => `+${k}` !== fact.key) })); setCurrent(null); }
      return;
    }
    if (action === "edit") { if (fact.kind !== "findings" && fact.kind !== "repairs") setEditing(fact.key); return; }
    decide(fact.key, action === "undo" ? null : { action });
    setSaid(action === "undo" ? "Decision taken back." : `${fact.label}: ${action}ed.`);
    if (action !== "undo") step(1);
  };
  const edited = (set) => {
    const before = state.decisions[current]?.set || {};
    if (Object.keys(set).length) decide(current, { action: "edit", set: { ...before, ...set } });
    setEditing(null);
    setSaid(Object.keys(set).length ? "Edit kept." : "Nothing was changed.");
  };
  const add = (kind, value) => {
    setState((s) => ({ ...s, added: [...s.added, { kind, value }] }));
    setAdding(false); setSelected(null); setSaid("Fact added.");
  };
  const saveAll = () => save(data, state).then(setSaid, (error) => setSaid(`Not saved: ${error.message}`));

  useEffect(() => {
    const keys = { j: () => step(1), k: () => step(-1), a: () => act("accept"), r: () => act("reject"), e: () => act("edit"), u: () => act("undo"),
      "/": () => search.current?.focus(), t: () => data.pictures.length && setView(view === "pages" ? "text" : "pages"), s: saveAll, "?": () => setHelp(true) };
    const press = (event) => {
      if (event.key === "Escape") { setHelp(false); setEditing(null); setAdding(false); event.target.blur?.(); return; }
      if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
      if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });

  const shared = { facts, current, hovered, onPick: pick, onHover: setHovered };
  const open = all.filter((f) => f.state).length;
  return (
    <div class={`app ${byConfidence ? "by-confidence" : "by-kind"}`}>
      <header>
        <div class="name">
          <h1>{data.extraction.bulletin.title || data.extraction.source.name}</h1>
          <p>{[data.extraction.source.name, data.extraction.bulletin.publisher, data.extraction.bulletin.issue, data.extraction.bulletin.period?.text].filter(Boolean).join(" · ")}</p>
        </div>
        <div class="tools">
          <label class="search"><span>Search</span><input ref={search} type="search" value={query} onInput={(e) => setQuery(e.currentTarget.value)} aria-keyshortcuts="/" /></label>
          {data.pictures.length > 0 && <button type="button" aria-pressed={view === "text"} onClick={() => setView(view === "pages" ? "text" : "pages")} aria-keyshortcuts="t">{view === "pages" ? "Show text" : "Show pages"}</button>}
          <button type="button" aria-pressed={byConfidence} onClick={() => setByConfidence(!byConfidence)}>Colour by {byConfidence ? "kind" : "confidence"}</button>
          <label class="by"><span>Your name</span><input type="text" value={state.by} onInput={(e) => { const by = e.currentTarget.value; setState((s) => ({ ...s, by })); }} /></label>
          <button type="button" class="save" onClick={saveAll} aria-keyshortcuts="s">Save {open || "no"} {open === 1 ? "correction" : "corrections"}</button>
          <button type="button" onClick={() => setHelp(true)} aria-keyshortcuts="?">Help</button>
        </div>
        <Legend all={all} off={off} setOff={setOff} steps={steps} setSteps={setSteps} />
        <p class="said" role="status" aria-live="polite">{said}</p>
      </header>
      <main>
        <div class="document" tabIndex={0} role="region" aria-label={view === "pages" ? "Pages" : "Text"}>
          {view === "pages" ? <Pages data={data} {...shared} /> : <Text extraction={data.extraction} {...shared} onSelect={setSelected} />}
        </div>
        <aside aria-label="Facts" tabIndex={0}>
          {selected && !adding && <p class="actions"><button type="button" onClick={() => setAdding(true)}>Add “{textOf(selected).slice(0, 40)}” as a fact</button></p>}
          {adding && selected && <AddForm data={data} selected={{ text: textOf(selected), provenance: provenanceOf(selected) }} onAdd={add} onCancel={() => setAdding(false)} />}
          <Panel data={data} {...shared} editing={editing} act={act} onEdited={edited} onCancel={() => setEditing(null)} />
        </aside>
      </main>
      {help && <Help onClose={() => setHelp(false)} />}
    </div>
  );
}

const textOf = ({ block, start, end }) => BLOCKS.get(block).text.slice(start, end);
const provenanceOf = ({ block, start, end }) => ({ page: BLOCKS.get(block).page, block, start, end, bbox: BLOCKS.get(block).bbox });

const toggled = (set, value) => { const copy = new Set(set); if (!copy.delete(value)) copy.add(value); return copy; };

function Legend({ all, off, setOff, steps, setSteps }) {
  return (
    <div class="legend">
      <fieldset><legend>Kinds</legend>
        {KINDS.map(([kind, name]) => (
          <label key={kind} class={`toggle ${kind}`}><input type="checkbox" checked={!off.has(kind)} onChange={() => setOff(toggled(off, kind))} /><span class="swatch" aria-hidden="true" />{name} <span class="count">{all.filter((f) => f.kind === kind).length}</span></label>
        ))}
      </fieldset>
      <fieldset><legend>How sure</legend>
        {STEPS.map(([step, , name]) => (
          <label key={step} class={`toggle sure-${step}`}><input type="checkbox" checked={!steps.has(step)} onChange={() => setSteps(toggled(steps, step))} /><span class="swatch" aria-hidden="true" />{name}</label>
        ))}
      </fieldset>
    </div>
  );
}

function Help({ onClose }) {
  const ref = useRef(null);
  useEffect(() => { ref.current.showModal(); }, []);
  return (
    <dialog ref={ref} onClose={onClose} aria-labelledby="help-name">
      <h2 id="help-name">Keys</h2>
      <dl>{HELP.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}</dl>
      <p>To add a fact that was not found, show the text, select its words and choose “Add”. Decisions stay in this browser until you save them; the saved file is used with <code>extract apply</code>.</p>
      <p class="actions"><button type="button" onClick={onClose}>Close</button></p>
    </dialog>
  );
}

render(<App />, document.getElementById("app"));
