import { globSync } from "node:fs";
import { defineConfig } from "rolldown";

const files = globSync("src/**/*.ts", { exclude: ["src/web/**", "**/*.test.ts"] });

// One .js per .ts in the same folders: worker threads are started by file URL, so their files must keep their places.
export default defineConfig({
  input: Object.fromEntries(
    files.map((file) => [file.slice("src/".length, -".ts".length), `./${file}`]),
  ),
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
    preserveModules: true,
    preserveModulesRoot: "src",
    entryFileNames: "[name].js",
  },
});
