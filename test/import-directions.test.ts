/**
 * The arrows between folders (docs/architecture.md) are rules of biome.json. A second override on the
 * same files, or a slip in a pattern, would switch one off without a word; so each is seen to bite here.
 */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

const RULES: ReadonlySet<string> = new Set([
  "style/noRestrictedImports",
  "correctness/noNodejsModules",
  "correctness/noPrivateImports",
  "suspicious/noImportCycles",
  "performance/noBarrelFile",
  "performance/noReExportAll",
]);

/** What each folder may import, as the folder table has it. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  dicom: ["base"],
  catalogue: ["base", "dicom"],
  stacks: ["base", "catalogue"],
  store: ["base", "catalogue"],
  pipeline: ["base", "dicom", "catalogue", "stacks", "store"],
  jobs: ["base", "catalogue", "pipeline", "store"],
  api: ["base", "catalogue"],
  server: ["base", "catalogue", "store", "jobs", "api"],
  web: ["api", "catalogue"],
  demo: ["base", "dicom", "catalogue"],
  cli: [
    "base",
    "dicom",
    "catalogue",
    "stacks",
    "store",
    "pipeline",
    "jobs",
    "api",
    "server",
    "demo",
  ],
};

const FOLDERS = Object.keys(MAY_IMPORT);

/** Folders whose code runs in a browser too. */
const PURE = ["base", "dicom", "catalogue", "stacks", "api", "web"];

/** Folders that get the store's contract and no database. */
const CONTRACT_ONLY = ["pipeline", "jobs", "server"];

let folder = "";
/** Rules that each file of the copy broke, by path. */
let broken = new Map<string, string[]>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "nils-imports-"));
  for (const file of ["biome.json", "package.json", ".gitignore"]) {
    cpSync(join(root, file), join(folder, file));
  }
  for (const [path, text] of listFiles()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  broken = await findBrokenRules(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(FOLDERS.map((from) => ({ from })))("src/$from imports what it may", ({ from }) => {
  expect(broken.get(`src/${from}/allowed.ts`)).toBeUndefined();
});

test.each(listForbidden())("src/$from does not import #$to", ({ from, to }) => {
  expect(broken.get(`src/${from}/imports-${to}.ts`)).toContain("style/noRestrictedImports");
});

test.each(CONTRACT_ONLY.map((from) => ({ from })))(
  "src/$from imports no database, only the contract",
  ({ from }) => {
    expect(broken.get(`src/${from}/database.ts`)).toEqual(["style/noRestrictedImports"]);
    expect(broken.get(`src/${from}/contract.ts`)).toBeUndefined();
  },
);

test.each(PURE.map((from) => ({ from })))("src/$from imports nothing of Node", ({ from }) => {
  expect(broken.get(`src/${from}/node.ts`)).toEqual(["correctness/noNodejsModules"]);
});

test.each([
  ["src/dicom/upwards.ts", "style/noRestrictedImports"],
  ["src/dicom/type-only.ts", "style/noRestrictedImports"],
  ["src/dicom/later.ts", "style/noRestrictedImports"],
  ["src/dicom/passed-on.ts", "style/noRestrictedImports"],
  ["src/catalogue/leak.ts", "correctness/noPrivateImports"],
  ["src/jobs/cycle-a.ts", "suspicious/noImportCycles"],
  ["src/jobs/cycle-b.ts", "suspicious/noImportCycles"],
  ["src/jobs/barrel.ts", "performance/noBarrelFile"],
  ["src/jobs/all.ts", "performance/noReExportAll"],
])("%s breaks %s", (path, rule) => {
  expect(broken.get(path)).toContain(rule);
});

test("a test may import across folders", () => {
  expect(broken.get("src/dicom/across.test.ts")).toBeUndefined();
});

test("the sources break none of these rules", async () => {
  expect(await findBrokenRules(root)).toEqual(new Map());
});

function listForbidden(): { from: string; to: string }[] {
  return FOLDERS.flatMap((from) =>
    FOLDERS.filter((to) => to !== from && !MAY_IMPORT[from]?.includes(to)).map((to) => ({
      from,
      to,
    })),
  );
}

function listFiles(): [path: string, text: string][] {
  const uses = (specifier: string) => `import { thing } from "${specifier}";\nthing();\n`;
  const node = 'import { sep } from "node:path";\nexport const separator = sep;\n';
  return [
    ...FOLDERS.map((name): [string, string] => [
      `src/${name}/thing.ts`,
      "export function thing(): void {}\n",
    ]),
    ...FOLDERS.map((from): [string, string] => [
      `src/${from}/allowed.ts`,
      (MAY_IMPORT[from] ?? [])
        .map((to) => `import { thing as ${to} } from "#${to}/thing.ts";\n${to}();\n`)
        .join(""),
    ]),
    ...listForbidden().map(({ from, to }): [string, string] => [
      `src/${from}/imports-${to}.ts`,
      uses(`#${to}/thing.ts`),
    ]),
    ["src/store/store.ts", "export function thing(): void {}\n"],
    ["src/store/sqlite/thing.ts", "export function thing(): void {}\n"],
    ...CONTRACT_ONLY.flatMap((from): [string, string][] => [
      [`src/${from}/database.ts`, uses("#store/sqlite/thing.ts")],
      [`src/${from}/contract.ts`, uses("#store/store.ts")],
    ]),
    ...PURE.map((from): [string, string] => [`src/${from}/node.ts`, node]),
    ["src/dicom/upwards.ts", uses("../base/thing.ts")],
    [
      "src/dicom/type-only.ts",
      'import type { Plan } from "#pipeline/plan.ts";\nexport type Mine = Plan;\n',
    ],
    ["src/dicom/later.ts", 'export const later = () => import("#pipeline/thing.ts");\n'],
    ["src/dicom/passed-on.ts", 'export { thing } from "#pipeline/thing.ts";\n'],
    ["src/dicom/inner.ts", "/** @package */\nexport function inner(): void {}\n"],
    ["src/catalogue/leak.ts", 'import { inner } from "#dicom/inner.ts";\ninner();\n'],
    ["src/jobs/cycle-a.ts", 'import { b } from "./cycle-b.ts";\nexport const a = () => b();\n'],
    ["src/jobs/cycle-b.ts", 'import { a } from "./cycle-a.ts";\nexport const b = () => a();\n'],
    ["src/jobs/barrel.ts", 'export { thing } from "./thing.ts";\n'],
    ["src/jobs/all.ts", 'export * from "./thing.ts";\n'],
    ["src/dicom/across.test.ts", uses("#pipeline/thing.ts")],
  ];
}

/** Runs Biome as `npm run lint` does; gives the import rules that each file breaks, in order. */
async function findBrokenRules(cwd: string): Promise<Map<string, string[]>> {
  const biome = join(root, "node_modules/.bin/biome");
  // No --only: it would switch the rules on where the configuration has them off.
  const words = ["lint", "--reporter=json", "--max-diagnostics=none"];
  const { stdout } = await promisify(execFile)(biome, words, { cwd, maxBuffer: 2 ** 26 }).catch(
    // Exit status 1 only says that something was found.
    (error: { stdout: string }) => error,
  );
  const report: Report = JSON.parse(stdout);
  const rules = new Map<string, string[]>();
  for (const { category, location } of report.diagnostics) {
    const rule = category.replace(/^lint\//, "");
    if (!RULES.has(rule)) continue;
    rules.set(location.path, [...(rules.get(location.path) ?? []), rule]);
  }
  return rules;
}

interface Report {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly location: { readonly path: string };
  }[];
}
