import { describe, expect, test } from "vitest";
import { findAttribute } from "#dicom/dictionary.ts";
import {
  columnByName,
  columns,
  columnsOf,
  columnsWithScope,
  stackInputColumns,
} from "./catalogue.ts";
import type { ColumnTable } from "./column.ts";
import { inputColumns } from "./input-columns.ts";
import { stackColumns } from "./stack-columns.ts";

const names = columns.map((column) => column.name);

const repeated = (list: readonly string[]): string[] =>
  list.filter((name, index) => list.indexOf(name) !== index);

/** Fields that were asked for, by table, in the words of the request. */
const requested: readonly (readonly [ColumnTable, string])[] = [
  ["study", "study_instance_uid study_date study_time study_description modality manufacturer"],
  ["study", "manufacturer_model_name station_name institution_name"],
  ["series", "series_instance_uid series_description protocol_name sequence_name"],
  ["series", "body_part_examined scanning_sequence sequence_variant scan_options"],
  ["mri_series_details", "repetition_time echo_time inversion_time flip_angle echo_train_length"],
  ["mri_series_details", "mr_acquisition_type diffusion_b_value parallel_acquisition_technique"],
  ["ct_series_details", "kvp exposure_time x_ray_tube_current convolution_kernel"],
  ["ct_series_details", "spiral_pitch_factor ctdi_vol"],
  ["pet_series_details", "radiopharmaceutical radionuclide_total_dose radionuclide_half_life"],
  ["pet_series_details", "reconstruction_method attenuation_correction_method suv_type"],
];

/** The tag that the request names for a field where ours has none or several; the field's own tag for the rest. */
const requestedTags: Readonly<Record<string, number>> = {
  study_instance_uid: 0x0020_000d,
  modality: 0x0008_0060,
  echo_time: 0x0018_0081,
  x_ray_tube_current: 0x0018_1151,
  ctdi_vol: 0x0018_9345,
  suv_type: 0x0054_1006,
};

test("names are unique, also with those of input columns", () => {
  expect(repeated([...names, ...inputColumns.map(({ name }) => name)])).toEqual([]);
});

test("names are words of SQL", () => {
  expect(names.filter((name) => !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name))).toEqual([]);
});

test.each(requested)("%s shows %s", (table, fields) => {
  const shown = columnsOf(table).map((column) => column.name);
  expect(shown).toEqual(expect.arrayContaining(fields.split(" ")));
});

test("the requested fields have the tags of the request", () => {
  for (const [name, tag] of Object.entries(requestedTags)) {
    expect([name, columnByName(name)?.tag]).toEqual([name, tag]);
  }
});

test("no table shows two columns of one name", () => {
  for (const table of new Set(columns.map((column) => column.table))) {
    expect(repeated(columnsOf(table).map((column) => column.name))).toEqual([]);
  }
});

test("a column is found by its name", () => {
  expect(columnByName("echo_time")?.unit).toBe("ms");
  expect(columnByName("echo")).toBeUndefined();
});

describe("the dictionary of the standard agrees", () => {
  const all = [...columns, ...inputColumns];

  test("on tags and keywords", () => {
    for (const { name, tag, keyword } of all) {
      expect([name, tag === null ? null : findAttribute(tag)?.keyword]).toEqual([name, keyword]);
    }
  });

  test("on the VRs of public elements and on what is a sequence", () => {
    for (const column of all) {
      for (const { steps, vr } of column.locations) {
        const expected = steps.map((_, index) => (index === steps.length - 1 ? vr : "SQ"));
        const found = steps.map((step, index) =>
          "tag" in step ? findAttribute(step.tag)?.vr : expected[index],
        );
        expect([column.name, found]).toEqual([column.name, expected]);
      }
    }
  });
});

