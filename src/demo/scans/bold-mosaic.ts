import { element, privateBlock } from "#demo/element.ts";
import { encodeCsaHeader } from "#demo/encode-csa.ts";
import { type Plane, type Point, planVolume } from "#demo/geometry.ts";
import { head } from "#demo/phantom/body.ts";
import { drawLabel } from "#demo/phantom/draw-label.ts";
import { type Instance, type SeriesContext, scaleCount } from "#demo/session.ts";
import { drawMagnitude, MR_BITS, MR_MAXIMUM } from "./draw-mr.ts";
import { type MrFrame, type MrSettings, makeClassicMr } from "./mr-image.ts";

const settings: MrSettings = {
  description: "ep2d_bold_rest",
  bodyPart: "HEAD",
  scanningSequence: "EP",
  sequenceVariant: "SK",
  scanOptions: "FS",
  sequenceName: "*epfid2d1_32",
  dimension: "2D",
  echoTrainLength: 32,
  averages: 1,
  bandwidth: 2298,
  sliceThickness: 8,
  sliceSpacing: 9,
  phaseDirection: "COL",
  coil: "Head_32",
};

/** Tiles a side. The last one holds no slice, so that the sheet has room for its label. */
const SIDE = 4;
const SLICES = SIDE * SIDE - 1;
const TILE = 32;
const SHEET = TILE * SIDE;
const SPACING = 6.875;
const REPETITION_SECONDS = 2;

/** Resting-state fMRI as Siemens writes it: each file is one volume, its slices side by side on a sheet. */
export function makeBoldMosaic(context: SeriesContext): Instance[] {
  const tiles = planVolume({
    plane: "transverse",
    rows: TILE,
    columns: TILE,
    spacing: [SPACING, SPACING],
    slices: SLICES,
    sliceSpacing: settings.sliceSpacing,
    centre: [0, 0, 6],
  });
  const sheet = planSheet(tiles[0] as Plane);
  const volumes = Array.from({ length: scaleCount(context, 20, 2) }, (_, volume): MrFrame => {
    const contrast = { echoTime: 30, repetitionTime: REPETITION_SECONDS * 1000, flipAngle: 77 };
    return {
      ...contrast,
      // The real number wobbles in the last digit from volume to volume.
      echoTime: volume % 2 === 0 ? 30 : 30.001,
      plane: sheet,
      imageType: ["ORIGINAL", "PRIMARY", "M", "ND", "MOSAIC"],
      component: "MAGNITUDE",
      contrast: "T2_STAR",
      echo: 1,
      acquisition: volume + 1,
      seconds: volume * REPETITION_SECONDS,
      window: [900, 1800],
      bitsStored: MR_BITS,
      vendor: describeMosaic(),
      draw: () => drawSheet(context, tiles, volume, contrast),
    };
  });
  return makeClassicMr(context, settings, volumes);
}

/**
 * The sheet as a plane. Its position is what the vendor computes: that of an image as large as the sheet
 * around the middle of the first slice, which is not where any pixel lies.
 */
function planSheet(tile: Plane): Plane {
  const shift = ((SHEET - TILE) / 2) * SPACING;
  const [rx, ry, rz, cx, cy, cz] = tile.orientation;
  const [x, y, z] = tile.position;
  const position: Point = [x - (rx + cx) * shift, y - (ry + cy) * shift, z - (rz + cz) * shift];
  return { ...tile, position, rows: SHEET, columns: SHEET };
}

function drawSheet(
  context: SeriesContext,
  tiles: readonly Plane[],
  volume: number,
  contrast: { echoTime: number; repetitionTime: number; flipAngle: number },
): Uint16Array {
  const sheet = new Uint16Array(SHEET * SHEET);
  tiles.forEach((plane, slice) => {
    const number = volume * SLICES + slice;
    const tile = drawMagnitude({ context, number, body: head, plane }, contrast, 4200);
    const corner = Math.floor(slice / SIDE) * TILE * SHEET + (slice % SIDE) * TILE;
    for (let row = 0; row < TILE; row++) {
      sheet.set(tile.subarray(row * TILE, (row + 1) * TILE), corner + row * SHEET);
    }
  });
  const canvas = { pixels: sheet, rows: SHEET, columns: SHEET };
  const style = { column: SHEET - TILE + 2, value: MR_MAXIMUM, ground: 0 };
  drawLabel(canvas, "BOLD", { ...style, row: SHEET - TILE + 4 });
  drawLabel(canvas, String(volume + 1), { ...style, row: SHEET - TILE + 16 });
  return sheet;
}

/** Number and times of the slices: (0019,xx0A), (0019,xx29), and the CSA image header beside them. */
function describeMosaic() {
  const times = Array.from({ length: SLICES }, (_, slice) => ((slice * 2) % SLICES) * 130);
  return [
    ...privateBlock("SIEMENS MR HEADER", { group: 0x0019 }, [
      [0x0a, "US", SLICES],
      [0x28, "FD", 22.978],
      [0x29, "FD", times],
    ]),
    ...privateBlock("SIEMENS CSA HEADER", { group: 0x0029 }, [
      [0x08, "CS", "IMAGE NUM 4"],
      [
        0x10,
        "OB",
        encodeCsaHeader([
          { name: "NumberOfImagesInMosaic", vr: "US", values: [String(SLICES)] },
          { name: "PhaseEncodingDirectionPositive", vr: "IS", values: ["1"] },
          { name: "BandwidthPerPixelPhaseEncode", vr: "FD", values: ["22.97800000"] },
          { name: "MosaicRefAcqTimes", vr: "FD", values: times.map((time) => time.toFixed(8)) },
          { name: "ImaCoilString", vr: "LO", values: ["HEA;HEP"] },
        ]),
      ],
    ]),
    element(0x0051_0010, "LO", "SIEMENS MR HEADER"),
    element(0x0051_100f, "LO", "HEA;HEP"),
  ];
}
