/** One visit of one subject, what each of its series is told, and the names that follow from it. */
import type { Person } from "./canaries.ts";
import type { DataSet } from "./element.ts";
import { makeRandomFor, type Random } from "./random.ts";
import type { Scanner } from "./scanners.ts";
import { makeSyntheticUid } from "./synthetic-uid.ts";

export interface Session {
  readonly seed: number;
  readonly subjectIndex: number;
  readonly visitIndex: number;
  readonly person: Person;
  /** DA of the study. */
  readonly date: string;
  /** Begin of the study, seconds after midnight. */
  readonly startSeconds: number;
  readonly description: string;
  /** Size of the archive: factor on the number of slices, volumes and frames. */
  readonly scale: number;
}

/** A series to be made: its place in the study. */
export interface SeriesContext {
  readonly session: Session;
  /** Where a session holds more than one study: what tells them apart. */
  readonly studyName?: string;
  readonly scanner: Scanner;
  readonly seriesNumber: number;
  /** Short name, unique in the study; UIDs and noise are derived from it. */
  readonly name: string;
  /** Begin of the series, seconds after midnight. */
  readonly startSeconds: number;
}

/** One file's content, made when asked for: the whole archive never lies in memory. */
export interface Instance {
  /** Without a folder and without an extension. */
  readonly fileName: string;
  readonly makeDataSet: () => DataSet;
}

/** Makes the instances of one series. */
export type MakeScan = (context: SeriesContext) => Instance[];

/** A number of slices, volumes or frames in this archive: at least `smallest`. */
export function scaleCount(context: SeriesContext, count: number, smallest = 1): number {
  return Math.max(smallest, Math.round(count * context.session.scale));
}

function studyName(context: SeriesContext): string {
  const { subjectIndex, visitIndex } = context.session;
  const visit = `subject ${subjectIndex}/visit ${visitIndex}`;
  return context.studyName === undefined ? visit : `${visit}/study ${context.studyName}`;
}

export function studyUid(context: SeriesContext): string {
  return makeSyntheticUid(context.session.seed, studyName(context));
}

export function seriesUid(context: SeriesContext): string {
  return makeSyntheticUid(context.session.seed, `${studyName(context)}/series ${context.name}`);
}

/** `number`: of the instance in its series, from 1. */
export function instanceUid(context: SeriesContext, number: number): string {
  return makeSyntheticUid(
    context.session.seed,
    `${studyName(context)}/series ${context.name}/instance ${number}`,
  );
}

/** All series of a visit on one scanner are in one frame of reference. */
export function frameOfReferenceUid(context: SeriesContext): string {
  return makeSyntheticUid(
    context.session.seed,
    `${studyName(context)}/frame of reference ${context.scanner.station}`,
  );
}

export function instanceRandom(context: SeriesContext, number: number): Random {
  return makeRandomFor(
    context.session.seed,
    `noise ${studyName(context)}/${context.name}/${number}`,
  );
}

/** `IM0001`. */
export function instanceFileName(number: number): string {
  return `IM${String(number).padStart(4, "0")}`;
}
