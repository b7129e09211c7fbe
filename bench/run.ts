/**
 * `npm run bench [-- --files 200000] [--headers none|representative|all] [--csa 0] [--workers 4] [--folder DIR]`:
 * extraction of generated header-only files, with CSA headers of so many bytes, with the page cache warm: files a
 * second, peak memory of all processes, database bytes per instance, and the rate of a second job over the
 * unchanged archive. Figures of one machine; compare them only with others of its own.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeHeaderOnlyArchive } from "#demo/header-only.ts";

const { values } = parseArgs({
  options: {
    files: { type: "string", default: "200000" },
    folder: { type: "string" },
    workers: { type: "string", default: "4" },
    headers: { type: "string", default: "none" },
    csa: { type: "string", default: "0" },
  },
});
const files = Number(values.files);
const program = join(import.meta.dirname, "../src/cli/main.ts");

interface Run {
  readonly seconds: number;
  readonly peakMiB: number;
}

/** Runs the command line and watches the memory of its processes ten times a second. */
function run(words: readonly string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, [program, ...words], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, memoryOf(child.pid ?? 0));
    }, 100);
    let errors = "";
    child.stderr.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.on("exit", (status) => {
      clearInterval(watch);
      if (status === 0) resolve({ seconds: (performance.now() - began) / 1000, peakMiB: peak });
      else reject(new Error(`nils ${words.join(" ")} ended ${status}: ${errors}`));
    });
  });
}

/** Resident memory of a process and its children, MiB. */
function memoryOf(pid: number): number {
  try {
    const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    const below = children === "" ? [] : children.split(" ").map(Number);
    return Number(resident ?? 0) / 1024 + below.reduce((sum, each) => sum + memoryOf(each), 0);
  } catch {
    return 0; // it ended meanwhile
  }
}

/** Reads every file once, so that all runs find the page cache warm. */
function warm(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) warm(path);
    else readFileSync(path);
  }
}

const folder = realpathSync(mkdtempSync(join(values.folder ?? tmpdir(), "nils-bench-")));
try {
  const source = join(folder, "archive");
  const database = join(folder, "nils.db");
  writeHeaderOnlyArchive(source, {
    files,
    seed: 1,
    ...(values.csa === "0" ? {} : { csaBytes: Number(values.csa) }),
  });
  warm(source);
  const words = ["extract", "--cohort", "bench", "--source", source, "--database", database];
  const options = ["--workers", values.workers, "--headers", values.headers, "--quiet"];
  const first = await run([...words, ...options]);
  const second = await run([...words, ...options]);
  const bytes = statSync(database).size / files;
  process.stdout.write(
    [
      `files                 ${files}`,
      `first job             ${first.seconds.toFixed(1)} s, ${Math.round(files / first.seconds)} files/s`,
      `second job, unchanged ${second.seconds.toFixed(1)} s, ${Math.round(files / second.seconds)} files/s`,
      `peak memory           ${Math.round(first.peakMiB)} MiB with ${values.workers} workers`,
      `database              ${Math.round(bytes)} bytes per instance`,
      "",
    ].join("\n"),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
