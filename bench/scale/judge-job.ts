/** What is asked of a job of any size, and whether this one kept it. */
import type { Block, JobLog } from "./job-log.ts";
import type { JobEnd } from "./run-job.ts";

export interface Verdict {
  readonly what: string;
  /** As measured. */
  readonly value: string;
  readonly isKept: boolean;
}

/** Growth of the peak after the first block. */
const mostGrowth = 1.1;

/** Rate of the last block of the reading phase against the first. */
const leastRate = 0.9;

/** Processor time a file of the last block of the reading phase against the first: the same without the machine's load. */
const mostCpu = 1.1;

export function judgeJob(files: number, log: JobLog, end: JobEnd): Verdict[] {
  const first = log.blocks[0];
  const lastRead = log.blocks.at(-2);
  if (first === undefined || lastRead === undefined || lastRead.files < files) {
    return [judgeEnd(files, end)];
  }
  const peakOf = (blocks: readonly Block[]): number =>
    Math.max(...blocks.map(({ peakMiB }) => peakMiB));
  const rate = lastRead.rate / first.rate;
  const lastFiles = lastRead.files - (log.blocks.at(-3)?.files ?? 0);
  const [firstCpu, lastCpu] = [first.cpuSeconds / first.files, lastRead.cpuSeconds / lastFiles];
  return [
    judgeEnd(files, end),
    judgePeak(
      `peak while reading on after ${first.files} files`,
      peakOf(log.blocks.slice(1, -1)),
      first,
    ),
    judgePeak("peak of what comes after reading", peakOf(log.blocks.slice(-1)), first),
    {
      what: `rate of the last block read against the first, at least ${leastRate}`,
      value: `${lastRead.rate.toFixed(0)} / ${first.rate.toFixed(0)} files/s = ${rate.toFixed(2)}`,
      isKept: rate >= leastRate,
    },
    {
      what: `processor time a file of the last block read against the first, at most ${mostCpu}`,
      value: `${(lastCpu * 1e6).toFixed(0)} / ${(firstCpu * 1e6).toFixed(0)} µs = ${(lastCpu / firstCpu).toFixed(2)}`,
      isKept: lastCpu <= firstCpu * mostCpu,
    },
  ];
}

function judgePeak(what: string, peakMiB: number, first: Block): Verdict {
  const growth = peakMiB / first.peakMiB;
  return {
    what: `${what}, against that of the first block, at most ${mostGrowth}`,
    value: `${peakMiB.toFixed(0)} / ${first.peakMiB.toFixed(0)} MiB = ${growth.toFixed(2)}`,
    isKept: growth <= mostGrowth,
  };
}

function judgeEnd(files: number, { status, result }: JobEnd): Verdict {
  const stored = result?.states["stored"] ?? 0;
  const imbalances = result?.ledger.imbalances.length ?? 0;
  return {
    what: `exit status 0, all ${files} files found and stored, account adds up`,
    value: `status ${status}, ${result?.counts.found ?? 0} found, ${stored} stored, ${imbalances} imbalances`,
    isKept:
      status === 0 &&
      result?.counts.found === files &&
      stored === files &&
      result.ledger.rows === files &&
      imbalances === 0,
  };
}
