import { defineConfig } from "rolldown";

/** What is started by name: the program, a job's process, and the threads (`entryUrl` in src/base/entry.ts). */
const entries = [
  "cli/main",
  "cli/job-process",
  "pipeline/discover/discover-thread",
  "pipeline/parse/parse-thread",
  "store/sqlite/store-thread",
];

export default defineConfig({
  input: Object.fromEntries(entries.map((entry) => [entry, `./src/${entry}.ts`])),
  platform: "node",
  external: /^[^.#/]/, // every package and node: module stays an import
  // An import that cannot be resolved is only a warning to Rolldown, and would break the package.
  onLog(level, log, show) {
    if (level === "warn") throw new Error(log.message);
    show(level, log);
  },
  output: {
    dir: "dist",
    cleanDir: true, // a file that was renamed must not be packed under its old name
    entryFileNames: "[name].js",
    // As deep as src/base, from where entries are looked for. A thread loads a handful of pieces, not a hundred files.
    chunkFileNames: "base/[name]-[hash].js",
  },
});
