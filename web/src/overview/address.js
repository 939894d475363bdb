// The filter as part of the page's address, in words: so that it can be kept as a bookmark, sent, and come back to.
import { dayOf, isoOf } from "./days.js";
import { EMPTY } from "./filter.js";

const NAMED = { kind: "kind", category: "category", country: "country", code: "code", publisher: "publisher" };
const DAYS = ["from", "to"];

export function written(archive, filter, tab) {
  const words = new URLSearchParams();
  if (filter.text) words.set("text", filter.text);
  for (const [name, list] of Object.entries(NAMED))
    if (filter[name] !== null) words.set(name, archive.names[list][filter[name]]);
  for (const name of DAYS) if (filter[name] !== null) words.set(name, isoOf(filter[name]));
  if (filter.place !== null) words.set("place", idOf(archive.places[filter.place]));
  if (filter.sure) words.set("sure", filter.sure);
  if (tab !== "documents") words.set("list", tab);
  return words.toString();
}

export function read(archive, text, tabs) {
  const words = new URLSearchParams(text);
  const found = (at) => (at < 0 ? null : at);
  const filter = { ...EMPTY, text: words.get("text") || "", sure: Number(words.get("sure")) || 0 };
  for (const [name, list] of Object.entries(NAMED))
    if (words.has(name)) filter[name] = found(archive.names[list].indexOf(words.get(name)));
  for (const name of DAYS) {
    const day = dayOf(words.get(name));
    filter[name] = Number.isFinite(day) ? day : null;
  }
  if (words.has("place")) filter.place = found(archive.places.findIndex((p) => idOf(p) === words.get("place")));
  return { filter, tab: tabs.includes(words.get("list")) ? words.get("list") : "documents" };
}

const idOf = (place) => [place.name, place.country ?? "", place.kind, place.lat ?? "", place.lon ?? ""].join(" ");

// Also kept for the tab of the browser, for the way back from a document.
const KEPT = `newsletter-extract:${location.pathname}`;

export function remember(text) {
  try {
    sessionStorage.setItem(KEPT, text);
    history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
  } catch {
    /* a browser that keeps nothing of files: the filter is lost with the page */
  }
}

export function remembered() {
  try {
    return location.hash.slice(1) || sessionStorage.getItem(KEPT) || "";
  } catch {
    return "";
  }
}
