import type { Job } from "#store/job.ts";

/** `2026-03-01 12:00:05 UTC`. */
export function formatMoment(iso: string): string {
  return `${iso.slice(0, 19).replace("T", " ")} UTC`;
}

/** How long a job has gone on, or went on until it ended or was heard of last, s. */
export function secondsOf(job: Pick<Job, "startedAt" | "endedAt" | "heartbeatAt">): number {
  const end = job.endedAt ?? job.heartbeatAt;
  return Math.max(0, (Date.parse(end) - Date.parse(job.startedAt)) / 1000);
}
