/**
 * What forms of one acquisition show besides what was measured, and why. Columns of the description that a form
 * cannot say have their reason beside their place.
 */
import type { ColumnName } from "#catalogue/catalogue.ts";
import type { Form } from "./write-forms.ts";

export type OtherForm = Exclude<Form, "classic">;

interface Difference {
  readonly forms: readonly OtherForm[];
  readonly why: string;
}

type Differences = Readonly<Partial<Record<ColumnName, Difference>>>;

const both: readonly OtherForm[] = ["enhanced", "legacy"];

/** Of single frames, and of the series that shows them. */
export const frameDifferences: Differences = {
  sop_class_uid: { forms: both, why: "it is the form" },
  instance_number: { forms: both, why: "one instance instead of many" },
  number_of_frames: { forms: both, why: "one instance instead of many" },
  stack_id_dicom: { forms: both, why: "only frames have one" },
  in_stack_position: { forms: both, why: "only frames have one" },
  source_sop_instance_uid: { forms: ["legacy"], why: "the images that were converted" },
  image_type: { forms: both, why: "a Frame Type has other words, and four of them" },
  nonlinear_gradient_correction: { forms: both, why: "said by a word that a Frame Type has not" },
  volume_based_calculation_technique: { forms: both, why: "a Frame Type goes with it" },
  complex_image_component: { forms: ["enhanced"], why: "classic images say it by the image type" },
  acquisition_contrast: { forms: ["enhanced"], why: "classic images do not say it" },
  magnetization_transfer: { forms: ["enhanced"], why: "classic images say no more than MTC" },
  inversion_times: { forms: ["enhanced"], why: "classic images have one Inversion Time" },
  pulse_sequence_name: { forms: ["enhanced"], why: "classic images have a Sequence Name" },
  laterality: { forms: ["enhanced"], why: "U is a term of frames only" },
  radionuclide_total_dose_written: { forms: ["enhanced"], why: "written in MBq" },
  radionuclide_total_dose_unit: { forms: ["enhanced"], why: "written in MBq" },
  decay_correction_datetime: { forms: ["enhanced"], why: "classic images refer to the series" },
};

/** Of series, where those of frames do not explain it. */
export const seriesDifferences: Differences = {
  image_position_patient: { forms: both, why: "of the first by SOP Instance UID" },
};

export const stackDifferences: Differences = {
  stack_n_instances: { forms: both, why: "one instance instead of many" },
  stack_image_type: { forms: both, why: "a Frame Type has other words, and four of them" },
  stack_qualifiers: { forms: both, why: "a Frame Type has other words, and four of them" },
  stack_flags: {
    forms: ["enhanced"],
    why: "that an image is magnitude is assumed where its image type does not say it",
  },
};

/** Columns in which a form may differ. */
export const namesOf = (differences: Differences, form: OtherForm): string[] =>
  Object.entries(differences)
    .filter(([, { forms }]) => forms.includes(form))
    .map(([column]) => column)
    .sort();
