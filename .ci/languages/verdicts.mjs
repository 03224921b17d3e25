// Judges every document of the corpus with ajv and zod; any verdict that differs from Rust's is printed and fails.
// node verdicts.mjs CORPUS SCHEMAS
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as z from "zod";

const require = createRequire(import.meta.url);
const { default: Ajv07 } = require("ajv");
const { default: Ajv2020 } = require("ajv/dist/2020");
const { default: addFormats } = require("ajv-formats");

const [corpusPath, folder] = process.argv.slice(2);
const corpus = readFileSync(corpusPath, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
const names = readdirSync(folder).filter((name) => name.endsWith(".schema.json")).map((name) => name.split(".")[0]);
const schema = (name, draft = "") => JSON.parse(readFileSync(join(folder, draft, `${name}.schema.json`), "utf8"));

const withAjv = (make, draft) => {
  const ajv = make();
  addFormats(ajv);
  return (name) => ajv.compile(schema(name, draft));
};
const judges = {
  "ajv 2020-12, strict": withAjv(() => new Ajv2020({ strict: true })),
  "ajv 2020-12, bare": withAjv(() => new Ajv2020()),
  "ajv draft-07, strict": withAjv(() => new Ajv07({ strict: true }), "draft-07"),
  "ajv draft-07, bare": withAjv(() => new Ajv07(), "draft-07"),
  "zod 2020-12": (name) => {
    const type = z.fromJSONSchema(schema(name));
    return (document) => type.safeParse(document).success;
  },
  "zod draft-07": (name) => {
    const type = z.fromJSONSchema(schema(name, "draft-07"));
    return (document) => type.safeParse(document).success;
  },
};

let failed = false;
for (const [label, compile] of Object.entries(judges)) {
  const start = performance.now();
  const compiled = Object.fromEntries(names.map((name) => [name, compile(name)]));
  const differing = corpus.filter(({ root, document, accepted }) => compiled[root](document) !== accepted);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `    ${label}: ${names.length} schemas compiled, ${corpus.length} documents, ${differing.length} differ, ${seconds} s`,
  );
  for (const { root, document, accepted } of differing.slice(0, 3)) {
    console.log(`      ${root}, accepted by Rust: ${accepted}: ${JSON.stringify(document).slice(0, 300)}`);
  }
  failed ||= differing.length > 0;
}
process.exit(failed ? 1 : 0);
