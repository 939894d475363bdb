// The pictures of the pages with a box over each fact, and the text with repairs shown.
import { useEffect, useRef } from "preact/hooks";
import { Parts, useNear } from "../shared/lazy.jsx";
import { grouped } from "../shared/sets.js";
import { stepOf } from "./facts.js";

const PAD = 1; // points that a box stands off from its words
const FEW = 20; // pages whose boxes are all drawn at once
const LARGE = new Set(["tables", "events", "seizures"]); // drawn first, so that smaller boxes on them can be clicked

export function Pages({ data, facts, current, isWanted, onPick }) {
  const byPage = grouped(
    facts.filter((f) => f.boxes.length),
    (f) => f.page,
  );
  const few = data.pictures.length <= FEW;
  return data.pictures.map((picture) => {
    const own = byPage.get(picture.page) || [];
    const wanted = few || own.some(isWanted);
    return <Page key={picture.page} picture={picture} facts={own} wanted={wanted} current={current} onPick={onPick} />;
  });
}

function Page({ picture, facts, wanted, ...rest }) {
  const [ref, near] = useNear(wanted);
  return (
    <section ref={ref} class="page" id={`page-${picture.page}`} aria-label={`Page ${picture.page}`}>
      <div class="sheet">
        <img
          src={picture.src}
          alt={`Picture of page ${picture.page}`}
          loading="lazy"
          width={Math.round(picture.width)}
          height={Math.round(picture.height)}
        />
        <svg viewBox={`0 0 ${picture.width} ${picture.height}`} preserveAspectRatio="none" aria-hidden="true">
          {near && <Boxes facts={facts} {...rest} />}
        </svg>
      </div>
    </section>
  );
}

// A box higher than a line is of a fact that is broken over lines or columns, on a scan as a rule. It covers more than
// its fact: over two or three lines it is drawn faintly, beyond that only while one looks at the fact.
const BROKEN = 1.7;
const FAR = 3.4;
const WHOLE = new Set(["tables", "events", "findings"]);
const isWhole = (fact) => WHOLE.has(fact.kind) || fact.record.origin === "table";
function lineHeight(facts) {
  const heights = facts
    .filter((f) => f.boxes.length === 1 && !isWhole(f))
    .map((f) => f.boxes[0][3] - f.boxes[0][1])
    .sort((a, b) => a - b);
  return heights.length ? heights[heights.length >> 1] : Infinity;
}
function brokenness(fact, height) {
  const oneLargeWord = fact.large && !/\s/.test(fact.label);
  if (isWhole(fact) || fact.boxes.length !== 1 || oneLargeWord) return "";
  const lines = (fact.boxes[0][3] - fact.boxes[0][1]) / height;
  return lines > FAR ? " far" : lines > BROKEN ? " broken" : "";
}

const drawn = (facts) => [...facts.filter((f) => LARGE.has(f.kind)), ...facts.filter((f) => !LARGE.has(f.kind))];

function Boxes({ facts, current, onPick }) {
  const height = lineHeight(facts);
  return drawn(facts).map((f) => (
    <Box key={f.key} fact={f} broken={brokenness(f, height)} current={f.key === current} onPick={onPick} />
  ));
}

function Box({ fact, broken, current, onPick }) {
  const ref = useScroll(current);
  return (
    <g
      ref={ref}
      data-fact={fact.key}
      class={`box ${fact.kind} sure-${stepOf(fact.confidence)}${broken}${current ? " current" : ""}${fact.state ? ` ${fact.state}` : ""}`}
      onClick={() => onPick(fact.key)}
    >
      <title>{fact.label}</title>
      {fact.boxes.map(([x0, top, x1, bottom], k) => (
        <rect
          key={k}
          x={x0 - PAD}
          y={top - PAD}
          width={Math.max(1, x1 - x0 + 2 * PAD)}
          height={Math.max(1, bottom - top + 2 * PAD)}
        />
      ))}
    </g>
  );
}

