/** One stack of a series in a few lines: what a physicist wants to know at a glance. */
import { columnByName } from "#catalogue/catalogue.ts";
import { escapeControls } from "#cli/output/escape-controls.ts";
import { formatNumber } from "#cli/output/format.ts";
import { plural } from "#cli/output/plural.ts";
import { wrapLabelled } from "#cli/output/wrap-text.ts";
import type { ViewRow } from "#cli/read-pages.ts";
import type { PartName } from "#stacks/key-parts.ts";
import type { Cell } from "#store/packed-rows.ts";
import { partInWords, typeInWords, withCatalogueUnit } from "./series-words.ts";

/** The lines of one stack. */
export function renderStack(stack: ViewRow, width: number): string {
  const lines: readonly [string, string | null][] = [
    ["images", describeImages(stack)],
    ["type", describeType(stack)],
    ["plane", describePlane(stack)],
    ["geometry", describeGeometry(stack)],
    ["settings", describeSettings(stack)],
    ["diffusion", describeDiffusion(stack)],
    ["look at", describeRepresentative(stack)],
    ["remarks", flagsOf(stack).join(", ") || null],
  ];
  const text = lines.flatMap(([name, value]) =>
    value === null
      ? []
      : [wrapLabelled(`  ${name}`, escapeControls(value), { label: 13, line: width })],
  );
  return `stack ${stack["stack_index"]}  ${stack["stack_key"]}\n${text.join("")}`;
}

/** Its remarks, as codes. */
export const flagsOf = (stack: ViewRow): string[] =>
  (textOf(stack, "stack_flags") ?? "").split("\\").filter((flag) => flag !== "");

const textOf = (stack: ViewRow, name: string): string | null => {
  const value = stack[name] ?? null;
  return value === null ? null : String(value);
};

const numberOf = (stack: ViewRow, name: string): number | null => {
  const value = stack[name] ?? null;
  return value === null ? null : Number(value);
};

function describeImages(stack: ViewRow): string {
  const images = numberOf(stack, "stack_n_frames") ?? 0;
  const instances = numberOf(stack, "stack_n_instances") ?? 0;
  if (images === 1) return "1";
  if (images === instances) return `${formatNumber(images)}, each an instance of its own`;
  return `${formatNumber(images)}, frames of ${plural(instances, "instance")}`;
}

function describeType(stack: ViewRow): string | null {
  const code = textOf(stack, "stack_type");
  if (code === null) return null;
  const written = textOf(stack, "stack_image_type");
  return written === null ? typeInWords(code) : `${typeInWords(code)} (${written})`;
}

function describePlane(stack: ViewRow): string | null {
  const plane = textOf(stack, "stack_image_orientation");
  const confidence = numberOf(stack, "stack_orientation_confidence");
  if (plane === null) return "not known";
  const tilt = confidence === null ? 0 : (Math.acos(Math.min(1, confidence)) * 180) / Math.PI;
  return tilt < 0.5 ? plane : `${plane}, tilted by ${formatNumber(Math.round(tilt))}°`;
}

function describeGeometry(stack: ViewRow): string | null {
  const positions = numberOf(stack, "stack_n_positions");
  const images = numberOf(stack, "stack_n_frames") ?? 0;
  if (positions === null || positions === 0) return null;
  const isSheet = flagsOf(stack).includes("mosaic");
  const doubled = numberOf(stack, "stack_n_doubled") ?? 0;
  const missing = numberOf(stack, "stack_n_missing") ?? 0;
  const spacing = numberOf(stack, "stack_spacing");
  const apart = spacing === null ? "" : `, ${formatNumber(spacing)} mm apart`;
  const slices = plural(positions, "position") + apart;
  const completeness = numberOf(stack, "stack_completeness");
  const faults = [
    ...(missing > 0 ? [`${plural(missing, "image")} missing${shareOf(completeness)}`] : []),
    ...(doubled > 0 ? [describeDoubled(images, doubled)] : []),
  ];
  return [
    describeVolumes({ slices, images, positions, missing, doubled, isSheet }),
    ...faults,
  ].join("; ");
}

function describeDoubled(images: number, doubled: number): string {
  const share = Math.round((images / (images - doubled)) * 10) / 10;
  const density = share < 2 ? "" : `, ${formatNumber(share)} of each on average`;
  return `${plural(doubled, "image")} doubled${density}`;
}

const shareOf = (completeness: number | null): string =>
  completeness === null
    ? ""
    : ` (${formatNumber(Math.floor(completeness * 1000) / 10)} % are there)`;

function describeVolumes(grid: {
  readonly slices: string;
  readonly images: number;
  readonly positions: number;
  readonly missing: number;
  readonly doubled: number;
  readonly isSheet: boolean;
}): string {
  const { slices, images, positions } = grid;
  if (grid.isSheet) return images === 1 ? slices : `${plural(images, "volume")} of ${slices}`;
  const places = images - grid.doubled + grid.missing;
  if (positions === 1)
    return images === 1 ? "one position" : `one position, ${plural(images, "image")}`;
  if (images - grid.doubled === positions) return slices;
  if (places % positions !== 0) return `${plural(images, "image")} at ${slices}`;
  return `${plural(places / positions, "volume")} of ${slices}`;
}

/** Settings as physicists write them: what the stack's row has, in this order. */
const shownSettings: readonly {
  readonly label: string;
  readonly column: string;
  /** Part of the key that has words for the value. */
  readonly part?: PartName;
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
  { label: "bed", column: "stack_pet_bed_index", part: "BED" },
  { label: "frame type", column: "stack_pet_frame_type", part: "FRAME" },
  { label: "temporal positions", column: "stack_n_temporal", from: 2 },
];

function describeSettings(stack: ViewRow): string | null {
  const texts = shownSettings.flatMap(({ label, column, part, largest, from }) => {
    const value = stack[column] ?? null;
    if (value === null || (from !== undefined && Number(value) < from)) return [];
    const end = largest === undefined ? value : (stack[largest] ?? value);
    const first = part === undefined ? writeCell(value) : partInWords(part, String(value));
    const text = end === value ? first : `${first} to ${writeCell(end)}`;
    return [`${label} ${withCatalogueUnit(text, columnByName(column)?.unit)}`];
  });
  return texts.length === 0 ? null : texts.join(", ");
}

const writeCell = (value: Cell): string =>
  typeof value === "number" ? formatNumber(value) : String(value);

function describeDiffusion(stack: ViewRow): string | null {
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

function describeRepresentative(stack: ViewRow): string | null {
  const uid = textOf(stack, "representative_sop_instance_uid");
  const frame = numberOf(stack, "representative_frame") ?? 0;
  if (uid === null) return null;
  const isWhole = numberOf(stack, "stack_n_frames") === numberOf(stack, "stack_n_instances");
  return frame > 1 || (frame === 1 && !isWhole) ? `${uid}, frame ${frame}` : uid;
}
