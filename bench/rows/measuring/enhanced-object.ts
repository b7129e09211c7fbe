/** Enhanced MR objects of many frames; each frame has the functional groups that scanners write. */
import { attribute, type DataSet, orderElements, sequence } from "#demo/element.ts";
import { encodeFile } from "#demo/encode-file.ts";
import { makeSingleImage } from "#demo/single-image.ts";

const ENHANCED_MR = "1.2.840.10008.5.1.4.1.1.4.1";
const SLICES = 50;

/** The bytes of a file, an object of a study of its own; `name` tells several apart. */
export function makeEnhancedObject(name: string, frames: number): Uint8Array {
  const whole = makeSingleImage(1, name, {
    with: [
      attribute("SOPClassUID", ENHANCED_MR),
      attribute("NumberOfFrames", frames),
      attribute(
        "PerFrameFunctionalGroupsSequence",
        Array.from({ length: frames }, (_, frame) => describeFrame(frame)),
      ),
    ],
  });
  return encodeFile(whole, { encoding: "ELE" });
}

function describeFrame(frame: number): DataSet {
  const volume = Math.floor(frame / SLICES);
  const slice = frame % SLICES;
  return orderElements([
    sequence("FrameContentSequence", [
      attribute(
        "FrameAcquisitionDateTime",
        `20200101${String(100000 + (frame % 50000)).slice(1)}0.5`,
      ),
      attribute("TemporalPositionIndex", [volume + 1]),
      attribute("DimensionIndexValues", [1, slice + 1, volume + 1]),
    ]),
    sequence("PlanePositionSequence", [attribute("ImagePositionPatient", [-96, -96, slice * 3])]),
    sequence("PlaneOrientationSequence", [
      attribute("ImageOrientationPatient", [1, 0, 0, 0, 1, 0]),
    ]),
    sequence("MREchoSequence", [attribute("EffectiveEchoTime", [30])]),
    sequence("PixelMeasuresSequence", [
      attribute("SliceThickness", 3),
      attribute("PixelSpacing", [3, 3]),
    ]),
  ]);
}
