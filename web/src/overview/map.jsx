// Where it happened: outlines of countries, and a circle for each place as large as it is often named.
import { geoNaturalEarth1, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import world from "world-atlas/countries-110m.json";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";

const WIDTH = 720;
const HEIGHT = 370;
const LARGEST = 14; // radius in units of the map
const SMALLEST = 2;
const NEAR = 6; // how far off a circle the pointer still means it
const ZOOM = { most: 24, step: 1.6 };
const MOVED = 4; // pixels that a pointer may wander in a click
const COUNTRIES = feature(world, world.objects.countries);
const WHOLE = { type: "Sphere" };

function around(places) {
  const [lons, lats] = [places.map((p) => p.lon), places.map((p) => p.lat)];
  if (!places.length) return WHOLE;
  const pad = 3;
  const [west, east] = [Math.max(-180, Math.min(...lons) - pad), Math.min(180, Math.max(...lons) + pad)];
  const [south, north] = [Math.max(-85, Math.min(...lats) - pad), Math.min(85, Math.max(...lats) + pad)];
  return {
    type: "MultiPoint",
    coordinates: [
      [west, south],
      [west, north],
      [east, south],
      [east, north],
    ],
  };
}

export function PlaceMap({ archive, counts, chosen, onPlace }) {
  const [near, setNear] = useState(true);
  const [frame, setFrame] = useState(WHOLE_FRAME);
  const [pointed, setPointed] = useState(null);
  // The frame is of all places of the archive, so that it does not jump with each filter.
  const path = useMemo(() => {
    const all = archive.places.filter((p) => p.lat !== null && p.lon !== null && p.kind !== "region");
    return geoPath(
      geoNaturalEarth1().fitExtent(
        [
          [8, 8],
          [WIDTH - 8, HEIGHT - 8],
        ],
        near ? around(all) : WHOLE,
      ),
    );
  }, [archive, near]);
  const outlines = useMemo(() => COUNTRIES.features.map((country) => path(country)).join(""), [path]);
  const flat = useMemo(
    () => archive.places.map((p) => (p.lat === null || p.lon === null ? null : path.projection()([p.lon, p.lat]))),
    [archive, path],
  );
  const spots = useMemo(
    () => flat.map((spot) => spot && [spot[0] * frame.k + frame.x, spot[1] * frame.k + frame.y]),
    [flat, frame],
  );
  // Circles of the places that are left, the large ones first so that small ones lie on them.
  const circles = useMemo(() => {
    const named = [];
    for (let k = 0; k < counts.length; k += 1) if (counts[k] && spots[k]) named.push(k);
    named.sort((a, b) => counts[b] - counts[a] || a - b);
    const most = named.length ? counts[named[0]] : 1;
    return named.map((k) => ({
      k,
      x: spots[k][0],
      y: spots[k][1],
      r: SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(counts[k] / most) * crowding(named.length),
    }));
  }, [counts, spots]);
  const canvas = useCanvas(circles, chosen);
  const spotOf = (event) => {
    const box = canvas.current.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * WIDTH, ((event.clientY - box.top) / box.height) * HEIGHT];
  };
  const grip = useRef(null); // where a drag began, and the frame it began with
  const hold = (event) => {
    grip.current = { from: spotOf(event), at: [event.clientX, event.clientY], frame, moved: false };
  };
  const drag = (event) => {
    const held = grip.current;
    if (!held || !event.buttons) return setPointed(under(event));
    if (!held.moved && Math.hypot(event.clientX - held.at[0], event.clientY - held.at[1]) < MOVED) return undefined;
    held.moved = true;
    canvas.current.setPointerCapture(event.pointerId);
    const [x, y] = spotOf(event);
    return setFrame(kept({ ...held.frame, x: held.frame.x + x - held.from[0], y: held.frame.y + y - held.from[1] }));
  };
  const zoom = (factor, at = [WIDTH / 2, HEIGHT / 2]) => setFrame((f) => zoomed(f, factor, at));
  useEffect(() => {
    const turned = (event) => {
      if (!event.ctrlKey) return; // else the page is scrolled
      event.preventDefault();
      zoom(2 ** (-event.deltaY / 200), spotOf(event));
    };
    canvas.current.addEventListener("wheel", turned, { passive: false });
    return () => canvas.current?.removeEventListener("wheel", turned);
  }, []);
  const under = (event) => {
    const [x, y] = spotOf(event);
    return circles.findLast((c) => Math.hypot(c.x - x, c.y - y) <= Math.max(c.r, NEAR))?.k ?? null;
  };
  const words = (k) =>
    `${archive.places[k].name}${archive.places[k].country ? ` (${archive.places[k].country})` : ""}: ${counts[k].toLocaleString("en")}`;
  const told = pointed ?? chosen;
  return (
    <section class="card map" aria-labelledby="map-name">
      <h2 id="map-name">
        Places <span class="count">{circles.length.toLocaleString("en")}</span>
      </h2>
      <div class="sea">
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
          <path class="land" d={outlines} transform={`translate(${frame.x} ${frame.y}) scale(${frame.k})`} />
        </svg>
        <canvas
          ref={canvas}
          role="img"
          aria-label={`Map of ${circles.length} places; the list of places says the same in words.`}
          onPointerDown={hold}
          onPointerMove={drag}
          onPointerLeave={() => setPointed(null)}
          onClick={(e) => {
            if (grip.current?.moved) return;
            const k = under(e);
            onPlace(k === chosen ? null : k);
          }}
        />
      </div>
      <p class="under">
        <span class="pair" role="group" aria-label="Size of the map">
          <button type="button" aria-label="Farther" disabled={frame.k === 1} onClick={() => zoom(1 / ZOOM.step)}>
            −
          </button>
          <button type="button" aria-label="Nearer" disabled={frame.k === ZOOM.most} onClick={() => zoom(ZOOM.step)}>
            +
          </button>
        </span>
        <button
          type="button"
          onClick={() => {
            setFrame(WHOLE_FRAME);
            setNear(!near);
          }}
        >
          {near ? "Show the whole world" : "Show the region"}
        </button>
        <span>
          {told === null ? "Click a place to see what belongs to it; the list of places does the same." : words(told)}
        </span>
      </p>
    </section>
  );
}

