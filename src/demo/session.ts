/** One visit of one subject, and what each of its scans is told. */

import { makeAccessionNumber, operatorName, type Person, referringPhysician } from "./canaries.ts";
import { formatAge, formatTime } from "./clock.ts";
import { type AttributeValue, attribute, type DataSet, type Element, element } from "./element.ts";
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

function sessionName(session: Session): string {
  return `subject ${session.subjectIndex}/visit ${session.visitIndex}`;
}

export function studyUid(session: Session): string {
  return makeSyntheticUid(session.seed, sessionName(session));
}

export function seriesUid(context: SeriesContext): string {
  return makeSyntheticUid(
    context.session.seed,
    `${sessionName(context.session)}/series ${context.name}`,
  );
}

export function instanceUid(context: SeriesContext, number: number): string {
  return makeSyntheticUid(
    context.session.seed,
    `${sessionName(context.session)}/series ${context.name}/instance ${number}`,
  );
}

/** All series of a visit on one scanner are in one frame of reference. */
export function frameOfReferenceUid(context: SeriesContext): string {
  return makeSyntheticUid(
    context.session.seed,
    `${sessionName(context.session)}/frame of reference ${context.scanner.station}`,
  );
}

export function instanceRandom(context: SeriesContext, number: number): Random {
  return makeRandomFor(
    context.session.seed,
    `noise ${sessionName(context.session)}/${context.name}/${number}`,
  );
}

/** `IM0001`. */
export function instanceFileName(number: number): string {
  return `IM${String(number).padStart(4, "0")}`;
}

/** Patient, General Study, Patient Study, General Series and General Equipment (PS3.3 §C.7). */
export function describeSeries(
  context: SeriesContext,
  series: {
    readonly sopClassUid: string;
    readonly modality: string;
    readonly description: string;
    readonly protocol?: string;
    readonly instanceNumber: number;
    readonly imageType?: readonly string[];
  },
): Element[] {
  return [
    ...describePatient(context.session.person),
    ...describeStudy(context.session),
    ...describeEquipment(context.scanner),
    attribute("SOPClassUID", series.sopClassUid),
    attribute("SOPInstanceUID", instanceUid(context, series.instanceNumber)),
    attribute("Modality", series.modality),
    attribute("SeriesInstanceUID", seriesUid(context)),
    attribute("SeriesNumber", context.seriesNumber),
    attribute("SeriesDate", context.session.date),
    attribute("SeriesTime", formatTime(context.startSeconds)),
    attribute("SeriesDescription", series.description),
    attribute("ProtocolName", series.protocol ?? series.description),
    attribute("OperatorsName", operatorName),
    attribute("InstanceNumber", series.instanceNumber),
    attribute("PerformedProcedureStepStartDate", context.session.date),
    attribute("PerformedProcedureStepStartTime", formatTime(context.session.startSeconds)),
    attribute("PerformedProcedureStepID", `PPS${context.session.visitIndex + 1}`),
    attribute("PerformedProcedureStepDescription", context.session.description),
    ...(series.imageType ? [attribute("ImageType", series.imageType)] : []),
  ];
}

function describePatient(person: Person): Element[] {
  return [
    ...(person.characterSet === null
      ? []
      : [attribute("SpecificCharacterSet", person.characterSet)]),
    attribute("PatientName", person.nameBytes ?? person.name),
    attribute("PatientID", person.patientId),
    attribute("IssuerOfPatientID", person.issuer),
    attribute("OtherPatientIDs", person.otherPatientId),
    attribute("PatientBirthDate", person.birthDate),
    attribute("PatientSex", person.sex),
    attribute("PatientAddress", person.address),
    attribute("PatientTelephoneNumbers", person.telephone),
    attribute("PatientComments", person.comments),
    attribute("PatientSize", person.size),
    attribute("PatientWeight", person.weight),
  ];
}

function describeStudy(session: Session): Element[] {
  return [
    attribute("StudyInstanceUID", studyUid(session)),
    attribute("StudyDate", session.date),
    attribute("StudyTime", formatTime(session.startSeconds)),
    attribute("StudyID", String(session.visitIndex + 1)),
    attribute("StudyDescription", session.description),
    attribute("AccessionNumber", makeAccessionNumber(session.subjectIndex, session.visitIndex)),
    attribute("ReferringPhysicianName", referringPhysician),
    attribute("PatientAge", formatAge(session.person.birthDate, session.date)),
  ];
}

function describeEquipment(scanner: Scanner): Element[] {
  return [
    attribute("Manufacturer", scanner.manufacturer),
    attribute("ManufacturerModelName", scanner.model),
    attribute("StationName", scanner.station),
    attribute("DeviceSerialNumber", scanner.serialNumber),
    attribute("SoftwareVersions", scanner.software),
    attribute("InstitutionName", "Demo hospital"),
    attribute("InstitutionAddress", "Demo street 1"),
    attribute("InstitutionalDepartmentName", "Demo department"),
  ];
}

/** An item of a code sequence (PS3.3 §8). */
export function makeCode(value: string, scheme: string, meaning: string): DataSet {
  return [
    attribute("CodeValue", value),
    attribute("CodingSchemeDesignator", scheme),
    attribute("CodeMeaning", meaning),
  ];
}

/** An SQ with these items. */
export function sequence(
  keyword: Parameters<typeof attribute>[0],
  ...items: readonly DataSet[]
): Element {
  return attribute(keyword, items as AttributeValue);
}

/** Pixels of one value per pixel, 16 bits allocated (PS3.3 §C.7.6.3). */
export function describePixels(
  plane: { readonly rows: number; readonly columns: number },
  pixels: Uint16Array,
  bitsStored: number,
): Element[] {
  return [
    attribute("SamplesPerPixel", 1),
    attribute("PhotometricInterpretation", "MONOCHROME2"),
    attribute("Rows", plane.rows),
    attribute("Columns", plane.columns),
    attribute("BitsAllocated", 16),
    attribute("BitsStored", bitsStored),
    attribute("HighBit", bitsStored - 1),
    attribute("PixelRepresentation", 0),
    element(0x7fe0_0010, "OW", pixels),
  ];
}
