// The form that adds a fact which the program did not find: what it is, its words, and where they stand.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { pointsAt } from "../shared/points.js";
import { blankOf } from "./draft.js";
import { Form } from "./edit.jsx";

const STARTS = {
  dates: (text) => ({ text }),
  places: (text) => ({ text, name: text }),
  organizations: (text) => ({ text, name: text }),
  money: (text) => ({ text }),
  events: (text) => ({ heading: text }),
  seizures: (text, blank) => ({ commodity: { ...blank.commodity, text }, origin: "narrative" }),
};
const MOST = 50; // places of the same words to choose from
const AROUND = 25; // characters shown before and after the words

// `selected` is { block, start, end } in the text, or null: then the words are written, and looked for.
export function AddForm({ form, blocks, selected, onAdd, onCancel }) {
  const [kind, setKind] = useState("seizures");
  const [words, setWords] = useState(() => (selected ? textOf(blocks, selected) : ""));
  const [chosen, setChosen] = useState(0);
  const first = useRef(null);
  useLayoutEffect(() => first.current.focus(), []); // at once: the next key is meant for it
  useEffect(() => {
    if (selected) setWords(textOf(blocks, selected));
  }, [selected]);
  const spots = useMemo(() => {
    const found = spotsOf(blocks, words);
    if (!selected || textOf(blocks, selected) !== words) return found;
    return [selected, ...found.filter((s) => s.block !== selected.block || s.start !== selected.start)];
  }, [blocks, words, selected]);
  const spot = spots[Math.min(chosen, spots.length - 1)];
  const blank = blankOf(form, form.records[kind]);
  return (
    <section class="add" aria-label="Add a fact">
      <label class="field">
        <span>Add as</span>
        <select ref={first} value={kind} onChange={(e) => setKind(e.currentTarget.value)}>
          {Object.keys(STARTS).map((k) => (
            <option key={k} value={k}>
              {k}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>Words in the document</span>
        <input
          type="text"
          dir="auto"
          value={words}
          onInput={(e) => {
            setWords(e.currentTarget.value);
            setChosen(0);
          }}
        />
      </label>
      {spots.length > 1 && (
        <label class="field">
          <span>Where</span>
          <select value={chosen} onChange={(e) => setChosen(Number(e.currentTarget.value))}>
            {spots.map((s, k) => (
              <option key={k} value={k}>
                {`page ${blocks.get(s.block).page}: ${around(blocks, s)}`}
              </option>
            ))}
          </select>
        </label>
      )}
      <p class="nothing" role="status">
        {!words.trim()
          ? "Write the words as the text has them, or select them there first."
          : spot
            ? `Found on page ${blocks.get(spot.block).page}.`
            : "The text has no such words; the fact will point at none."}
      </p>
      <Form
        key={`${kind} ${words}`}
        form={form}
        model={form.records[kind]}
        start={{ ...blank, ...STARTS[kind](words, blank) }}
        done="Add"
        focus={false}
        onCancel={onCancel}
        onDone={(draft) => onAdd(kind, { ...draft, provenance: spot ? provenanceOf(blocks, spot) : null })}
      />
    </section>
  );
}

const textOf = (blocks, { block, start, end }) => blocks.get(block).text.slice(start, end);

// Where the words stand in the text, in reading order: as written, else in other case.
function spotsOf(blocks, words) {
  const wanted = words.trim();
  if (!wanted) return [];
  const found = (fold) => {
    const spots = [];
    for (const { id, text } of blocks.values()) {
      const [whole, part] = [fold(text), fold(wanted)];
      if (whole.length !== text.length) continue; // positions would be others
      for (let at = whole.indexOf(part); at >= 0 && spots.length < MOST; at = whole.indexOf(part, at + 1))
        spots.push({ block: id, start: at, end: at + part.length });
    }
    return spots;
  };
  const exact = found((text) => text);
  return exact.length ? exact : found((text) => text.toLowerCase());
}

function around(blocks, { block, start, end }) {
  const { text } = blocks.get(block);
  return `…${text.slice(Math.max(0, start - AROUND), end + AROUND)}…`.replace(/\s+/g, " ");
}

function provenanceOf(blocks, { block, start, end }) {
  const { page, text, bbox } = blocks.get(block);
  return { page, block, start: pointsAt(text, start), end: pointsAt(text, end), bbox };
}
