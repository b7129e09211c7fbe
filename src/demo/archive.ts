/** The demo archive as data: which entries it has, and how each is made. Nothing is written here. */
import { makePerson } from "./canaries.ts";
import { addDays } from "./clock.ts";
import type { DemoFile } from "./demo-file.ts";
import { encodeFile, type FileOptions } from "./encode-file.ts";
import { planMess } from "./mess.ts";
import { type Protocol, protocolsBySubject } from "./protocols.ts";
import { makeRandomFor } from "./random.ts";
import type { SeriesContext, Session } from "./session.ts";

export interface DemoOptions {
  /** Same seed, same bytes. */
  readonly seed: number;
  /** Number of subjects, 1 or more; four hold every kind of scan. */
  readonly subjects: number;
  /** Factor on the number of slices, volumes and frames. */
  readonly scale: number;
}

export const defaultDemoOptions: DemoOptions = { seed: 1, subjects: 4, scale: 1 };

/** How the files of a scanner are named and encoded, as its exports do. */
const exportStyles: Readonly<Record<string, { extension: string; file: FileOptions }>> = {
  DEMOMR1: { extension: ".IMA", file: { encoding: "ELE", sequenceLength: "undefined" } },
  DEMOMR2: { extension: ".dcm", file: { encoding: "ELE" } },
  DEMOMR3: { extension: ".MR", file: { encoding: "ILE" } },
  DEMOMR4: { extension: "", file: { encoding: "ELE", sequenceLength: "undefined" } },
  DEMOCT1: { extension: ".dcm", file: { encoding: "ILE" } },
  DEMOPT1: { extension: ".dcm", file: { encoding: "ELE" } },
  DEMOWS1: { extension: ".dcm", file: { encoding: "ELE" } },
};

/** All entries: of the subjects, then the usual mess. */
export function planDemoArchive(options: DemoOptions): DemoFile[] {
  const files: DemoFile[] = [];
  for (let subject = 0; subject < options.subjects; subject++) {
    const protocols = protocolsBySubject[subject % protocolsBySubject.length] ?? [];
    protocols.forEach((protocol, visit) => {
      files.push(...planVisit(makeSession(options, subject, visit, protocol), protocol));
    });
  }
  return [...files, ...planMess(options.seed)];
}

function makeSession(
  options: DemoOptions,
  subjectIndex: number,
  visitIndex: number,
  protocol: Protocol,
): Session {
  const random = makeRandomFor(options.seed, `date of subject ${subjectIndex}`);
  const firstDay = Math.floor(random() * 1000);
  return {
    seed: options.seed,
    subjectIndex,
    visitIndex,
    person: makePerson(subjectIndex),
    date: addDays("20180103", firstDay + visitIndex * 182),
    startSeconds: 8 * 3600 + Math.floor(random() * 600) * 60,
    description: protocol.description,
    scale: options.scale,
  };
}

/** Minutes between the beginnings of two series. */
const SERIES_SECONDS = 420;

function planVisit(session: Session, protocol: Protocol): DemoFile[] {
  const subject = `subject-${String(session.subjectIndex + 1).padStart(2, "0")}`;
  const former = new Map<string, SeriesContext>();
  return protocol.series.flatMap((series, index) => {
    const context: SeriesContext = {
      session,
      scanner: series.scanner,
      seriesNumber: index + 1,
      name: series.name,
      startSeconds: session.startSeconds + (index + 1) * SERIES_SECONDS,
    };
    former.set(series.name, context);
    const number = String(index + 1).padStart(2, "0");
    const folder = `${subject}/visit-${session.visitIndex + 1}/${number}-${series.name}`;
    const style = exportStyles[series.scanner.station] ?? {
      extension: "",
      file: { encoding: "ELE" },
    };
    return series.make(context, former).map(
      (instance): DemoFile => ({
        kind: "file",
        path: `${folder}/${instance.fileName}${style.extension}`,
        makeBytes: () => encodeFile(instance.makeDataSet(), style.file),
      }),
    );
  });
}
