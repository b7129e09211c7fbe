/** One stack of a series in a few lines: what a physicist wants to know at a glance. */
import { escapeControls } from "#cli/output/escape-controls.ts";
import { formatNumber } from "#cli/output/format.ts";
import { plural } from "#cli/output/plural.ts";
import { wrapLabelled } from "#cli/output/wrap-text.ts";
import type { ViewRow } from "#cli/read-pages.ts";
import { describeGeometry } from "./describe-geometry.ts";
import {
  describeDiffusion,
  describeSettings,
  describeVoxels,
  type SettingReader,
} from "./describe-settings.ts";
import type { SeriesStory } from "./series-story.ts";
import type { ShownDetails } from "./series-variations.ts";
import { typeInWords } from "./series-words.ts";
import { flagsOf, numberOf, textOf } from "./stack-row.ts";

/** The lines of one stack of the story. */
export function renderStack(story: SeriesStory, stack: ViewRow, width: number): string {
  const details = story.details?.[Number(stack["stack_index"])] ?? null;
  const settingOf = readSettings(story, details);
  const lines: readonly [string, string | null][] = [
    ["images", describeImages(stack)],
    ["type", describeType(stack)],
    ["plane", describePlane(stack)],
    ["geometry", describeGeometry(stack, details)],
    ["voxels", describeVoxels(stack, settingOf)],
    ["settings", describeSettings(stack, settingOf)],
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

/** What the files of a series differ in is no setting of each of its stacks. */
const readSettings =
  ({ series, varying }: SeriesStory, details: ShownDetails | null): SettingReader =>
  (name) => {
    const own = details?.settings[name];
    if (own !== undefined) return own;
    const value = varying[name] === undefined ? (series[name] ?? null) : null;
    return typeof value === "string" || typeof value === "number" ? value : null;
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
  const words = typeInWords(code);
  const isAssumed = flagsOf(stack).includes("type-assumed");
  const type = isAssumed ? `not written, taken for ${words}` : words;
  return written === null ? type : `${type} (${written})`;
}

function describePlane(stack: ViewRow): string | null {
  const plane = textOf(stack, "stack_image_orientation");
  const confidence = numberOf(stack, "stack_orientation_confidence");
  if (plane === null) return "not known";
  const tilt = confidence === null ? 0 : (Math.acos(Math.min(1, confidence)) * 180) / Math.PI;
  return tilt < 0.5 ? plane : `${plane}, tilted by ${formatNumber(Math.round(tilt))}°`;
}

function describeRepresentative(stack: ViewRow): string | null {
  const uid = textOf(stack, "representative_sop_instance_uid");
  const frame = numberOf(stack, "representative_frame") ?? 0;
  if (uid === null) return null;
  const isWhole = numberOf(stack, "stack_n_frames") === numberOf(stack, "stack_n_instances");
  return frame > 1 || (frame === 1 && !isWhole) ? `${uid}, frame ${frame}` : uid;
}
