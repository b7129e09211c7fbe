/**
 * Private creators whose block is 10 unless other software moved it, and how Manufacturer names their maker.
 * De-identifiers drop creators and keep the elements; with the maker known they can still be read. Makers with
 * several creators in one group have the one listed that scanners write first.
 */
import type { UsualCreator } from "#dicom/wanted.ts";

/** Source: files of each maker among the samples; Siemens XA writes two creators as block 10 of 0021 and is left out. */
export const usualCreators: readonly UsualCreator[] = [
  { creator: "SIEMENS MR HEADER", makers: ["SIEMENS"] },
  { creator: "SIEMENS CSA HEADER", makers: ["SIEMENS"] },
  { creator: "GEMS_PARM_01", makers: ["GE MEDICAL", "GE HEALTHCARE"] },
  { creator: "GEMS_ACQU_01", makers: ["GE MEDICAL", "GE HEALTHCARE"] },
  { creator: "GEMS_RELA_01", makers: ["GE MEDICAL", "GE HEALTHCARE"] },
  { creator: "GEMS_PETD_01", makers: ["GE MEDICAL", "GE HEALTHCARE"] },
  { creator: "Philips Imaging DD 001", makers: ["PHILIPS"] },
  { creator: "Philips MR Imaging DD 001", makers: ["PHILIPS"] },
  { creator: "Philips PET Private Group", makers: ["PHILIPS"] },
  { creator: "Image Private Header", makers: ["UIH"] },
];
