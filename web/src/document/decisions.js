// The decisions of a person as state of the page, kept in the browser with each change.
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { ChangedElsewhere, NOTHING, isServed, keep, load, merged, onKept, save, saved } from "./corrections.js";

// `check` throws where a state holds what no record can be, as one from a file may.
export function useDecisions(data, check, say) {
  const [state, setState] = useState(() => checked(load(data.sha256), check));
  useLayoutEffect(() => {
    if (!keep(data.sha256, state)) say("This browser keeps nothing: save before you close the page.");
  }, [state]);
  useEffect(() => onKept(data.sha256, setState), [data]);

  const take = (text, version) => {
    const next = merged(data, state, text);
    try {
      check(next);
    } catch {
      throw new Error("it holds a record that cannot be.");
    }
    setState((s) => ({ ...merged(data, s, text), seen: version ?? s.seen }));
  };
  // What was saved before, by this browser or another one: the file is replaced as a whole, so it has to be known.
  const fetchSaved = async () => {
    const { text, version } = await saved(data);
    if (text === null || version === load(data.sha256).seen) return;
    try {
      take(text, version);
      say("The decisions saved before are taken in.");
    } catch (error) {
      setState((s) => ({ ...s, seen: version }));
      say(`Of the saved file: ${error.message} It is kept under another name when you save.`);
    }
  };
  useEffect(() => {
    if (isServed(data)) fetchSaved().catch(() => {});
  }, [data]);

  const decide = (key, decision) =>
    setState((s) => {
      const decisions = { ...s.decisions };
      if (decision) decisions[key] = decision;
      else delete decisions[key];
      return { ...s, decisions };
    });
  const saveAll = async () => {
    try {
      const { told, version } = await save(data, state);
      setState((s) => ({ ...s, seen: version }));
      say(told);
    } catch (error) {
      if (error instanceof ChangedElsewhere) await fetchSaved();
      say(`Not saved: ${error.message}`);
    }
  };
  const open = (file) =>
    file
      .text()
      .then((text) => {
        take(text);
        say(`The decisions of ${file.name} are taken in.`);
      })
      .catch((error) => say(`${file.name}: ${error.message}`));

  return {
    ...state,
    decide,
    setBy: (by) => setState((s) => ({ ...s, by })),
    setAdded: (change) => setState((s) => ({ ...s, added: change(s.added) })),
    saveAll,
    open,
  };
}

function checked(state, check) {
  try {
    check(state);
    return state;
  } catch {
    return NOTHING; // kept by another version of the page
  }
}
