import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultDemoOptions } from "#demo/archive.ts";
import { canaries } from "#demo/canaries.ts";
import { writeDemoArchive } from "#demo/write-archive.ts";

const program = join(import.meta.dirname, "../src/cli/main.ts");
const folder = realpathSync(mkdtempSync(join(tmpdir(), "nils-canary-")));
const source = join(folder, "archive");
const database = join(folder, "nils.db");

interface Said {
  readonly text: string;
  readonly status: number | null;
}

/** All that a command says, and the command lines of its processes while it runs. */
function run(...words: string[]): Promise<Said> {
  return new Promise((resolve) => {
    const titles: string[] = [];
    const child = execFile(
      process.execPath,
      [program, ...words],
      { env: { ...process.env, NILS_DATABASE: database }, maxBuffer: 1 << 28, cwd: folder },
      (_error, stdout, stderr) => {
        clearInterval(watch);
        resolve({ text: [stdout, stderr, ...titles].join("\n"), status: child.exitCode });
      },
    );
    const watch = setInterval(() => titles.push(...commandLinesOf(child.pid ?? 0)), 50);
  });
}

function commandLinesOf(pid: number): string[] {
  try {
    const own = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
    return [
      own,
      ...children.filter((text) => text !== "").flatMap((text) => commandLinesOf(Number(text))),
    ];
  } catch {
    return [];
  }
}

/** Canaries in a text, also as a URL or JSON would write them. */
function found(text: string): string[] {
  return canaries.filter(
    (canary) =>
      text.includes(canary) ||
      text.includes(encodeURIComponent(canary)) ||
      text.includes(JSON.stringify(canary).slice(1, -1)),
  );
}

beforeAll(async () => {
  await writeDemoArchive(source, defaultDemoOptions);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the canaries are in the archive, so that finding none means something", async () => {
  const { status } = await run("extract", "--cohort", "demo", "--source", source, "--quiet");
  expect(status).toBe(3);
  const { text } = await run("dump", "--cohort", "demo");
  expect(found(text).length).toBeGreaterThan(10);
}, 60_000);

test("no command says a name, an identifier or a date of birth by itself", async () => {
  const stored = await run(
    "files",
    "--cohort",
    "demo",
    "--state",
    "stored",
    "--limit",
    "1",
    "--json",
  );
  const [file] = JSON.parse(stored.text.slice(0, stored.text.indexOf("\n]") + 2)) as {
    path: string;
  }[];
  const path = join(source, file?.path ?? "");
  const commands = [
    ["extract", "--cohort", "demo"],
    ["extract", "--cohort", "demo", "--json"],
    ["extract", "--cohort", "demo", "--dry-run"],
    ["extract", "--cohort", "other", "--source", join(folder, "nowhere")],
    ["cohort", "list"],
    ["cohort", "show", "demo"],
    ["jobs", "list"],
    ["jobs", "show", "1", "--changes"],
    ["files", "--cohort", "demo"],
    ["files", "--cohort", "demo", "--json"],
    ["problems", "--cohort", "demo"],
    ["problems", "--cohort", "demo", "--code", "patient-id-missing", "--json"],
    ["restack", "--cohort", "demo"],
    ["doctor", "--recount"],
    ["dump", "--cohort", "demo", "--sha256"],
    ["inspect", path],
    ["inspect", path, "--json"],
    ["export", "--cohort", "demo", "--format", "csv", "--out", join(folder, "csv")],
    ["export", "--cohort", "demo", "--format", "ndjson", "--out", join(folder, "ndjson")],
    ["export", "--cohort", "demo", "--format", "parquet", "--out", join(folder, "parquet")],
  ];
  const hits: string[] = [];
  for (const words of commands) {
    const { text } = await run(...words);
    for (const canary of found(text)) hits.push(`${words.join(" ")}: ${canary}`);
  }
  for (const name of ["csv", "ndjson", "parquet"]) {
    for (const entry of readdirSync(join(folder, name))) {
      const exported = join(folder, name, entry);
      expect(statSync(exported).mode & 0o777).toBe(0o600);
      for (const canary of found(readFileSync(exported, "utf8")))
        hits.push(`${exported}: ${canary}`);
    }
  }
  expect(hits).toEqual([]);
}, 120_000);
