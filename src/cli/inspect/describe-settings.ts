/** How the images of a stack were made: voxels, and the settings that physicists ask for first. */

import { columnByName } from "#catalogue/catalogue.ts";
import { formatNumber } from "#cli/output/format.ts";
import type { ViewRow } from "#cli/read-pages.ts";
import { tileGrid } from "#stacks/tile-grid.ts";
import type { Cell } from "#store/packed-rows.ts";
import { partInWords, withCatalogueUnit } from "./series-words.ts";
import { flagsOf, numberOf, textOf } from "./stack-row.ts";

/** Reads a setting of the representative image, or what all images of the series agree in. */
export type SettingReader = (name: string) => string | number | null;

/** `0.94 × 0.94 × 5 mm, matrix 256 × 256`: rows before columns, as the key has them. */
export function describeVoxels(stack: ViewRow, settingOf: SettingReader): string | null {
  const matrix = writeMatrix(settingOf, flagsOf(stack).includes("mosaic"));
  const texts = [writeVoxel(settingOf), matrix].filter((text) => text !== null);
  return texts.length === 0 ? null : texts.join(", ");
}

function writeVoxel(settingOf: SettingReader): string | null {
  const plane = String(settingOf("pixel_spacing") ?? "")
    .split("\\")
    .map(Number);
  if (plane.length !== 2 || !plane.every((side) => side > 0)) return null;
  const thickness = Number(settingOf("slice_thickness") ?? 0);
  const sides = thickness > 0 ? [...plane, thickness] : plane;
  const text = sides.map((side) => Number(side.toPrecision(3))).join(" × ");
  return thickness > 0 ? `${text} mm` : `${text} mm in plane`;
}

function writeMatrix(settingOf: SettingReader, isSheet: boolean): string | null {
  const [rows, columns] = [Number(settingOf("rows")), Number(settingOf("columns"))];
  if (!(rows > 0 && columns > 0)) return null;
  const tiles = Number(settingOf("tiles") ?? 0);
  if (!(tiles > 1)) return `${isSheet ? "sheet of" : "matrix"} ${rows} × ${columns}`;
  const grid = tileGrid(tiles, String(settingOf("manufacturer") ?? ""));
  const [high, wide] = [Math.floor(rows / grid.rows), Math.floor(columns / grid.columns)];
  return `matrix ${high} × ${wide} on sheets of ${rows} × ${columns}`;
}

/** Settings as physicists write them, in this order. */
const shownSettings: readonly {
  readonly label: string;
  readonly column: string;
  /** Column of the largest value, where the other has the smallest. */
  readonly largest?: string;
  /** Smaller numbers say nothing. */
  readonly from?: number;
}[] = [
  { label: "TE", column: "stack_echo_time" },
  { label: "TI", column: "stack_inversion_time" },
  { label: "TR", column: "stack_repetition_time" },
  { label: "flip angle", column: "stack_flip_angle" },
  { label: "echo", column: "stack_echo_numbers" },
  { label: "echo train", column: "stack_echo_train_length", from: 2 },
  { label: "coil", column: "stack_receive_coil_name" },
  { label: "tube", column: "stack_kvp" },
  { label: "current", column: "stack_tube_current_min", largest: "stack_tube_current_max" },
  { label: "exposure", column: "stack_exposure_min", largest: "stack_exposure_max" },
  { label: "temporal positions", column: "stack_n_temporal", from: 2 },
];

export function describeSettings(stack: ViewRow, settingOf: SettingReader): string | null {
  const modality = textOf(stack, "stack_modality");
  const texts = [
    ...(modality === "MR" ? describeField(settingOf) : []),
    ...(modality === "PT" ? describePet(stack, settingOf) : []),
    ...shownSettings.flatMap((setting) => describeSetting(stack, setting)),
    ...(modality === "CT" ? describeKernel(settingOf) : []),
  ];
  return texts.length === 0 ? null : texts.join(", ");
}

function describeSetting(
  stack: ViewRow,
  { label, column, largest, from }: (typeof shownSettings)[number],
): string[] {
  const value = stack[column] ?? null;
  if (value === null || (from !== undefined && Number(value) < from)) return [];
  const end = largest === undefined ? value : (stack[largest] ?? value);
  const text = end === value ? writeCell(value) : `${writeCell(value)} to ${writeCell(end)}`;
  return [`${label} ${withCatalogueUnit(text, columnByName(column)?.unit)}`];
}

const writeCell = (value: Cell): string =>
  typeof value === "number" ? formatNumber(value) : String(value);

function describeField(settingOf: SettingReader): string[] {
  const strength = Number(settingOf("magnetic_field_strength"));
  return strength > 0 ? [`${formatNumber(strength)} T`] : [];
}

function describeKernel(settingOf: SettingReader): string[] {
  const kernel = settingOf("convolution_kernel");
  return kernel === null ? [] : [`kernel ${String(kernel).replaceAll("\\", "/")}`];
}

const correctionWords: Readonly<Record<string, string>> = {
  Y: "attenuation corrected",
  N: "not attenuation corrected",
};

/** `whole body, all beds in one volume, tracer FDG (F-18), units BQML, attenuation corrected` */
function describePet(stack: ViewRow, settingOf: SettingReader): string[] {
  const frame = textOf(stack, "stack_pet_frame_type");
  const bed = textOf(stack, "stack_pet_bed_index");
  const [drug, nuclide] = [settingOf("radiopharmaceutical"), settingOf("radionuclide")];
  const tracer = drug === null || nuclide === null ? (drug ?? nuclide) : `${drug} (${nuclide})`;
  const units = settingOf("units");
  const correction = correctionWords[String(settingOf("attenuation_corrected"))];
  return [
    ...(frame === null ? [] : [partInWords("FRAME", frame)]),
    ...(bed === null ? [] : [bed === "ALL" ? partInWords("BED", bed) : `bed ${bed}`]),
    ...(tracer === null ? [] : [`tracer ${tracer}`]),
    ...(units === null ? [] : [`units ${units}`]),
    ...(correction === undefined ? [] : [correction]),
  ];
}

export function describeDiffusion(stack: ViewRow): string | null {
  const [smallest, largest] = [numberOf(stack, "stack_b_min"), numberOf(stack, "stack_b_max")];
  const count = numberOf(stack, "stack_n_b_values");
  // Philips writes b = 0 on images of any kind.
  if (smallest === null || largest === null || largest === 0) return null;
  const range =
    smallest === largest
      ? `b = ${formatNumber(smallest)}`
      : `b = ${formatNumber(smallest)} ${count === 2 ? "and" : "to"} ${formatNumber(largest)}`;
  const values = count === null || count <= 2 ? "" : `, ${formatNumber(count)} b-values`;
  const kind = textOf(stack, "diffusion_kind");
  const told = kind === null || kind === "none" ? "" : `, ${kind}`;
  return `${withCatalogueUnit(range, "s/mm2")}${values}${told}`;
}
