/** Headers: instances whose full header is due are opened again, about one per stack. */
import type { WrittenHeader } from "#store/settlement.ts";
import type { JobRun } from "./job-run.ts";

/** Headers that one reader reads at a time, and pages of the list of those due. */
const perTask = 16;
const perPage = 256;

export async function keepHeaders(run: JobRun): Promise<void> {
  const { store, job, pool, progress, stop } = run;
  const mode = run.input.cohort.settings.headers;
  if (mode === "none") return;
  progress.phase = "headers";
  let after = 0;
  while (stop.reason === null) {
    const due = await store.headerTasks(job, mode, after, perPage);
    const last = due.at(-1);
    if (last === undefined) return;
    after = last.instanceId;
    const tasks: Promise<void>[] = [];
    const written: WrittenHeader[] = [];
    for (let first = 0; first < due.length; first += perTask) {
      const part = due.slice(first, first + perTask);
      tasks.push(
        pool.readHeaders(part.map((task) => task.path)).then(({ result }) => {
          part.forEach(({ instanceId }, index) => {
            const header = result?.[index];
            if (header !== null && header !== undefined) written.push({ instanceId, ...header });
          });
        }),
      );
    }
    await Promise.all(tasks);
    await store.writeHeaders(job, written);
  }
}
