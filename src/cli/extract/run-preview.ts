/** `nils extract --dry-run`: looks at a source in a process of its own and says what a job would find. */
import type { CommandContext } from "#cli/command.ts";
import { type ExitStatus, statusOfSignal } from "#cli/exit-status.ts";
import { writeJsonLine } from "#cli/output/list.ts";
import { printPath } from "#cli/output/print-path.ts";
import type { JobSettings } from "#pipeline/job-settings.ts";
import type { Cohort } from "#store/cohort.ts";
import {
  type CohortRequest,
  makeDefaultSettings,
  makeUnknownCohortError,
} from "./choose-cohort.ts";
import { describeNothingFound, readStandstill, superviseJob } from "./run-extract.ts";
import { writePreview } from "./write-preview.ts";

export interface PreviewRequest {
  /** The cohort where it is known, whose settings hold unless others were typed. */
  readonly cohort: Cohort | null;
  readonly request: CohortRequest;
  readonly settings: JobSettings;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Ends 1 where nothing is DICOM, as the job would. */
export async function runPreview(
  context: CommandContext,
  { cohort, request, settings, json, quiet }: PreviewRequest,
): Promise<ExitStatus> {
  const source = request.source ?? cohort?.sourcePath;
  if (source === undefined) throw makeUnknownCohortError(context, request, []);
  const { subjectFrom, subjectFolders, files, followLinks } = {
    ...(cohort?.settings ?? makeDefaultSettings()),
    ...request.settings,
  };
  const { workers, batchSize, minAgeMs } = settings;
  const result = await superviseJob(
    context,
    {
      kind: "preview",
      rules: {
        source,
        subjectFrom,
        subjectFolders,
        files,
        followLinks,
        workers,
        batchSize,
        minAgeMs,
      },
      standstillMs: readStandstill(context),
    },
    { json: false, quiet: quiet || json, expectedFiles: null },
  );
  if (result.kind !== "preview") throw new Error("an order to look was answered by a job");
  const { preview } = result;
  if (!preview.isComplete) {
    return context.stop.reason === "SIGTERM" ? statusOfSignal.SIGTERM : statusOfSignal.SIGINT;
  }
  const hasDicom = preview.files.some(({ state }) => state !== "not-dicom" && state !== "skipped");
  if (json) {
    writeJsonLine(context.stdout, {
      type: "preview",
      cohort: request.name,
      source: printPath(source),
      subjectFrom,
      subjectFolders,
      ...preview,
    });
  } else if (hasDicom) {
    context.stdout.write(
      writePreview(preview, {
        cohort: request.name,
        source: printPath(source),
        subjectFrom,
        subjectFolders,
        width: context.stdout.columns,
      }),
    );
  }
  if (hasDicom) return 0;
  context.stderr.write(`${describeNothingFound(context, request.name, request.database)}\n`);
  return 1;
}
