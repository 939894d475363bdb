// The head of the page: what document it is, what is shown of it, and what becomes of the decisions.
import { useRef } from "preact/hooks";
import { Legend } from "./legend.jsx";

export function Header({ data, all, decided, said, search, show, review, onHelp }) {
  const { bulletin, source, review: reviewed } = data.extraction;
  const paged = data.pictures.length > 0;
  return (
    <header>
      <div class="top">
        <div class="name">
          <h1 dir="auto">{bulletin.title || source.name}</h1>
          <p>
            {data.overview && (
              <>
                <a href={data.overview}>All documents</a> ·{" "}
              </>
            )}
            {[source.name, bulletin.publisher, bulletin.issue, bulletin.period?.text, reviewed && reviewedBy(reviewed)]
              .filter(Boolean)
              .join(" · ")}
          </p>
          <p class="said" role="status" aria-live="polite">
            {said}
          </p>
        </div>
        <div class="tools">
          <label class="search">
            <span>Search</span>
            <input
              ref={search.ref}
              type="search"
              value={search.query}
              onInput={(e) => search.setQuery(e.currentTarget.value)}
              aria-keyshortcuts="/"
            />
          </label>
          {paged && (
            <button type="button" onClick={show.turn} aria-keyshortcuts="t">
              {show.view === "pages" ? "Show text" : "Show pages"}
            </button>
          )}
          {paged && show.view === "pages" && (
            <span class="pair" role="group" aria-label="Size of the pictures">
              <button type="button" onClick={show.smaller} aria-label="Smaller" aria-keyshortcuts="-">
                −
              </button>
              <button type="button" onClick={show.larger} aria-label="Larger" aria-keyshortcuts="+">
                +
              </button>
            </span>
          )}
          <button type="button" onClick={() => show.setByConfidence(!show.byConfidence)}>
            Colour by {show.byConfidence ? "kind" : "confidence"}
          </button>
          <button type="button" onClick={onHelp} aria-keyshortcuts="?">
            Help
          </button>
        </div>
        <Saving decided={decided} total={all.length} {...review} />
      </div>
      <Legend all={all} off={show.off} setOff={show.setOff} steps={show.steps} setSteps={show.setSteps} />
    </header>
  );
}

const reviewedBy = ({ by, at }) =>
  ["reviewed", by && `by ${by}`, at && `on ${at.slice(0, 10)}`].filter(Boolean).join(" ");

function Saving({ decided, total, by, setBy, saveAll, open }) {
  const file = useRef(null);
  return (
    <div class="tools saving">
      <label class="by">
        <span>Your name</span>
        <input type="text" autoComplete="name" value={by} onInput={(e) => setBy(e.currentTarget.value)} />
      </label>
      <button
        type="button"
        class="save"
        disabled={!decided}
        onClick={saveAll}
        aria-keyshortcuts="s"
        title={`${decided} of ${total} facts decided`}
      >
        Save {decided || ""} {decided === 1 ? "correction" : "corrections"}
      </button>
      <button type="button" onClick={() => file.current.click()}>
        Open corrections
      </button>
      <input
        ref={file}
        type="file"
        accept=".json"
        hidden
        onChange={(e) => {
          const [chosen] = e.currentTarget.files;
          e.currentTarget.value = "";
          if (chosen) open(chosen);
        }}
      />
    </div>
  );
}
