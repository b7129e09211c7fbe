/** The modules that all objects of a series have in common. */
import { makeAccessionNumber, operatorName, type Person, referringPhysician } from "./canaries.ts";
import { formatAge, formatTime } from "./clock.ts";
import { attribute, type Element } from "./element.ts";
import type { Scanner } from "./scanners.ts";
import { instanceUid, type SeriesContext, seriesUid, studyUid } from "./session.ts";

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
    ...describeStudy(context),
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

function describeStudy(context: SeriesContext): Element[] {
  const { session } = context;
  return [
    attribute("StudyInstanceUID", studyUid(context)),
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
