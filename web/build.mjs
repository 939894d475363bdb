// Builds the scripts and the style of the review pages: same sources and lock, same bytes.
//     node build.mjs [folder]      the folder is the Python package's, if none is named
import { build } from "esbuild";
import { readFile } from "node:fs/promises";

const target = process.argv[2] || "../src/newsletter_extract/review/static";
const used = {
  "document.jsx": ["preact"],
  "overview.jsx": ["preact", "d3-geo", "d3-array", "internmap", "topojson-client", "world-atlas"],
};

// The licences of what is inside stand at the head of each script, as they ask for.
async function licences(names) {
  const texts = await Promise.all(
    names.map(async (name) => {
      const { version, license } = JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8"));
      return `${name} ${version} (${license})\n${(await readFile(`node_modules/${name}/LICENSE`, "utf8")).trim()}`;
    }),
  );
  return `/*! newsletter-extract (MIT), with:\n\n${texts.join("\n\n").replaceAll("*/", "* /")}\n*/`;
}

for (const [entry, names] of Object.entries(used)) {
  await build({
    entryPoints: [`src/${entry}`],
    outdir: target,
    loader: { ".json": "json" },
    banner: { js: await licences(names) },
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    charset: "utf8",
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    // A script that stands inside HTML must not contain its own end.
    supported: { "inline-script": false },
  });
}
await build({
  entryPoints: ["src/review.css"],
  outdir: target,
  bundle: true,
  minify: true,
  charset: "utf8",
  target: ["chrome111", "firefox113", "safari16.4"],
});
