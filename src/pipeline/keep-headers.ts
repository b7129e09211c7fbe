/** Headers: instances whose full header is due are opened again, about one per stack. */
import type { WrittenHeader } from "#store/settlement.ts";
import type { JobRun } from "./job-run.ts";
import { readInParts } from "./read-in-parts.ts";
import { stackDirty } from "./settle/settle.ts";

/** Headers that one reader reads at a time. */
const perTask = 8;
/** Headers listed, read and written at a time: an object of 12,000 frames has one of 5 MB or more. */
const perPage = 32;

export async function keepHeaders(run: JobRun): Promise<void> {
  const { store, job, pool, progress, stop } = run;
  const { settings } = run.input.cohort;
  const mode = settings.headers;
  if (mode === "none") return;
  progress.phase = "headers";
  let after = 0;
  let isAllRead = true;
  while (stop.reason === null) {
    const due = await store.headerTasks(job, mode, after, perPage);
    const last = due.at(-1);
    if (last === undefined) break;
    after = last.instanceId;
    const outcomes = await readInParts(stop, due, perTask, (part) =>
      pool.readHeaders(part.map((task) => task.path)),
    );
    if (outcomes === undefined) return;
    const written: WrittenHeader[] = [];
    const unread: number[] = [];
    for (const [index, { instanceId }] of due.entries()) {
      const header = outcomes[index]?.result ?? null;
      if (header === null) unread.push(instanceId);
      else written.push({ instanceId, ...header });
    }
    if (written.length > 0) await store.writeHeaders(job, written);
    if (unread.length > 0) await store.noteHeadersUnread(job, unread);
    isAllRead &&= unread.length === 0;
  }
  // No series changed, but those of headers that could not be read have a problem more.
  if (!isAllRead && stop.reason === null) await stackDirty(run, settings, () => []);
}
