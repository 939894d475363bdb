// The overview of an archive: counts, map, timeline, goods, findings and lists, all under one filter.
import { render } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { read, remember, remembered, written } from "./overview/address.js";
import { archiveOf } from "./overview/archive.js";
import { Findings, Matrix, Timeline, monthsOf } from "./overview/charts.jsx";
import { columnsOf } from "./overview/columns.js";
import { dayOf, isoOf } from "./overview/days.js";
import { EMPTY, countBy, filtered, foldAll, placeCounts } from "./overview/filter.js";
import { List } from "./overview/lists.jsx";
import { PlaceMap } from "./overview/map.jsx";
import { inside, unpack } from "./shared/unpack.js";

const root = document.getElementById("app");
const TABS = [
  ["documents", "Documents"],
  ["events", "Events"],
  ["seizures", "Seizures"],
  ["places", "Places"],
  ["findings", "Findings"],
];
const NAMES = TABS.map(([name]) => name);
const count = (n) => n.toLocaleString("en");

function App({ title, archive }) {
  const [begun] = useState(() => read(archive, remembered(), NAMES));
  const [filter, setFilter] = useState(begun.filter);
  const [tab, setTab] = useState(begun.tab);
  const set = (change) => setFilter((f) => ({ ...f, ...change }));
  const left = useMemo(() => filtered(archive, filter), [archive, filter]);
  const named = useMemo(() => placeCounts(archive, left), [archive, left]);
  const codes = useMemo(
    () => countBy(archive.findings.code, left.findings, archive.names.code.length),
    [archive, left],
  );
  const months = useMemo(() => [monthsOf(archive.events), monthsOf(archive.seizures)], [archive]);
  const placeRows = useMemo(() => {
    const rows = [];
    for (let k = 0; k < named.length; k += 1) if (named[k]) rows.push(k);
    return rows.sort((a, b) => named[b] - named[a] || a - b);
  }, [named]);
  const columns = useMemo(() => {
    const choosePlace = {
      pressed: (k) => k === filter.place,
      press: (k) => set({ place: k === filter.place ? null : k }),
    };
    return columnsOf(archive, left, named, choosePlace);
  }, [archive, left, named]);
  const rows = tab === "places" ? placeRows : left[tab];
  useEffect(() => remember(written(archive, filter, tab)), [filter, tab]);
  useEffect(() => {
    const press = (event) => {
      if (event.key !== "/" || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
      event.preventDefault();
      document.getElementById("text").focus();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  const size = {
    documents: left.documents.length,
    events: left.events.length,
    seizures: left.seizures.length,
    places: placeRows.length,
    findings: left.findings.length,
  };
  return (
    <div class="overview">
      <header>
        <h1 dir="auto">{title}</h1>
        <div role="status" aria-live="polite">
          <dl class="counts">
            {TABS.map(([name, label]) => (
              <div key={name}>
                <dt>{label}</dt>
                <dd>{count(size[name])}</dd>
              </div>
            ))}
          </dl>
        </div>
        <Filters archive={archive} filter={filter} set={set} clear={() => setFilter(EMPTY)} />
      </header>
      <main>
        <div class="charts">
          <PlaceMap archive={archive} counts={named} chosen={filter.place} onPlace={(place) => set({ place })} />
          <div class="stack">
            <Timeline
              archive={archive}
              rows={left.events}
              months={months[0]}
              from={filter.from}
              to={filter.to}
              onSpan={(from, to) => set({ from, to })}
            />
            <Findings names={archive.names} counts={codes} chosen={filter.code} onCode={(code) => set({ code })} />
          </div>
          <Matrix
            archive={archive}
            rows={left.seizures}
            months={months[1]}
            from={filter.from}
            to={filter.to}
            onSpan={(from, to) => set({ from, to })}
            chosen={filter.category}
            onCategory={(category) => set({ category })}
          />
        </div>
        <section class="card lists" aria-label="Lists">
          <Tabs tab={tab} setTab={setTab} size={size} />
          <div id="panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
            <List key={tab} name={TABS.find(([name]) => name === tab)[1]} columns={columns[tab]} rows={rows} />
          </div>
        </section>
      </main>
    </div>
  );
}

function Tabs({ tab, setTab, size }) {
  const move = (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const next = TABS[(TABS.findIndex(([name]) => name === tab) + by + TABS.length) % TABS.length][0];
    setTab(next);
    document.getElementById(`tab-${next}`).focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Lists" onKeyDown={move}>
      {TABS.map(([name, label]) => (
        <button
          key={name}
          id={`tab-${name}`}
          type="button"
          role="tab"
          aria-selected={tab === name}
          aria-controls="panel"
          tabIndex={tab === name ? 0 : -1}
          onClick={() => setTab(name)}
        >
          {label} <span class="count">{count(size[name])}</span>
        </button>
      ))}
    </div>
  );
}

const SURE = [
  [0, "any"],
  [0.5, "0.5 and more"],
  [0.7, "0.7 and more"],
  [0.9, "0.9 and more"],
];

function Filters({ archive, filter, set, clear }) {
  const { names } = archive;
  const chosen = filter.place === null ? null : archive.places[filter.place];
  const on = JSON.stringify(filter) !== JSON.stringify(EMPTY);
  return (
    <form class="tools" role="search" onSubmit={(e) => e.preventDefault()}>
      <label>
        <span>Text</span>
        <input
          id="text"
          type="search"
          value={filter.text}
          onInput={(e) => set({ text: e.currentTarget.value })}
          aria-keyshortcuts="/"
        />
      </label>
      <label>
        <span>From</span>
        <input
          type="date"
          value={filter.from === null ? "" : isoOf(filter.from)}
          onChange={(e) => set({ from: dayOf(e.currentTarget.value) })}
        />
      </label>
      <label>
        <span>To</span>
        <input
          type="date"
          value={filter.to === null ? "" : isoOf(filter.to)}
          onChange={(e) => set({ to: dayOf(e.currentTarget.value) })}
        />
      </label>
      <Choice
        name="Country"
        values={names.country}
        value={filter.country}
        onChange={(country) => set({ country, place: null })}
      />
      <Choice name="Kind of event" values={names.kind} value={filter.kind} onChange={(kind) => set({ kind })} />
      <Choice name="Goods" values={names.category} value={filter.category} onChange={(category) => set({ category })} />
      {names.publisher.length > 1 && (
        <Choice
          name="Publisher"
          values={names.publisher}
          value={filter.publisher}
          onChange={(publisher) => set({ publisher })}
        />
      )}
      <Choice name="Finding" values={names.code} value={filter.code} onChange={(code) => set({ code })} />
      <label>
        <span>How sure</span>
        <select value={filter.sure} onChange={(e) => set({ sure: Number(e.currentTarget.value) })}>
          {SURE.map(([least, name]) => (
            <option key={least} value={least}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {chosen && (
        <button type="button" class="chip" onClick={() => set({ place: null })}>
          {chosen.name} <span aria-hidden="true">×</span>
          <span class="hidden">: any place again</span>
        </button>
      )}
      <button type="button" disabled={!on} onClick={clear}>
        Clear the filter
      </button>
    </form>
  );
}

function Choice({ name, values, value, onChange }) {
  const order = useMemo(() => values.map((text, k) => [text, k]).sort(([a], [b]) => (a < b ? -1 : 1)), [values]);
  return (
    <label>
      <span>{name}</span>
      <select
        value={value ?? ""}
        onChange={(e) => onChange(e.currentTarget.value === "" ? null : Number(e.currentTarget.value))}
      >
        <option value="">any</option>
        {order.map(([text, k]) => (
          <option key={k} value={k}>
            {text.replaceAll("_", " ") || "(unknown)"}
          </option>
        ))}
      </select>
    </label>
  );
}

const [first, ...own] = inside();
Promise.all([first, ...own, ...(globalThis.archive || [])].map(unpack)).then(([{ title }, ...chunks]) => {
  const archive = archiveOf(chunks.sort((a, b) => a.first - b.first));
  globalThis.archive = null;
  render(<App title={title} archive={archive} />, root);
  const folding = foldAll(archive);
  const wait = globalThis.requestIdleCallback || ((work) => setTimeout(work, 50));
  const work = () => {
    if (!folding.next().done) wait(work);
  };
  wait(work);
});
