/**
 * Private creators whose elements columns read: who writes them and where their meaning is known from. A column's
 * private place names one of these; a new creator is a new row.
 */
import type { UsualCreator } from "#dicom/wanted.ts";
import { makers } from "./makers.ts";

interface PrivateCreator extends UsualCreator {
  /**
   * Whether its block is 10 unless other software moved it. De-identifiers drop creators and keep the elements;
   * with the maker known they can still be read. Of makers with several creators in one group only the one that
   * scanners write first is usual; Siemens XA writes two creators as block 10 of 0021, and neither is.
   */
  readonly isUsual: boolean;
  /** Sample folder that shows it, and who describes its elements; makers publish few of them. */
  readonly source: string;
}

const [siemens, ge, philips, uih] = [
  makers.siemens.words,
  makers.ge.words,
  makers.philips.words,
  makers.uih.words,
];

export const privateCreators: readonly PrivateCreator[] = [
  {
    creator: "SIEMENS MR HEADER",
    makers: siemens,
    isUsual: true,
    source: "dcm_qa_stc, dcm_qa_asl; Siemens MR conformance statements",
  },
  {
    creator: "SIEMENS CSA HEADER",
    makers: siemens,
    isUsual: true,
    source: "dcmstack, nibabel; nibabel's notes on the CSA header",
  },
  {
    creator: "SIEMENS MR SDS 01",
    makers: siemens,
    isUsual: false,
    source: "dcm_qa_xa30, dcm_qa_xa60; dcm2niix",
  },
  {
    creator: "SIEMENS MR SDI 02",
    makers: siemens,
    isUsual: false,
    source: "dcm_qa_xa30, dcm_qa_agfa; dcm2niix",
  },
  {
    creator: "GEMS_PARM_01",
    makers: ge,
    isUsual: true,
    source: "dcm_qa_ge, dcm_qa_fmap; GE MR conformance statements",
  },
  {
    creator: "GEMS_ACQU_01",
    makers: ge,
    isUsual: true,
    source: "dcm_qa_ge, dcm_qa_table; GE MR conformance statements",
  },
  {
    creator: "GEMS_RELA_01",
    makers: ge,
    isUsual: true,
    source: "dcm_qa_ge, dcm_qa_stc; GE MR conformance statements",
  },
  {
    creator: "GEMS_PETD_01",
    makers: ge,
    isUsual: true,
    source: "pet/fo-dicom; GE PET conformance statements",
  },
  {
    creator: "Philips Imaging DD 001",
    makers: philips,
    isUsual: true,
    source: "dcm_qa_philips, dcm_qa_philips_enh; Philips MR conformance statements",
  },
  {
    creator: "Philips MR Imaging DD 001",
    makers: philips,
    isUsual: true,
    source: "dcm_qa_philips, dcm_qa_philips_enh; Philips MR conformance statements",
  },
  {
    creator: "Philips MR Imaging DD 005",
    makers: philips,
    isUsual: false,
    source: "dcm_qa_philips_enh, dcm_qa_philips_asl; dcm2niix",
  },
  {
    creator: "Philips PET Private Group",
    makers: philips,
    isUsual: true,
    source: "pet/SUV-Philips; Philips PET conformance statements",
  },
  {
    creator: "Image Private Header",
    makers: uih,
    isUsual: true,
    source: "dcm_qa_uih; dcm2niix",
  },
];

export const usualCreators: readonly UsualCreator[] = privateCreators.filter(
  ({ isUsual }) => isUsual,
);