// Brings an element into view whenever it becomes the current one.
export function useScroll(current) {
  const ref = useRef(null);
  useEffect(() => {
    if (current) ref.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  return ref;
}

export function Text({ extraction, facts, current, isWanted, onPick, onSelect }) {
  const byBlock = grouped(facts, (f) => f.block);
  return (
    <div
      class="text"
      lang={extraction.bulletin.language || undefined}
      onMouseUp={() => onSelect(selectionIn())}
      onKeyUp={() => onSelect(selectionIn())}
    >
      {extraction.text.map(({ page, blocks }) => (
        <section key={page} class="text-page" aria-label={`Text of page ${page}`}>
          <h2 class="page-name">Page {page}</h2>
          <Parts
            items={blocks}
            size={60}
            wanted={(block) => byBlock.get(block.id)?.some(isWanted)}
            Gap="div"
            height={70}
            draw={(block) => (
              <Block
                key={block.id}
                block={block}
                facts={byBlock.get(block.id) || []}
                current={current}
                onPick={onPick}
              />
            )}
          />
        </section>
      ))}
    </div>
  );
}

function Block({ block, facts, ...rest }) {
  if (block.kind === "table") {
    const rows = [];
    let at = 0;
    for (const row of block.text.split("\n")) {
      const cells = [];
      for (const cell of row.split("\t")) {
        cells.push([at, cell]);
        at += cell.length + 1;
      }
      rows.push(cells);
    }
    return (
      <table class="block table" data-block={block.id}>
        <tbody>
          {rows.map((cells, k) => (
            <tr key={k}>
              {cells.map(([start, cell]) => (
                <td key={start} dir="auto">
                  <Marked block={block} start={start} end={start + cell.length} facts={facts} {...rest} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    );
  }
  return (
    <p class={`block ${block.kind}`} data-block={block.id} dir="auto">
      <Marked block={block} start={0} end={block.text.length} facts={facts} {...rest} />
    </p>
  );
}

// The text from start to end cut at the borders of facts, each piece marked with the facts that cover it.
function Marked({ block, start, end, facts, current, onPick }) {
  const inside = facts.filter((f) => f.start < end && start < f.end && f.kind !== "tables");
  const borders = [...new Set([start, end, ...inside.flatMap((f) => [f.start, f.end])])]
    .filter((b) => b >= start && b <= end)
    .sort((a, b) => a - b);
  return borders.slice(0, -1).map((from, k) => {
    const to = borders[k + 1];
    const covering = inside.filter((f) => f.start <= from && to <= f.end);
    const piece = block.text.slice(from, to);
    if (!covering.length)
      return (
        <span key={from} data-start={from}>
          {piece}
        </span>
      );
    const fact = covering.reduce((a, b) => (b.end - b.start <= a.end - a.start ? b : a));
    const repair = covering.find((f) => "before" in f.record && f.start === from);
    return (
      <Piece
        key={from}
        from={from}
        fact={fact}
        classes={covering.map((f) => f.kind).join(" ")}
        repair={repair}
        current={covering.some((f) => f.key === current)}
        onPick={onPick}
      >
        {piece}
      </Piece>
    );
  });
}

function Piece({ from, fact, classes, repair, current, onPick, children }) {
  const ref = useScroll(current);
  return (
    <mark
      ref={ref}
      data-start={from}
      data-fact={fact.key}
      class={`${classes} sure-${stepOf(fact.confidence)}${current ? " current" : ""}`}
      onClick={() => onPick(fact.key)}
    >
      {repair && (
        <>
          <del>{repair.record.before}</del>
          <span class="arrow" aria-hidden="true">
            →
          </span>
        </>
      )}
      {repair ? <ins data-text>{children}</ins> : children}
    </mark>
  );
}

// Characters of one block that the person has selected, or null.
function selectionIn() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed) return null;
  const [first, last] = [
    spot(selection.anchorNode, selection.anchorOffset),
    spot(selection.focusNode, selection.focusOffset),
  ];
  if (!first || !last || first.block !== last.block) return null;
  const [start, end] = [Math.min(first.at, last.at), Math.max(first.at, last.at)];
  return start < end ? { block: first.block, start, end } : null;
}

function spot(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const piece = element?.closest("[data-start]");
  const block = element?.closest("[data-block]");
  if (!piece || !block || element.closest("del")) return null;
  return { block: block.dataset.block, at: Number(piece.dataset.start) + offset };
}