describe("stack inputs", () => {
  const inputs = stackInputColumns.map((column) => column.name);

  test("are those that the stack rules are specified on, and what stack columns show", () => {
    const perFrame =
      "echo_time repetition_time inversion_time flip_angle echo_numbers coil_string " +
      "magnetization_transfer temporal_position_identifier volume_based_calculation_technique " +
      "image_type_text philips_image_type ge_raw_run ge_echoes patient_orientation " +
      "orientation_text trigger_time cardiac_phase diffusion_b_value " +
      "diffusion_gradient_orientation ge_gradient_image_frame diffusion_directionality ge_diffusion_code " +
      "complex_image_component asl_context kvp kvp_values x_ray_tube_current " +
      "exposure convolution_kernel frame_reference_time image_type image_orientation_patient " +
      "image_position_patient pixel_spacing acquisition_number acquisition_date " +
      "acquisition_time tiles table_position";
    const further =
      "slice_thickness spacing_between_slices scanning_sequence sequence_variant " +
      "velocity_encoding monoenergetic_kev exposure_modulation_type attenuation_corrected units " +
      "frame_of_reference_uid photometric_interpretation samples_per_pixel rows columns " +
      "modality sop_class_uid manufacturer series_type number_of_temporal_positions echo_train_length receive_coil_name " +
      "metabolite_map_description referenced_segment_number";
    expect([...inputs].sort()).toEqual(`${perFrame} ${further}`.split(" ").sort());
  });

  test("are kept per frame", () => {
    expect(
      stackInputColumns.filter(({ scope }) => scope !== "setting" && scope !== "coordinate"),
    ).toEqual([]);
  });

  test("are the only places that key parts come from", () => {
    const parts = columns.filter((column) => column.keyPart !== undefined);
    expect(
      parts.filter((column) => !inputs.includes(column.name) && column.table !== "series_stack"),
    ).toEqual([]);
    expect(new Set(parts.map((column) => column.keyPart))).toEqual(
      new Set("TE TI FA ECHO TYPE ORIENT KVP MA MAS BED FRAME".split(" ")),
    );
  });
});

test("what follows slices, time or dose is no setting, or each slice would make a tuple of its own", () => {
  const settings = columnsWithScope("setting").map((column) => column.name);
  const varying =
    "image_position_patient slice_location acquisition_time trigger_time frame_reference_time " +
    "rescale_slope window_center decay_factor ctdi_vol x_ray_tube_current exposure instance_number";
  for (const name of varying.split(" ")) expect(settings).not.toContain(name);
});

test("a column has places to be read from, or somebody who makes it", () => {
  for (const { name, locations, computed, derive } of columns) {
    expect([name, locations.length === 0]).toEqual([name, computed !== undefined]);
    if (computed === "derive") expect([name, derive]).not.toEqual([name, undefined]);
  }
});

test("the acquisition type of CT is read of classic images too", () => {
  const places = columnByName("ct_acquisition_type")?.locations ?? [];
  expect(places.map(({ kind }) => kind)).toEqual(["functional-group", "top"]);
});

test("spectra are read of functional groups of their own (PS3.3 §C.8.14.3)", () => {
  const groupsOf = (name: string): unknown[] =>
    (columnByName(name)?.locations ?? []).flatMap(({ kind, steps }) =>
      kind === "functional-group" ? steps.slice(0, 1) : [],
    );
  for (const name of ["percent_sampling", "percent_phase_field_of_view"]) {
    expect(groupsOf(name)).toContainEqual({ tag: 0x0018_9103 });
  }
  for (const name of [
    "image_type",
    "complex_image_component",
    "acquisition_contrast",
    "volume_based_calculation_technique",
  ]) {
    expect(groupsOf(name)).toContainEqual({ tag: 0x0018_9227 });
  }
});

test("only what settle or the stack rules make is derived", () => {
  for (const column of columns) {
    if (column.name === "frame_number") continue; // ranges of frames have it
    const isMadeLater = column.computed === "settle" || column.computed === "stacks";
    expect([column.name, column.scope === "derived"]).toEqual([column.name, isMadeLater]);
  }
  expect(columnsOf("series_stack")).toHaveLength(stackColumns.length);
});

test("identifiers are kept apart", () => {
  const identifiers = columns.filter((column) => column.privacy === "identifier");
  expect(identifiers.map((column) => column.name)).toEqual([
    "patient_id",
    "patient_id_issuer",
    "other_patient_ids",
    "patient_name",
    "patient_birth_date",
    "accession_number",
  ]);
  for (const { name, scope } of identifiers) expect([name, scope]).toEqual([name, "series"]);
});

test("only numbers have units and limits", () => {
  for (const { name, type, unit, limits } of columns) {
    const isNumber = type === "integer" || type === "real" || type === "reals";
    if (unit !== undefined || limits !== undefined) expect([name, isNumber]).toEqual([name, true]);
    if (limits?.min !== undefined && limits.max !== undefined) {
      expect(limits.min).toBeLessThan(limits.max);
    }
  }
});

test("each column is explained by a sentence", () => {
  for (const { name, about } of [...columns, ...inputColumns]) {
    expect([name, /^\S.*[.…]$/s.test(about)]).toEqual([name, true]);
  }
});
