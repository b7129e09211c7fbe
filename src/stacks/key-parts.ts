/** The parts of a stack key, as data: their order, the modalities that have them, and what people call them. */

interface KeyPart {
  readonly name: string;
  /** Words for `stack_reason`. */
  readonly label: string;
  /** Modalities that have the part; without the field, all. */
  readonly modalities?: readonly string[];
}

/** In the order of the key. First the fixed parts, printed where known, then those printed where they split. */
export const keyParts = [
  { name: "TE", label: "echo time", modalities: ["MR"] },
  { name: "TI", label: "inversion time", modalities: ["MR"] },
  { name: "FA", label: "flip angle", modalities: ["MR"] },
  { name: "ECHO", label: "echo number", modalities: ["MR"] },
  { name: "KVP", label: "tube voltage", modalities: ["CT"] },
  { name: "MA", label: "tube current", modalities: ["CT"] },
  { name: "MAS", label: "exposure", modalities: ["CT"] },
  { name: "BED", label: "bed", modalities: ["PT"] },
  { name: "FRAME", label: "frame type", modalities: ["PT"] },
  { name: "TYPE", label: "image type" },
  { name: "ORIENT", label: "orientation" },
  { name: "OBJ", label: "object kind" },
  { name: "FOR", label: "frame of reference" },
  { name: "PHOT", label: "pixel format" },
  { name: "DIM", label: "matrix" },
  { name: "PIX", label: "pixel spacing" },
  { name: "THK", label: "slice thickness", modalities: ["MR", "CT"] },
  { name: "KER", label: "kernel", modalities: ["CT"] },
  { name: "PLANE", label: "plane" },
  { name: "SRC", label: "original/derived" },
  { name: "SEQ", label: "sequence", modalities: ["MR"] },
  { name: "TR", label: "repetition time", modalities: ["MR"] },
  { name: "VENC", label: "velocity direction", modalities: ["MR"] },
  { name: "COIL", label: "coil", modalities: ["MR"] },
  { name: "CORR", label: "attenuation correction", modalities: ["PT"] },
  { name: "UNITS", label: "units", modalities: ["PT"] },
  { name: "ACQ", label: "acquisition", modalities: ["CT"] },
  { name: "QUAL", label: "image qualifier" },
] as const satisfies readonly KeyPart[];

export type PartName = (typeof keyParts)[number]["name"];

/** Whether keys of the modality have the part. */
export function hasPart(modality: string, name: PartName): boolean {
  const part: KeyPart | undefined = keyParts.find((entry) => entry.name === name);
  return part?.modalities === undefined || part.modalities.includes(modality);
}
