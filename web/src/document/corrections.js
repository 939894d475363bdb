// What the person decided: kept in the browser under the extraction's digest, saved as a corrections file, read again.

const nameOf = (sha256) => `newsletter-extract:${sha256}`;
export const NOTHING = { by: "", decisions: {}, added: [], seen: null };

// `decisions` by fact: { action, set, note }; `added` facts: { kind, value }; `seen` is the version of the saved file
// that is in them.
export function load(sha256) {
  try {
    const kept = JSON.parse(localStorage.getItem(nameOf(sha256)));
    if (kept && kept.decisions && Array.isArray(kept.added)) return { ...NOTHING, ...kept };
  } catch {
    /* no storage, or nothing in it that we wrote */
  }
  return NOTHING;
}

export function keep(sha256, state) {
  try {
    localStorage.setItem(nameOf(sha256), JSON.stringify(state));
    return true;
  } catch {
    return false;
  }
}

// Tells when the same page in another window keeps something.
export function onKept(sha256, tell) {
  const heard = (event) => event.key === nameOf(sha256) && tell(load(sha256));
  addEventListener("storage", heard);
  return () => removeEventListener("storage", heard);
}

export function corrections(data, state) {
  const decided = Object.entries(state.decisions).map(([fact, d]) => ({
    action: d.action,
    fact,
    ...(d.action === "edit" ? { set: d.set } : {}),
    ...(d.note ? { note: d.note } : {}),
  }));
  const added = state.added.map(({ kind, value }) => ({ action: "add", kind, value }));
  return {
    corrections_version: "1.0",
    document: data.extraction.source.name,
    extraction_sha256: data.sha256,
    by: state.by || null,
    at: new Date().toISOString().slice(0, 19) + "Z",
    corrections: [...decided, ...added],
  };
}

// The state with what a corrections file says of facts that are not decided on here. Throws a sentence where the file
// is none, or one of another extraction.
export function merged(data, state, text) {
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    throw new Error("this is no corrections file.");
  }
  if (!Array.isArray(file?.corrections)) throw new Error("this is no corrections file.");
  if (file.extraction_sha256 !== data.sha256) throw new Error("these corrections were made on another extraction.");
  const decisions = { ...state.decisions };
  const added = [...state.added];
  for (const { action, fact, set, note, kind, value } of file.corrections) {
    if (action === "add") {
      const same = added.some((a) => a.kind === kind && JSON.stringify(a.value) === JSON.stringify(value));
      if (!same && data.form.records[kind] && value && typeof value === "object") added.push({ kind, value });
    } else if (isFact(data, fact) && !Object.hasOwn(decisions, fact)) {
      decisions[fact] = { action, note: note || "", ...(action === "edit" ? { set: set || {} } : {}) };
    }
  }
  return { ...state, by: state.by || file.by || "", decisions, added };
}

function isFact(data, pointer) {
  const [, list, number] = /^\/([a-z]+)\/(\d+)$/.exec(pointer) || [];
  return Array.isArray(data.extraction[list]) && Number(number) < data.extraction[list].length;
}

export const isServed = (data) => Boolean(data.saveTo) && location.protocol !== "file:";

// The file as the server has it: its text, null where there is none, and its version.
export async function saved(data) {
  const answer = await fetch(data.saveTo);
  return { text: answer.status === 200 ? await answer.text() : null, version: answer.headers.get("ETag") };
}

export const fileName = (data) => `${data.extraction.source.name}.corrections.json`;

const ELSEWHERE = new Set([404, 405, 501]); // a server that knows nothing of corrections
const CHANGED = 412;
export class ChangedElsewhere extends Error {}

// To the server that made the page, else as a download. Gives what to tell, and the version of the file now.
export async function save(data, state) {
  const text = JSON.stringify(corrections(data, state), null, 2) + "\n";
  if (isServed(data)) {
    const answer = await fetch(data.saveTo, {
      method: "POST",
      body: text,
      headers: {
        "Content-Type": "application/json",
        ...(state.seen ? { "If-Match": state.seen } : { "If-None-Match": "*" }),
      },
    });
    if (answer.ok) return { told: await answer.text(), version: answer.headers.get("ETag") };
    if (answer.status === CHANGED) throw new ChangedElsewhere(await answer.text());
    if (!ELSEWHERE.has(answer.status)) throw new Error(`${answer.status} ${await answer.text()}`);
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = fileName(data);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  return { told: `Saved ${link.download}; use it with: extract apply ${link.download}`, version: state.seen };
}
