/**
 * Everything that the stack rules read, by catalogue column name. The accessors of series-frames.ts take
 * no other name, so a rule cannot read a column that the database does not keep for it.
 */
export const stackInputs = [
  "acquisition_date",
  "acquisition_number",
  "acquisition_time",
  "asl_context",
  "attenuation_corrected",
  "cardiac_phase",
  "coil_string",
  "columns",
  "complex_image_component",
  "convolution_kernel",
  "diffusion_b_value",
  "diffusion_directionality",
  "diffusion_gradient_orientation",
  "echo_numbers",
  "echo_time",
  "echo_train_length",
  "exposure",
  "exposure_modulation_type",
  "flip_angle",
  "frame_of_reference_uid",
  "frame_reference_time",
  "ge_diffusion_code",
  "ge_echoes",
  "ge_gradient_image_frame",
  "ge_raw_run",
  "image_orientation_patient",
  "image_position_patient",
  "image_type",
  "image_type_text",
  "inversion_time",
  "kvp",
  "kvp_values",
  "magnetization_transfer",
  "manufacturer",
  "modality",
  "monoenergetic_kev",
  "number_of_temporal_positions",
  "orientation_text",
  "patient_orientation",
  "philips_image_type",
  "photometric_interpretation",
  "pixel_spacing",
  "receive_coil_name",
  "repetition_time",
  "rows",
  "samples_per_pixel",
  "scanning_sequence",
  "sequence_variant",
  "series_type",
  "slice_thickness",
  "sop_class_uid",
  "spacing_between_slices",
  "table_position",
  "temporal_position_identifier",
  "tiles",
  "trigger_time",
  "units",
  "velocity_encoding",
  "volume_based_calculation_technique",
  "x_ray_tube_current",
] as const;

/** Name under which the rules read a value. Date and time of acquisition come as one number of seconds. */
export type StackInput =
  | Exclude<(typeof stackInputs)[number], "acquisition_date" | "acquisition_time">
  | "acquisition_datetime";

/** Suffixes under which the components of a vector are given per frame. */
export const vectorAxes = ["_x", "_y", "_z"] as const;
