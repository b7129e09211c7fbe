import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { JobOutcome } from "#store/job.ts";
import { JobOvertakenError } from "#store/job-errors.ts";
import type { Store } from "#store/store.ts";
import { concludeJob } from "./conclude-job.ts";
import { holdJob } from "./hold-job.ts";

/** A store whose reports end as `report` says, and how its jobs ended. */
function storeThat(report: (beat: number) => void): { store: Store; ends: JobOutcome["state"][] } {
  const ends: JobOutcome["state"][] = [];
  let beats = 0;
  const store: Partial<Store> = {
    beginJob: async () => ({ jobId: 1, cohortId: 1, epoch: 1, continues: null }) as never,
    reportJob: async () => {
      report(beats++);
      return "none";
    },
    recountFiles: async () => ({ files: [], folders: 0, foldersUnlisted: 1 }) as never,
    countFiles: async () => [],
    countContent: async () => ({}),
    endJob: async (_, { state }) => void ends.push(state),
  };
  return { store: store as Store, ends };
}

/** Holds a job until it is stopped, or for long enough to report a dozen times. */
async function hold(store: Store): Promise<string> {
  const request = {
    cohort: { cohortId: 1, epoch: 1 },
    settings: {},
    hooks: { programVersion: "0", reportEveryMs: 5 },
    watch: () => undefined,
  };
  const { state } = await holdJob(store, request, async (held, began) => {
    await held.stop.orRaised(sleep(500));
    const stages = { sawAll: false, heldBack: null, abandonedReaders: 0 };
    return concludeJob(held, began, stages);
  });
  return state;
}

const broken = new Error("disk I/O error");

test("a report that fails now and then is tried again, and the job goes on", async () => {
  const { store, ends } = storeThat((beat) => {
    if (beat % 5 !== 4) throw broken;
  });
  expect(await hold(store)).toMatch(/^completed/);
  expect(ends).toHaveLength(1);
});

test("after five failures in a row the job fails with the error, and is not called cancelled", async () => {
  const { store, ends } = storeThat(() => {
    throw broken;
  });
  await expect(hold(store)).rejects.toBe(broken);
  expect(ends).toEqual(["failed"]);
});

test("a job that was overtaken stops at the first report that says so", async () => {
  let reports = 0;
  const { store } = storeThat(() => {
    reports += 1;
    throw new JobOvertakenError(1);
  });
  await expect(hold(store)).rejects.toMatchObject({ code: "job-overtaken" });
  expect(reports).toBe(1);
});
