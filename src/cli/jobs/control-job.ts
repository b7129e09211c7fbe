/** Asks a running job to pause or to stop, from another process than its own. */
import { UserError } from "#base/user-error.ts";
import type { CommandContext } from "#cli/command.ts";
import { describeState } from "#cli/extract/write-summary.ts";
import { withStore } from "#cli/with-store.ts";
import { requireJob } from "./find-job.ts";

export async function controlJob(
  context: CommandContext,
  id: string,
  request: "pause" | "cancel",
  database: string | undefined,
): Promise<void> {
  await withStore(context, { database }, async (store) => {
    const { job } = await requireJob(store, id);
    if (!(await store.requestJob(job.jobId, request))) {
      throw new UserError(
        "job-not-running",
        `Job ${job.jobId} does not run (${describeState(job.state)}), so there is nothing to ${request}.`,
      );
    }
    const what = request === "pause" ? "pauses" : "stops";
    context.stderr.write(`Job ${job.jobId} ${what} when its batch is finished.\n`);
  });
}
