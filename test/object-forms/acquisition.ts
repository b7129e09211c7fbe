/**
 * What was measured, in the words of the catalogue: values by column and in its units, said once for all forms
 * in which an object can hold them.
 */
import type { ColumnName } from "#catalogue/catalogue.ts";
import type { Element } from "#demo/element.ts";
import { type Plane, planVolume } from "#demo/geometry.ts";
import type { Scanner } from "#demo/scanners.ts";
import type { Place } from "./place.ts";

/** A number, a text, or several numbers. */
export type Value = number | string | readonly number[];

export type Values = Readonly<Partial<Record<ColumnName, Value>>>;

export interface Frame {
  /** Image Type of the classic object and Frame Type of the enhanced one: these have words of their own. */
  readonly imageType: string;
  readonly frameType: string;
  /** What the enhanced object says of MR frames only (PS3.3 §C.8.13.3.1). */
  readonly component?: "MAGNITUDE" | "PHASE" | "REAL";
  readonly contrast?: string;
  readonly values: Values;
  /**
   * Private elements that the maker writes in the classic image, creators included. A conversion keeps them among
   * the unassigned attributes; the enhanced form says the same by standard ones.
   */
  readonly vendor?: readonly Element[];
}

export interface Acquisition {
  readonly name: string;
  readonly modality: "MR" | "CT" | "PT";
  readonly scanner: Scanner;
  readonly frames: readonly Frame[];
  /** Key of each stack and the number of its frames, in all forms. */
  readonly stacks: Readonly<Record<string, number>>;
  /** Where this one is written otherwise than others of its modality. */
  readonly places?: Readonly<Partial<Record<ColumnName, Place>>>;
}

/** As the database keeps the value: several numbers are joined by a backslash. */
export const storedValue = (value: Value): number | string =>
  typeof value === "object" ? value.join("\\") : value;

export interface Slab {
  readonly slices: number;
  readonly spacing: number;
  readonly thickness: number;
  readonly pixel: number;
}

/** Rows and columns of all images: what is in them matters to nobody here. */
export const imageSize = 4;

export function planSlab(slab: Slab): Plane[] {
  return planVolume({
    plane: "transverse",
    rows: imageSize,
    columns: imageSize,
    spacing: [slab.pixel, slab.pixel],
    slices: slab.slices,
    sliceSpacing: slab.spacing,
  });
}

/** Place and time, and what all images of any modality say. `seconds`: after ten o'clock. */
export function describeFrame(slab: Slab, plane: Plane, seconds: number): Values {
  return {
    image_position_patient: plane.position,
    image_orientation_patient: plane.orientation,
    pixel_spacing: plane.spacing,
    slice_thickness: slab.thickness,
    spacing_between_slices: slab.spacing,
    slice_location: plane.position[2],
    acquisition_number: 1,
    acquisition_date: "2020-02-29",
    acquisition_time: formatClock(seconds),
    content_date: "2020-02-29",
    content_time: "10:30:00",
    window_center: [40 + Math.round(plane.position[2])],
    window_width: [400],
    rescale_intercept: 0,
    rescale_slope: 1,
    patient_position: "HFS",
    burned_in_annotation: "NO",
    lossy_image_compression: "00",
  };
}

export function formatClock(seconds: number): string {
  const minutes = String(Math.floor(seconds / 60)).padStart(2, "0");
  const rest = String(Math.floor(seconds % 60)).padStart(2, "0");
  const fraction = Math.round((seconds % 1) * 1e6);
  return `10:${minutes}:${rest}${fraction === 0 ? "" : `.${String(fraction).padStart(6, "0")}`}`;
}
