/** Settles what is dirty in a store with the pipeline's pure parts, without files to read. */
import { settleGroup } from "#pipeline/settle/settle-group.ts";
import { settleSeries } from "#pipeline/settle/settle-series.ts";
import type { JobKey } from "#store/job.ts";
import type { Store } from "#store/store.ts";

export async function settleStore(store: Store, job: JobKey): Promise<void> {
  for (;;) {
    const contents = await store.loadDirtySeries(job, 0, 10);
    if (contents.length === 0) break;
    const results = contents.map((each) => settleSeries(each, { ctSplitOnDose: "auto" }));
    await store.writeSeries(job, results, []);
  }
  for (const level of ["study", "subject"] as const) {
    for (;;) {
      const groups = await store.loadSettleGroups(job, level, 10);
      if (groups.length === 0) break;
      await store.writeSettleGroups(
        job,
        level,
        groups.map((group) => settleGroup(group, level)),
      );
    }
  }
  await store.settleCohort(job);
}
