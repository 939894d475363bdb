// Builds the scripts and the style of the review pages into the Python package: same sources and lock, same bytes.
import { build } from "esbuild";
import { copyFile, readFile, writeFile } from "node:fs/promises";

const target = "../src/newsletter_extract/review/static";

await build({
  entryPoints: ["src/document.jsx", "src/overview.jsx"],
  loader: { ".json": "json" },
  outdir: target,
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
await copyFile("src/review.css", `${target}/review.css`);
