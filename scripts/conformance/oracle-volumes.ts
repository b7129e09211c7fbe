/** The volumes that dcm2niix made of each folder of sample files: ../shared/oracle/dcm2niix.tsv. */
import { existsSync, readFileSync } from "node:fs";

const table = new URL("../../../shared/oracle/dcm2niix.tsv", import.meta.url);

export const hasVolumes = existsSync(table);

/** What a name says that dcm2niix gave: part of a complex signal, or a field map in Hz. */
export type Component = "P" | "R" | "I" | null;

export interface OracleVolume {
  readonly name: string;
  /** Columns, rows, slices, volumes; the first three in the order of its own axes. */
  readonly dims: readonly number[];
  readonly seriesNumber: number;
  readonly modality: string | null;
  /** ms */
  readonly echoTime: number | null;
  /** ms */
  readonly inversionTime: number | null;
  readonly component: Component;
  readonly imageType: readonly string[];
}

export interface OracleFolder {
  readonly folder: string;
  readonly volumes: readonly OracleVolume[];
  /** Images that it computed from another volume of its own: without a tilt, with even gaps, of a region. */
  readonly resampled: readonly string[];
  /** Its exit status and warnings. */
  readonly note: string;
}

export function readOracleFolders(): readonly OracleFolder[] {
  const [head = "", ...lines] = readFileSync(table, "utf8").trimEnd().split("\n");
  const names = head.split("\t");
  const folders = new Map<string, { volumes: OracleVolume[]; resampled: string[]; note: string }>();
  for (const line of lines) {
    const cells = line.split("\t");
    const cell = (name: string): string => cells[names.indexOf(name)] ?? "";
    const folder = folders.get(cell("folder")) ?? {
      volumes: [],
      resampled: [],
      note: cell("note"),
    };
    folders.set(cell("folder"), folder);
    const name = cell("out").replace(/\.nii$/, "");
    if (name === "") continue;
    if (/_(?:Tilt|Eq|ROI)(?:_|\d)/.test(name)) folder.resampled.push(name);
    else folder.volumes.push(readVolume(name, cell));
  }
  return [...folders].map(([folder, rest]) => ({ folder, ...rest }));
}

function readVolume(name: string, cell: (name: string) => string): OracleVolume {
  return {
    name,
    dims: cell("dims").split("x").map(Number),
    seriesNumber: Number(/^\d+/.exec(name)?.[0]),
    modality: cell("Modality") || null,
    echoTime: inMilliseconds(cell("EchoTime")),
    inversionTime: inMilliseconds(cell("InversionTime")),
    component: readComponent(name),
    imageType: cell("ImageType").split("\\"),
  };
}

const inMilliseconds = (seconds: string): number | null =>
  seconds === "" ? null : Number(seconds) * 1000;

function readComponent(name: string): Component {
  if (/_ph[a-z]?$/.test(name)) return "P";
  if (/_(?:real|fieldmaphz)[a-z]?$/.test(name)) return "R";
  return /_imaginary[a-z]?$/.test(name) ? "I" : null;
}
