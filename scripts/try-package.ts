#!/usr/bin/env node
/**
 * Packs the program as it would be published, installs it into empty folders, and runs it there as a
 * stranger would: what works in the checkout may still lack a file, a dependency or a path once installed.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { packageChecks } from "./package-checks.ts";

const root = join(import.meta.dirname, "..");
const work = mkdtempSync(join(tmpdir(), "nils-package-"));
const failures: string[] = [];
let passed = 0;

try {
  const tarball = packTarball();
  for (const flags of [[], ["--ignore-scripts"]]) {
    const folder = join(work, flags.length === 0 ? "plain" : "no-scripts");
    installTarball(tarball, folder, flags);
    checkContents(folder);
    runChecks(folder);
  }
  checkOldNode(join(work, "plain"));
} finally {
  rmSync(work, { recursive: true, force: true });
}

console.log(`packed: ${passed} checks hold, ${failures.length} do not`);
for (const failure of failures) console.error(failure);
process.exitCode = failures.length === 0 ? 0 : 1;

function packTarball(): string {
  execFileSync("npm", ["pack", "--silent", "--pack-destination", work], {
    cwd: root,
    stdio: "inherit",
  });
  const [tarball] = globSync(join(work, "*.tgz"));
  if (tarball === undefined) throw new Error("npm pack wrote no tarball");
  return tarball;
}

function installTarball(tarball: string, folder: string, flags: readonly string[]): void {
  mkdirSync(folder);
  // Without it, npm would install into the first folder above that has one.
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  execFileSync("npm", ["install", "--silent", ...flags, tarball], {
    cwd: folder,
    stdio: "inherit",
  });
}

/** What is published is what runs, and no more. */
function checkContents(folder: string): void {
  const files = globSync("**/*", { cwd: join(folder, "node_modules/nils-extraction") });
  const strays = files.filter((file) => /\.test\.js$|^(?:src|test|scripts|runtime)\b/.test(file));
  note("no sources or tests in the package", strays.length === 0, strays.join(", "));
  for (const file of ["LICENSE", "README.md", "CHANGELOG.md", "bin/nils.js", "dist/cli/main.js"]) {
    note(`${file} in the package`, files.includes(file), "missing");
  }
}

function runChecks(folder: string): void {
  const data = join(folder, "data");
  mkdirSync(data);
  for (const check of packageChecks) {
    const ran = run(join(folder, "node_modules/.bin", check.program), check.words, folder, {
      HOME: data,
      XDG_DATA_HOME: data,
      XDG_CACHE_HOME: data,
    });
    const problems = [
      ran.status === check.status ? "" : `exit status ${ran.status}, not ${check.status}`,
      check.stdout === undefined || check.stdout.test(ran.stdout) ? "" : "other output",
      check.stderr === undefined || check.stderr.test(ran.stderr) ? "" : "other messages",
    ].filter((problem) => problem !== "");
    note(
      `${check.program} ${check.words.join(" ")}`,
      problems.length === 0,
      `${problems.join("; ")}\n${ran.stdout}${ran.stderr}`,
    );
  }
}

/** An older Node gets a sentence instead of a syntax error. */
function checkOldNode(folder: string): void {
  const old = findOldNode();
  if (old === undefined) {
    console.log("skip: no Node older than 24 on this machine to be refused");
    return;
  }
  const script = join(folder, "node_modules/.bin/nils");
  const ran = run(old, [script, "--version"], folder, {});
  const lines = ran.stderr.trim().split("\n");
  note(
    `${old} is refused in one sentence`,
    ran.status === 2 && lines.length === 1 && /^nils needs Node\.js 24/.test(ran.stderr),
    `exit status ${ran.status}\n${ran.stderr}`,
  );
}

function findOldNode(): string | undefined {
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "node"))
    .filter((path) => existsSync(path))
    .find((path) => {
      const version = spawnSync(path, ["--version"], { encoding: "utf8" }).stdout ?? "";
      const major = Number(/^v(\d+)\./.exec(version)?.[1]);
      return major < 24;
    });
}

function run(
  program: string,
  words: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): { status: number | null; stdout: string; stderr: string } {
  const path = `${dirname(process.execPath)}${delimiter}${process.env["PATH"] ?? ""}`;
  const { NODE_OPTIONS: _, NILS_DATABASE: __, ...inherited } = process.env;
  return spawnSync(program, words, {
    cwd,
    encoding: "utf8",
    env: { ...inherited, PATH: path, ...env },
    timeout: 120_000,
  });
}

function note(name: string, holds: boolean, detail: string): void {
  if (holds) passed++;
  else failures.push(`not so: ${name}: ${detail}`);
}
