/** What a job changed, series by series. Pure. */
import type { NamedJobEvent } from "#store/job.ts";

/** In the order in which people read it. */
export const changeKinds = ["new", "grown", "shrunk", "changed", "gone", "rekeyed"] as const;

export type ChangeKind = (typeof changeKinds)[number];

/** One series and what became of it. */
export interface SeriesChange {
  readonly kind: ChangeKind;
  readonly subjectCode: string;
  readonly seriesInstanceUid: string;
  readonly modality: string | null;
  readonly seriesDescription: string | null;
  /** Instances that came, went or are there; of a re-keyed series, stacks that it has now. */
  readonly count: number;
}

/** Series and subjects of one kind of change. */
export interface ChangeCount {
  readonly series: number;
  readonly subjects: number;
  readonly count: number;
}

/**
 * Takes a job's events together: a job that continues another settles some series twice, and what came and
 * grew is new. A series stands under one kind, and under `rekeyed` besides if its stacks got other keys.
 */
export function listChanges(events: readonly NamedJobEvent[]): SeriesChange[] {
  const bySeries = new Map<number, NamedJobEvent[]>();
  for (const event of events) {
    if (event.seriesId === null || event.seriesInstanceUid === null) continue;
    const known = bySeries.get(event.seriesId);
    if (known === undefined) bySeries.set(event.seriesId, [event]);
    else known.push(event);
  }
  return [...bySeries.values()].flatMap((ofSeries) => {
    const { subjectCode, seriesInstanceUid, modality, seriesDescription } =
      ofSeries[0] as NamedJobEvent;
    return judge(ofSeries).map(([kind, count]) => ({
      kind,
      subjectCode: subjectCode ?? "",
      seriesInstanceUid: seriesInstanceUid ?? "",
      modality,
      seriesDescription,
      count,
    }));
  });
}

function judge(events: readonly NamedJobEvent[]): (readonly [ChangeKind, number])[] {
  const last = (code: string): number | null =>
    events.findLast((event) => event.code === code)?.count ?? null;
  const sum = (code: string): number =>
    events.reduce((total, event) => total + (event.code === code ? (event.count ?? 0) : 0), 0);
  const came = sum("series-new");
  const isNew = events.some((event) => event.code === "series-new");
  const delta = came + sum("series-grown") - sum("series-shrunk") - sum("series-gone");
  const content = events.findLast((event) => event.code !== "series-rekeyed");
  if (isNew) return content?.code === "series-gone" ? [] : [["new", delta]];
  const changes: (readonly [ChangeKind, number])[] = [];
  if (content?.code === "series-gone") return [["gone", -delta]];
  if (delta > 0) changes.push(["grown", delta]);
  else if (delta < 0) changes.push(["shrunk", -delta]);
  else if (content !== undefined) changes.push(["changed", last("series-changed") ?? 0]);
  const stacks = last("series-rekeyed");
  if (stacks !== null) changes.push(["rekeyed", stacks]);
  return changes;
}

/** How many series of how many subjects each kind of change has; kinds without any are left out. */
export function countChanges(
  changes: readonly SeriesChange[],
): Partial<Record<ChangeKind, ChangeCount>> {
  return Object.fromEntries(
    changeKinds.flatMap((kind) => {
      const ofKind = changes.filter((change) => change.kind === kind);
      if (ofKind.length === 0) return [];
      const subjects = new Set(ofKind.map((change) => change.subjectCode)).size;
      const count = ofKind.reduce((total, change) => total + change.count, 0);
      return [[kind, { series: ofKind.length, subjects, count }]];
    }),
  );
}
