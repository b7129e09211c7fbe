/**
 * What a job's process and its parent say to each other. All of it goes through the channel between the
 * two, so that no name of a cohort or a folder stands in a process title or an argument list.
 */
import type { FlatError } from "#base/flat-error.ts";
import type { JobSettings } from "#pipeline/job-settings.ts";
import type { Preview, PreviewRules } from "#pipeline/preview.ts";
import type { ProgressNow } from "#pipeline/progress.ts";
import type { JobReport } from "#pipeline/run-job.ts";

/** Extract a cohort of a database. */
export interface ExtractOrder {
  readonly kind: "extract";
  /** Path of the file. */
  readonly database: string;
  readonly allowNetworkDisk: boolean;
  /** Name of the cohort. */
  readonly cohort: string;
  readonly settings: JobSettings;
  readonly programVersion: string;
  /** Time without progress after which a reader is given up, ms; null for the usual one. */
  readonly standstillMs: number | null;
}

/** Look at a source without a database. */
export interface PreviewOrder {
  readonly kind: "preview";
  readonly rules: PreviewRules;
  readonly standstillMs: number | null;
}

export type JobOrder = ExtractOrder | PreviewOrder;

export type ToJobProcess =
  | { readonly kind: "order"; readonly order: JobOrder }
  /** Finish the batch and end. */
  | { readonly kind: "stop" };

/** What an ended job came to. */
export type JobResult =
  | { readonly kind: "extract"; readonly report: JobReport }
  | { readonly kind: "preview"; readonly preview: Preview };

export interface JobBegin {
  readonly jobId: number;
  /** Number of the lost job that this one continues. */
  readonly continues: number | null;
}

export type FromJobProcess =
  | { readonly kind: "began"; readonly job: JobBegin }
  | { readonly kind: "progress"; readonly progress: ProgressNow }
  | { readonly kind: "ended"; readonly result: JobResult }
  | { readonly kind: "failed"; readonly error: FlatError };
