// The page of one document: its pictures or text on the left, its facts on the right.
import { render } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { AddForm } from "./document/add.jsx";
import { useDecisions } from "./document/decisions.js";
import { KINDS, OFF_AT_FIRST, allFacts, blocksOf, factsOf, inOrder, stepOf } from "./document/facts.js";
import { Header } from "./document/header.jsx";
import { lightUp } from "./document/hover.js";
import { useKeys } from "./document/keys.js";
import { Help } from "./document/legend.jsx";
import { Pages, Text } from "./document/pages.jsx";
import { Panel } from "./document/panel.jsx";
import { inside, unpack } from "./shared/unpack.js";

const root = document.getElementById("app");
const ZOOM = { least: 0.5, most: 4, step: 1.25 };
const DONE = { accept: "accepted", reject: "rejected" };

function App({ data }) {
  const blocks = useMemo(() => blocksOf(data.extraction), [data]);
  const base = useMemo(() => factsOf(data, blocks), [data]);
  const [said, setSaid] = useState("");
  const review = useDecisions(data, (state) => allFacts(base, blocks, state), setSaid);
  const [off, setOff] = useState(new Set(OFF_AT_FIRST));
  const [steps, setSteps] = useState(new Set());
  const [query, setQuery] = useState("");
  const [order, setOrder] = useState("kind");
  const [undecided, setUndecided] = useState(false);
  const [current, setCurrent] = useState(() =>
    base.some((f) => f.key === location.hash.slice(1)) ? location.hash.slice(1) : null,
  );
  const [editing, setEditing] = useState(null);
  const [view, setView] = useState(data.pictures.length ? "pages" : "text");
  const [zoom, setZoom] = useState(1);
  const [byConfidence, setByConfidence] = useState(false);
  const [help, setHelp] = useState(false);
  const [selected, setSelected] = useState(null);
  const [adding, setAdding] = useState(false);
  const search = useRef(null);
  const follow = useRef(false); // whether the focus goes along with the current fact: after keys, not after a click

  useLayoutEffect(() => {
    // with the change itself: an effect that comes late would take the flag that the next key has set
    if (follow.current && current)
      root.querySelector(`aside [data-fact="${CSS.escape(current)}"] .fact-name`)?.focus({ preventScroll: true });
    follow.current = false;
  }, [current, editing]);

  const [pointed, setPointed] = useState({ key: null });
  useLayoutEffect(() => lightUp(root, (key, drawn) => setPointed({ key, drawn })), []);
  useLayoutEffect(() => pointed.drawn?.(), [pointed]);
  const isWanted = (fact) => fact.key === current || fact.key === pointed.key;

  const wasAdding = useRef(false);
  useLayoutEffect(() => {
    // whoever leaves the form without a fact stands where it was opened
    if (wasAdding.current && !adding && document.activeElement === document.body)
      root.querySelector(".panel-tools button")?.focus();
    wasAdding.current = adding;
  }, [adding]);

  const all = useMemo(() => allFacts(base, blocks, review), [base, review.decisions, review.added]);
  const facts = useMemo(() => {
    const wanted = query.toLocaleLowerCase();
    return all.filter(
      (f) =>
        !off.has(f.kind) &&
        !steps.has(stepOf(f.confidence)) &&
        !(undecided && f.state && f.key !== current) &&
        (!wanted || `${f.label} ${f.detail}`.toLocaleLowerCase().includes(wanted)),
    );
  }, [all, off, steps, query, undecided, undecided && current]);
  const groups = useMemo(() => inOrder(facts, order), [facts, order]);

  const pick = (key) => {
    setCurrent(key);
    if (key !== editing) setEditing(null);
  };
  const step = (by) => {
    follow.current = true;
    const ordered = groups.flatMap((group) => group.facts);
    const at = ordered.findIndex((f) => f.key === current);
    const next =
      ordered[at < 0 ? (by > 0 ? 0 : ordered.length - 1) : Math.min(ordered.length - 1, Math.max(0, at + by))];
    if (next) pick(next.key);
  };
  const edit = (fact) => data.form.records[fact.kind] && setEditing(fact.key);
  const act = (action) => {
    const fact = all.find((f) => f.key === current);
    if (!fact) return;
    if (action === "edit") edit(fact);
    else if (fact.added) {
      if (action === "accept") step(1);
      else {
        review.setAdded((added) => added.filter((_, k) => `+${k}` !== fact.key));
        setCurrent(null);
        setSaid("Added fact taken away.");
      }
    } else if (action === "undo") {
      review.decide(fact.key, null);
      setSaid("Decision taken back.");
    } else {
      // What was edited stays so: to accept it is to accept the edit, and a rejection may be thought over.
      const before = review.decisions[fact.key];
      const kept = action === "accept" && before?.set ? "edit" : action;
      review.decide(fact.key, { ...before, action: kept });
      setSaid(kept === "edit" ? `“${fact.label}” stays as edited.` : `“${fact.label}” ${DONE[action]}.`);
      step(1);
    }
  };
  const close = () => {
    follow.current = true;
    setEditing(null);
  };
  // What differs from the record as the program made it, which an earlier edit may have changed too.
  const edited = (set, whole) => {
    const before = review.decisions[current];
    const changed = Object.keys(set).length > 0;
    if (current.startsWith("+"))
      review.setAdded((added) => added.map((one, k) => (`+${k}` === current ? { ...one, value: whole } : one)));
    else if (changed) review.decide(current, { ...before, action: "edit", set: overlaid(before?.set, set) });
    close();
    setSaid(changed ? "Edit kept." : "Nothing was changed.");
  };
  const add = (kind, value) => {
    review.setAdded((added) => [...added, { kind, value }]);
    setOff((o) => new Set([...o].filter((k) => k !== kind)));
    follow.current = true;
    setCurrent(`+${review.added.length}`);
    setAdding(false);
    setSelected(null);
    setSaid("Fact added.");
  };
  const decided = all.filter((f) => f.state).length;
  const saveAll = () => (decided ? review.saveAll() : setSaid("There is nothing to save yet."));
  const turn = () => data.pictures.length && setView(view === "pages" ? "text" : "pages");
  const larger = () => setZoom((z) => Math.min(ZOOM.most, z * ZOOM.step));
  const smaller = () => setZoom((z) => Math.max(ZOOM.least, z / ZOOM.step));

  useKeys(
    {
      j: () => step(1),
      k: () => step(-1),
      a: () => act("accept"),
      r: () => act("reject"),
      e: () => act("edit"),
      u: () => act("undo"),
      n: () => setAdding(true),
      "/": () => search.current?.focus(),
      t: turn,
      "+": larger,
      "-": smaller,
      s: saveAll,
      "?": () => setHelp(true),
    },
    (event) => {
      if (editing) close();
      else event.target.blur?.();
      setAdding(false);
    },
  );

  return (
    <div class={`app ${byConfidence ? "by-confidence" : "by-kind"}`}>
      <Header
        data={data}
        all={all}
        decided={decided}
        said={said}
        search={{ ref: search, query, setQuery }}
        show={{ view, turn, larger, smaller, byConfidence, setByConfidence, off, setOff, steps, setSteps }}
        review={{ by: review.by, setBy: review.setBy, saveAll, open: review.open }}
        onHelp={() => setHelp(true)}
      />
      <main>
        <div
          class="document"
          tabIndex={0}
          role="region"
          aria-label={view === "pages" ? "Pages" : "Text"}
          style={{ "--zoom": zoom }}
        >
          {view === "pages" ? (
            <Pages data={data} facts={facts} current={current} isWanted={isWanted} onPick={pick} />
          ) : (
            <Text
              extraction={data.extraction}
              facts={facts}
              current={current}
              isWanted={isWanted}
              onPick={pick}
              onSelect={setSelected}
            />
          )}
        </div>
        <aside aria-label="Facts" tabIndex={0}>
          {adding ? (
            <AddForm
              form={data.form}
              blocks={blocks}
              selected={selected}
              onAdd={add}
              onCancel={() => setAdding(false)}
            />
          ) : (
            <Tools
              order={order}
              setOrder={setOrder}
              undecided={undecided}
              setUndecided={setUndecided}
              words={selected && blocks.get(selected.block).text.slice(selected.start, selected.end)}
              onAdd={() => setAdding(true)}
            />
          )}
          <Panel
            form={data.form}
            groups={groups}
            findings={data.extraction.findings}
            current={current}
            isWanted={isWanted}
            onPick={pick}
            editing={editing}
            act={act}
            onNote={(key, note) => review.decide(key, { ...review.decisions[key], note })}
            onEdited={edited}
            onCancel={close}
          />
        </aside>
      </main>
      {help && <Help onClose={() => setHelp(false)} />}
    </div>
  );
}

function Tools({ order, setOrder, undecided, setUndecided, words, onAdd }) {
  return (
    <div class="panel-tools">
      <label>
        <span>Order</span>{" "}
        <select value={order} onChange={(e) => setOrder(e.currentTarget.value)}>
          <option value="kind">by kind</option>
          <option value="place">as in the document</option>
        </select>
      </label>
      <label class="toggle">
        <input type="checkbox" checked={undecided} onChange={() => setUndecided(!undecided)} />
        Undecided only
      </label>
      <button type="button" onClick={onAdd} aria-keyshortcuts="n">
        {words ? `Add “${words.slice(0, 40)}” as a fact` : "Add a fact"}
      </button>
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
});