// How the map lies in its window: enlarged `k` times and moved. It is never moved out of it.
const WHOLE_FRAME = { k: 1, x: 0, y: 0 };
const kept = ({ k, x, y }) => ({
  k,
  x: Math.min(0, Math.max(WIDTH * (1 - k), x)),
  y: Math.min(0, Math.max(HEIGHT * (1 - k), y)),
});
function zoomed(frame, factor, [x, y]) {
  const k = Math.min(ZOOM.most, Math.max(1, frame.k * factor));
  return kept({ k, x: x - ((x - frame.x) * k) / frame.k, y: y - ((y - frame.y) * k) / frame.k });
}

// Many circles are drawn smaller, so that they stay apart.
const crowding = (count) => Math.min(1, Math.max(0.35, 6 / Math.sqrt(count + 1)));

// Draws the circles anew when they, the size of the map or the colours change; a canvas, since there may be thousands.
function useCanvas(circles, chosen) {
  const ref = useRef(null);
  const [, again] = useState(0);
  useEffect(() => {
    const turned = () => again((n) => n + 1);
    const resized = new ResizeObserver(turned);
    resized.observe(ref.current);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", turned);
    return () => {
      resized.disconnect();
      dark.removeEventListener("change", turned);
    };
  }, []);
  useLayoutEffect(() => {
    requestAnimationFrame(() => ref.current && draw(ref.current, circles, chosen));
  });
  return ref;
}

function draw(canvas, circles, chosen) {
  const scale = (canvas.clientWidth / WIDTH) * devicePixelRatio;
  const [width, height] = [Math.round(WIDTH * scale), Math.round(HEIGHT * scale)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const style = getComputedStyle(canvas);
  const [usual, marked] = [style.getPropertyValue("--seizures"), style.getPropertyValue("--accent")];
  const pen = canvas.getContext("2d");
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, WIDTH, HEIGHT);
  for (const { k, x, y, r } of circles) {
    const [fill, alpha] = k === chosen ? [marked, 0.95] : [usual, 0.4];
    pen.beginPath();
    pen.arc(x, y, k === chosen ? Math.max(r, 5) : r, 0, 2 * Math.PI);
    pen.fillStyle = fill;
    pen.strokeStyle = fill;
    pen.globalAlpha = alpha;
    pen.fill();
    pen.globalAlpha = 1;
    pen.lineWidth = 0.7;
    pen.stroke();
  }
}
