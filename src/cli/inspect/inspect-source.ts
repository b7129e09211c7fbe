/** Carries out `nils inspect` of a file, or of the file that an instance is stored from. */
import { realpathSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { UserError } from "#base/user-error.ts";
import type { CommandContext } from "#cli/command.ts";
import { requireCohort } from "#cli/open-store.ts";
import { writeJsonArray, writeJsonLine } from "#cli/output/list.ts";
import { plural } from "#cli/output/plural.ts";
import { printPath } from "#cli/output/print-path.ts";
import { WrongUseError } from "#cli/wrong-use-error.ts";
import { systemPath } from "#pipeline/discover/walk.ts";
import { type InspectedFile, inspectFile } from "#pipeline/parse/inspect-file.ts";
import type { Store } from "#store/store.ts";
import { type InspectView, writeInspected } from "./inspected-json.ts";
import { renderInspected } from "./render-inspected.ts";

export interface InspectRequest extends InspectView {
  /** Frame of an object with functional groups, from 1. */
  readonly frame: number;
  readonly isJson: boolean;
}

/** Is there a file of that name? Otherwise the word is a UID. */
export function isFile(context: CommandContext, word: string): boolean {
  return statSync(resolve(context.cwd, word), { throwIfNoEntry: false }) !== undefined;
}

export async function inspectNamedFile(
  { cwd, stdout }: CommandContext,
  name: string,
  request: InspectRequest,
): Promise<void> {
  const file = readForPerson(name, () => {
    // A link is followed here, since a person named it.
    const path = realpathSync(resolve(cwd, name));
    if (statSync(path).isFile()) return inspectFrame(path, basename(name), request.frame);
    throw new UserError(
      "not-a-file",
      `${name} is no file; name a file, or a folder to nils extract.`,
      { exitStatus: 2 },
    );
  });
  if (request.isJson) {
    writeJsonLine(stdout, { file: name, ...writeInspected(file, request) });
    return;
  }
  for (const text of renderInspected(name, file, request)) stdout.write(text);
}

export async function inspectInstance(
  { stdout }: CommandContext,
  store: Store,
  uid: string,
  cohort: string | undefined,
  request: InspectRequest,
): Promise<void> {
  if (cohort !== undefined) await requireCohort(store, cohort);
  const found = await store.findInstanceFiles(uid);
  const files = found.filter((file) => cohort === undefined || file.cohort === cohort);
  if (files.length === 0) {
    throw new UserError(
      "instance-unknown",
      `${uid} is neither a file nor the SOP Instance UID of an instance in this database; check the name, or the database with --database.`,
    );
  }
  if (request.showsIdentifiers) {
    for (const cohortId of new Set(files.map((file) => file.cohortId))) {
      await store.audit({ action: "inspect-identifiers", cohortId, detail: uid });
    }
  }
  const inspected = files.map((file) => ({
    file,
    read: readForPerson(printPath(file.path), () =>
      inspectFrame(
        systemPath(file.sourcePath, file.path),
        file.path.slice(file.path.lastIndexOf("/") + 1),
        request.frame,
      ),
    ),
  }));
  if (request.isJson) {
    await writeJsonArray(
      stdout,
      inspected.map(({ file, read }) => ({
        cohort: file.cohort,
        file: file.path,
        ...writeInspected(read, request),
      })),
    );
    return;
  }
  for (const [index, { file, read }] of inspected.entries()) {
    const title = `${file.cohort}: ${printPath(file.path)}`;
    if (index > 0) stdout.write("\n");
    for (const text of renderInspected(title, read, request)) stdout.write(text);
  }
}

/** What keeps a file from being read is for the user to mend. */
function readForPerson(name: string, read: () => InspectedFile): InspectedFile {
  try {
    return read();
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const what =
      code === "ENOENT"
        ? "is not there"
        : `cannot be read (${code}); check its rights and its disk`;
    throw new UserError("file-unreachable", `The file ${name} ${what}.`, { cause: error });
  }
}

function inspectFrame(path: string | Buffer, name: string, frame: number): InspectedFile {
  const file = inspectFile(path, name, frame);
  const frames = Math.max(1, file.frames);
  if (frame > frames) {
    throw new WrongUseError(
      `--frame ${frame} is beyond the last: the file has values of ${plural(frames, "frame")}.`,
    );
  }
  return file;
}
