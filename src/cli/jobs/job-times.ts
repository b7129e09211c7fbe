import type { Job } from "#store/job.ts";

/** `2026-03-01 12:00:05 UTC`. */
export function formatMoment(iso: string): string {
  return `${iso.slice(0, 19).replace("T", " ")} UTC`;
}

/** How long a job has gone on, or went on until it ended or was heard of last, s. `now`: ms since 1970. */
export function secondsOf(
  job: Pick<Job, "state" | "startedAt" | "endedAt" | "heartbeatAt">,
  now: number,
): number {
  const isOn = job.state === "running" || job.state === "pausing" || job.state === "cancelling";
  const end = isOn ? now : Date.parse(job.endedAt ?? job.heartbeatAt);
  return Math.max(0, (end - Date.parse(job.startedAt)) / 1000);
}
