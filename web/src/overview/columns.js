// What the lists show of their rows.
import { NONE } from "./archive.js";
import { span } from "./days.js";
import { countBy } from "./filter.js";

const known = (value) => (value === NONE ? null : value);

export function columnsOf(archive, left, named, choosePlace) {
  const { documents, events, seizures, findings, places, names } = archive;
  const per = Object.fromEntries(
    ["events", "seizures", "findings"].map((name) => [
      name,
      countBy(archive[name].document, left[name], documents.length),
    ]),
  );
  const title = (k) => documents.title[k] || documents.name[k];
  const toFact = (list, table) => (k) =>
    documents.href[table.document[k]] && `${documents.href[table.document[k]]}#/${list}/${table.fact[k]}`;
  const time = (table) => ({
    name: "Time",
    width: "12rem",
    value: (k) => span(known(table.start[k]), known(table.end[k])),
  });
  const where = (table) => ({
    name: "Where",
    width: "minmax(8rem, 1fr)",
    value: (k) =>
      Array.from(table.places.all.subarray(table.places.at[k], table.places.at[k + 1]), (p) => places[p].name).join(
        ", ",
      ),
  });
  const told = (table) => ({ name: "Document", width: "minmax(8rem, 1fr)", value: (k) => title(table.document[k]) });
  const sure = (table) => ({
    name: "Sure",
    width: "4.5rem",
    number: true,
    value: (k) => Number(table.confidence[k].toFixed(2)),
  });
  const number = (name, value, width = "5.5rem") => ({ name, width, number: true, value });
  return {
    documents: [
      { name: "Document", width: "minmax(12rem, 2fr)", value: title, link: (k) => documents.href[k] },
      { name: "File", width: "minmax(8rem, 1fr)", value: (k) => documents.name[k] },
      { name: "Publisher", width: "minmax(8rem, 1fr)", value: (k) => names.publisher[documents.publisher[k]] },
      { name: "Period", width: "12rem", value: (k) => span(known(documents.start[k]), known(documents.end[k])) },
      number("Pages", (k) => documents.pages[k]),
      number("Events", (k) => per.events[k]),
      number("Seizures", (k) => per.seizures[k], "6rem"),
      number("Findings", (k) => per.findings[k], "6rem"),
      { name: "Reviewed", width: "6rem", value: (k) => (documents.reviewed[k] ? "yes" : "") },
    ],
    events: [
      { name: "Event", width: "minmax(14rem, 2fr)", value: (k) => events.text[k], link: toFact("events", events) },
      { name: "Kind", width: "7rem", value: (k) => names.kind[events.kind[k]] },
      time(events),
      where(events),
      told(events),
      sure(events),
    ],
    seizures: [
      {
        name: "Seized",
        width: "minmax(10rem, 2fr)",
        value: (k) => seizures.text[k],
        link: toFact("seizures", seizures),
      },
      { name: "Goods", width: "7rem", value: (k) => names.category[seizures.category[k]] },
      { name: "Amount", width: "minmax(7rem, 1fr)", value: (k) => seizures.amount[k] },
      number("Cases", (k) => known(seizures.cases[k]), "5rem"),
      time(seizures),
      where(seizures),
      told(seizures),
      sure(seizures),
    ],
    places: [
      { name: "Place", width: "minmax(10rem, 2fr)", value: (k) => places[k].name, choose: choosePlace },
      { name: "Country", width: "6rem", value: (k) => places[k].country || "" },
      { name: "Kind", width: "9rem", value: (k) => places[k].kind.replaceAll("_", " ") },
      number("Events and seizures", (k) => named[k], "11rem"),
    ],
    findings: [
      {
        name: "Finding",
        width: "minmax(16rem, 3fr)",
        value: (k) => findings.text[k],
        link: toFact("findings", findings),
      },
      { name: "Code", width: "minmax(9rem, 1fr)", value: (k) => names.code[findings.code[k]].replaceAll("_", " ") },
      { name: "Severity", width: "6rem", value: (k) => names.severity[findings.severity[k]] },
      number("Page", (k) => known(findings.page[k]), "5rem"),
      told(findings),
    ],
  };
}
