/**
 * A program: runs a job over a source and kills itself, as `kill -9` does, before or after the n-th call of
 * one of the store's methods, each of which is a transaction or a read. Told nothing, it prints its calls.
 *
 * Arguments: DATABASE SOURCE [METHOD N before|after]
 */
import { readerVersion } from "#pipeline/reader-versions.ts";
import { runJob } from "#pipeline/run-job.ts";
import { openThreadedSqliteStore } from "#store/sqlite/threaded-store.ts";
import type { Store } from "#store/store.ts";
import { defaultCohortSettings } from "./run-extraction.ts";

const [database = "", source = "", method, count, moment] = process.argv.slice(2);
const calls: string[] = [];
const real = await openThreadedSqliteStore(database, { readerVersion });

const die = (): void => void process.kill(process.pid, "SIGKILL");

const store = new Proxy(real, {
  get(target, name: string) {
    const call = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
    if (typeof call !== "function" || name === "dump") return call;
    return async (...args: unknown[]) => {
      calls.push(name);
      const isIt =
        name === method && calls.filter((each) => each === name).length === Number(count);
      if (isIt && moment === "before") die();
      const result = await call(...args);
      if (isIt && moment === "after") die();
      return result;
    };
  },
}) as Store;

const cohort =
  (await store.findCohort("c")) ??
  (await store.createCohort({ name: "c", sourcePath: source, settings: defaultCohortSettings }));
await runJob(
  store,
  {
    cohort,
    settings: {
      workers: 2,
      batchSize: 20,
      resume: true,
      minAgeMs: 0,
      trust: "size-mtime-ctime",
      acceptShrink: false,
    },
    codes: new Map(),
  },
  { programVersion: "test" },
  () => undefined,
);
process.stdout.write(JSON.stringify(calls));
await store.close();
