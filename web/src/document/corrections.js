// What the person decided, kept in the browser under the extraction's digest and saved as a corrections file.

export function load(sha256) {
  try {
    const kept = JSON.parse(localStorage.getItem(`newsletter-extract:${sha256}`));
    if (kept && kept.decisions && Array.isArray(kept.added)) return kept;
  } catch {
    /* no storage, or nothing in it that we wrote */
  }
  return { by: "", decisions: {}, added: [] };
}

export function keep(sha256, state) {
  try {
    localStorage.setItem(`newsletter-extract:${sha256}`, JSON.stringify(state));
    return true;
  } catch {
    return false;
  }
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

export const fileName = (data) => `${data.extraction.source.name}.corrections.json`;

const ELSEWHERE = new Set([404, 405, 501]); // a server that knows nothing of corrections

// To the server that made the page, else as a download.
export async function save(data, state) {
  const text = JSON.stringify(corrections(data, state), null, 2) + "\n";
  if (data.saveTo && location.protocol !== "file:") {
    const answer = await fetch(data.saveTo, {
      method: "POST",
      body: text,
      headers: { "Content-Type": "application/json" },
    });
    if (answer.ok) return await answer.text();
    if (!ELSEWHERE.has(answer.status)) throw new Error(`${answer.status} ${await answer.text()}`);
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = fileName(data);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  return `Saved ${link.download}; use it with: extract apply ${link.download}`;
}
