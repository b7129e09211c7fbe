/** What a job changed, by subject and series: a text fit for a mail. */

import { compareUtf8 } from "#base/byte-order.ts";
import type { JobSummary } from "#cli/extract/job-summary.ts";
import { describeChange } from "#cli/extract/write-summary.ts";
import { truncateToWidth } from "#cli/output/display-width.ts";
import { escapeControls } from "#cli/output/escape-controls.ts";
import { plural } from "#cli/output/plural.ts";
import { changeKinds, type SeriesChange } from "#jobs/summarize-changes.ts";
import { formatMoment } from "./job-times.ts";

export function writeChanges(
  changes: readonly SeriesChange[],
  { cohort, job, before, startedAt }: Pick<JobSummary, "cohort" | "job" | "before" | "startedAt">,
  width: number,
): string {
  const since = before === null ? "" : ` since job ${before}`;
  const title = `What changed in cohort ${cohort} with job ${job} of ${formatMoment(startedAt)}${since}\n`;
  if (changes.length === 0) return `${title}\nNo series changed.\n`;
  const parts = changeKinds.flatMap((kind) => {
    const ofKind = changes.filter((change) => change.kind === kind);
    if (ofKind.length === 0) return [];
    const bySubject = Map.groupBy(ofKind, (change) => change.subjectCode);
    const heading = `${plural(ofKind.length, "series", "series")} ${describeChange(kind)}, of ${plural(bySubject.size, "subject")}\n`;
    const subjects = [...bySubject]
      .sort(([a], [b]) => compareUtf8(a, b))
      .map(([subject, list]) => writeSubject(subject, list, width));
    return [`\n${heading}${subjects.join("")}`];
  });
  return title + parts.join("");
}

function writeSubject(subject: string, changes: readonly SeriesChange[], width: number): string {
  const sorted = [...changes].sort((a, b) => compareUtf8(a.seriesInstanceUid, b.seriesInstanceUid));
  const widest = (texts: readonly string[]): number =>
    Math.max(...texts.map((each) => each.length));
  const modalityWidth = widest(sorted.map(modalityOf));
  const countWidth = widest(sorted.map(describeCount));
  const lines = sorted.map((change) => {
    const modality = modalityOf(change).padEnd(modalityWidth);
    const fixed = `    ${modality}  ${describeCount(change).padStart(countWidth)}  ${change.seriesInstanceUid}`;
    // A UID is meant to be copied, so it is the description that is cut.
    const room = Math.max(16, width - fixed.length - 2);
    const text = truncateToWidth(escapeControls(change.seriesDescription ?? ""), room);
    return `${`${fixed}  ${text}`.trimEnd()}\n`;
  });
  return `  Subject ${escapeControls(subject)}\n${lines.join("")}`;
}

function modalityOf({ modality }: SeriesChange): string {
  return escapeControls(modality ?? "-");
}

function describeCount({ kind, count }: SeriesChange): string {
  switch (kind) {
    case "grown":
      return `+${plural(count, "instance")}`;
    case "shrunk":
    case "gone":
      return `-${plural(count, "instance")}`;
    case "rekeyed":
      return plural(count, "stack");
    case "new":
    case "changed":
      return plural(count, "instance");
  }
}
