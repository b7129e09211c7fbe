import { attribute, sequence } from "./element.ts";
import { encodeFile } from "./encode-file.ts";
import { makeSyntheticUid } from "./synthetic-uid.ts";

const MEDIA_STORAGE_DIRECTORY_STORAGE = "1.2.840.10008.1.3.10";

/**
 * The directory of a medium (PS3.3 §F) with one patient and nothing below: DICOM, but no instance. SOP class
 * and UID stand in the meta group only, as the standard has it.
 */
export function makeDicomdir(seed: number): Uint8Array {
  const sopInstanceUid = makeSyntheticUid(seed, "dicomdir");
  return encodeFile(
    [
      attribute("FileSetID", "DEMO"),
      attribute("OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity", 392),
      attribute("OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity", 392),
      attribute("FileSetConsistencyFlag", 0),
      sequence("DirectoryRecordSequence", [
        attribute("OffsetOfTheNextDirectoryRecord", 0),
        attribute("RecordInUseFlag", 0xffff),
        attribute("OffsetOfReferencedLowerLevelDirectoryEntity", 0),
        attribute("DirectoryRecordType", "PATIENT"),
        attribute("PatientName", "Kanarienvogel^Quirin"),
        attribute("PatientID", "KANARI-0001"),
      ]),
    ],
    {
      encoding: "ELE",
      mediaStorageSopClassUid: MEDIA_STORAGE_DIRECTORY_STORAGE,
      mediaStorageSopInstanceUid: sopInstanceUid,
    },
  );
}
