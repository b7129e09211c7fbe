/**
 * The forms that scanners exported of one acquisition, or of one protocol. Where they differ, they were written so:
 * the tables say what each wrote, and a column that is not listed has equal values wherever both forms have one.
 */
import { columnByName } from "#catalogue/catalogue.ts";

export const exportFolders = [
  "ct/dcmqi/tiny",
  "philips/dcm_qa_philips_enh",
  "canon/dcm_qa_canon_61",
  "siemens/dcm_qa_xa30",
  "siemens/dcm_qa_xa30i",
] as const;

export type ExportFolder = (typeof exportFolders)[number];

/** What every pair differs in: the object and its file. */
export const ofObject: readonly string[] = [
  "actual_encoding",
  "content_time",
  "has_pixels",
  "image_type",
  "instance_number",
  "sop_class_uid",
  "sop_instance_uid",
  "source_application_entity_title",
  "transfer_syntax_uid",
];

export interface Exported {
  readonly folder: ExportFolder;
  readonly series: number;
  readonly pairs: number;
  /** Column and reason. */
  readonly differs: Readonly<Record<string, string>>;
}

const rounded = "whole hertz in the classic form";

const philips = {
  pixel_bandwidth: rounded,
  rescale_type: "normalized, and US as the standard asks",
  transmit_coil_name: "BODY, and S",
};

const canon = {
  number_of_phase_encoding_steps: "20, and 80 as in the acquisition matrix of both",
  parallel_acquisition_technique: "SPEEDER, and OTHER",
  pixel_bandwidth: rounded,
  sequence_name: "the sequence, and the name of the protocol",
};

export const exported: readonly Exported[] = [
  {
    folder: "ct/dcmqi/tiny",
    series: 123_456,
    pairs: 6,
    differs: { series_description: "made by the conversion" },
  },
  {
    folder: "philips/dcm_qa_philips_enh",
    series: 1903,
    pairs: 8,
    differs: { ...philips, scanning_sequence: "SE, and flags of spin and gradient echo and EPI" },
  },
  {
    folder: "philips/dcm_qa_philips_enh",
    series: 2001,
    pairs: 8,
    differs: { ...philips, sequence_variant: "SP, and a flag of steady state beside it" },
  },
  { folder: "canon/dcm_qa_canon_61", series: 3000, pairs: 4, differs: canon },
  {
    folder: "canon/dcm_qa_canon_61",
    series: 5000,
    pairs: 4,
    differs: { ...canon, acquisition_number: "3, and 1" },
  },
];

/** Series of one protocol of Siemens XA30: two people, months apart, exported as enhanced and as classic objects. */
export const protocols = [
  { enhanced: 5, classic: 5001 },
  { enhanced: 6, classic: 6001 },
  { enhanced: 7, classic: 7001 },
  { enhanced: 8, classic: 9001 },
  { enhanced: 8, classic: 9002 },
  { enhanced: 9, classic: 10_001 },
  { enhanced: 10, classic: 11_001 },
  { enhanced: 11, classic: 12_001 },
  { enhanced: 12, classic: 13_001 },
  { enhanced: 13, classic: 14_001 },
  { enhanced: 16, classic: 17_001 },
] as const;

export const xaDiffers: Readonly<Record<string, string>> = {
  coil_string: "coils in short, and each element",
  frame_of_reference_uid: "another visit",
  image_orientation_patient: "planned anew",
  image_type: "more words than a Frame Type has",
  image_type_text: "the words that the other form has in its image type",
  phase_encoding_positive: "AP, and PA",
  sar: "another person",
  scanning_sequence: "GR where a pulse inverts, and GR\\IR",
  sequence_name: "ep_b0 and the like by image, and the sequence",
  sequence_variant: "SK for all, and more",
  sop_class_uid: "it is the form",
};

export const isOfProtocol = (name: string): boolean => {
  const column = columnByName(name);
  return (
    column?.scope === "setting" ||
    (column?.scope === "series" && column.table === "mri_series_details") ||
    name === "sequence_name"
  );
};
