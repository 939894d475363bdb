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
  const spots = useMemo(
    () => archive.places.map((p) => (p.lat === null || p.lon === null ? null : path.projection()([p.lon, p.lat]))),
    [archive, path],
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
  const under = (event) => {
    const box = canvas.current.getBoundingClientRect();
    const [x, y] = [
      ((event.clientX - box.left) / box.width) * WIDTH,
      ((event.clientY - box.top) / box.height) * HEIGHT,
    ];
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
          <path class="land" d={outlines} />
        </svg>
        <canvas
          ref={canvas}
          role="img"
          aria-label={`Map of ${circles.length} places; the list of places says the same in words.`}
          onMouseMove={(e) => setPointed(under(e))}
          onMouseLeave={() => setPointed(null)}
          onClick={(e) => {
            const k = under(e);
            onPlace(k === chosen ? null : k);
          }}
        />
      </div>
      <p class="under">
        <button type="button" onClick={() => setNear(!near)}>
          {near ? "Show the whole world" : "Show the region"}
        </button>
        <span>{told === null ? "Click a place to see what belongs to it." : words(told)}</span>
      </p>
    </section>
  );
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
