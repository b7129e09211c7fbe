/**
 * MR of three makers whose classic images say by private elements what enhanced ones say by standard ones. In the
 * legacy-converted form these lie among the unassigned attributes only: what all frames have is shared, the rest
 * per frame (PS3.3 §C.7.6.16.2.25).
 */
import { attribute, element, privateBlock } from "#demo/element.ts";
import { encodeCsaHeader } from "#demo/encode-csa.ts";
import { scanners } from "#demo/scanners.ts";
import {
  type Acquisition,
  describeFrame,
  type Frame,
  planSlab,
  type Values,
} from "./acquisition.ts";
import { directions, gradientEcho, slab } from "./mr-acquisitions.ts";
import { mrPlaces } from "./mr-places.ts";
import { onlySaidPrivately, saidPrivately } from "./place.ts";

const spinEcho: Values = {
  ...gradientEcho,
  scanning_sequence: "SE\\EP",
  sequence_variant: "SK",
  echo_train_length: 96,
  repetition_time: 4000,
  flip_angle: 90,
  echo_time: 88,
  echo_numbers: "1",
};

type Direction = (typeof directions)[number];

/** What is measured of a direction; zeros stand for none. */
const describeWeighting = (direction: Direction): Values =>
  isWeighted(direction)
    ? {
        diffusion_b_value: 1000,
        diffusion_directionality: "DIRECTIONAL",
        diffusion_gradient_orientation: direction,
      }
    : { diffusion_b_value: 0, diffusion_directionality: "NONE" };

const isWeighted = (direction: Direction): boolean => direction.some((part) => part !== 0);

const weightingPlaces = {
  diffusion_b_value: saidPrivately(mrPlaces.diffusion_b_value.enhanced),
  diffusion_directionality: saidPrivately(mrPlaces.diffusion_directionality.enhanced),
  diffusion_gradient_orientation: saidPrivately(mrPlaces.diffusion_gradient_orientation.enhanced),
};

/** The image header differs from frame to frame, the series header does not. */
const csaOf = (direction: Direction) =>
  privateBlock("SIEMENS CSA HEADER", { group: 0x0029 }, [
    [
      0x10,
      "OB",
      encodeCsaHeader([
        { name: "PhaseEncodingDirectionPositive", vr: "IS", values: ["1"] },
        { name: "ImaCoilString", vr: "LO", values: ["HEA;HEP"] },
        { name: "ICE_Dims", vr: "LO", values: ["X_1_1_1_1_1_1_1_1_1_1_1_1"] },
        ...(isWeighted(direction)
          ? [
              {
                name: "DiffusionGradientDirection",
                vr: "FD",
                values: direction.map((part) => part.toFixed(8)),
              },
            ]
          : []),
      ]),
    ],
    [0x20, "OB", encodeCsaHeader([{ name: "tSequenceFileName", vr: "LO", values: ["ep2d"] }])],
  ]);

const siemens: Acquisition = {
  name: "MR diffusion of Siemens",
  modality: "MR",
  scanner: scanners.siemensMr,
  stacks: { "MR|TE=88|FA=90|ECHO=1|TYPE=M|ORIENT=TRA": 20 },
  places: {
    ...weightingPlaces,
    coil_string: saidPrivately((value) => [
      ["FG/MRReceiveCoilSequence/MultiCoilDefinitionSequence/MultiCoilElementName", value],
    ]),
    phase_encoding_positive: onlySaidPrivately("an enhanced object says the axis only"),
    echo_numbers: onlySaidPrivately("an enhanced object does not number echoes"),
  },
  frames: directions.flatMap((direction) =>
    planSlab(slab).map(
      (plane): Frame => ({
        imageType: "ORIGINAL\\PRIMARY\\DIFFUSION\\NONE",
        frameType: "ORIGINAL\\PRIMARY\\DIFFUSION\\NONE",
        component: "MAGNITUDE",
        contrast: "DIFFUSION",
        values: {
          ...describeFrame(slab, plane, 1),
          ...spinEcho,
          ...describeWeighting(direction),
          coil_string: "HEA;HEP",
          phase_encoding_positive: 1,
        },
        vendor: [
          ...privateBlock("SIEMENS MR HEADER", { group: 0x0019 }, [
            [0x0c, "IS", isWeighted(direction) ? 1000 : 0],
            [0x0d, "CS", isWeighted(direction) ? "DIRECTIONAL" : "NONE"],
          ]),
          ...csaOf(direction),
        ],
      }),
    ),
  ),
};

/** GE's image type code: 0 magnitude, 1 phase; its b-values may have 10⁹ added (dcm2niix#602). */
const ge: Acquisition = {
  name: "MR diffusion of GE",
  modality: "MR",
  scanner: scanners.geMr,
  stacks: {
    "MR|TE=88|FA=90|ECHO=1|TYPE=M|ORIENT=TRA": 10,
    "MR|TE=88|FA=90|ECHO=1|TYPE=P|ORIENT=TRA": 10,
  },
  places: {
    diffusion_b_value: weightingPlaces.diffusion_b_value,
    complex_image_component: saidPrivately(() => []), // written for all enhanced frames
  },
  frames: (["MAGNITUDE", "PHASE"] as const).flatMap((component, code) =>
    [0, 1000].flatMap((bValue) =>
      planSlab(slab).map(
        (plane): Frame => ({
          imageType: "ORIGINAL\\PRIMARY\\OTHER",
          frameType: "ORIGINAL\\PRIMARY\\DIFFUSION\\NONE",
          component,
          contrast: "DIFFUSION",
          values: {
            ...describeFrame(slab, plane, 1),
            ...spinEcho,
            diffusion_b_value: bValue,
            complex_image_component: component,
          },
          vendor: privateBlock("GEMS_PARM_01", { group: 0x0043 }, [
            [0x2f, "SS", code],
            [0x39, "IS", [bValue === 0 ? 0 : 1e9 + bValue, 8, 0, 0]],
          ]),
        }),
      ),
    ),
  ),
};

/** Philips writes b-value and type in two blocks, and a copy of standard attributes in a sequence of a third. */
const philips: Acquisition = {
  name: "MR diffusion of Philips",
  modality: "MR",
  scanner: scanners.philipsMr,
  stacks: {
    "MR|TE=88|FA=90|ECHO=1|TYPE=M|ORIENT=TRA": 20,
    "MR|TE=88|FA=90|ECHO=1|TYPE=P|ORIENT=TRA": 20,
  },
  places: {
    ...weightingPlaces,
    complex_image_component: saidPrivately(() => []), // written for all enhanced frames
    philips_image_type: onlySaidPrivately("the maker's own word"),
    flip_angle: saidPrivately(mrPlaces.flip_angle.enhanced),
  },
  frames: (["MAGNITUDE", "PHASE"] as const).flatMap((component) =>
    directions.flatMap((direction) =>
      planSlab(slab).map(
        (plane): Frame => ({
          imageType: "ORIGINAL\\PRIMARY\\OTHER",
          frameType: "ORIGINAL\\PRIMARY\\DIFFUSION\\NONE",
          component,
          contrast: "DIFFUSION",
          values: {
            ...describeFrame(slab, plane, 1),
            ...spinEcho,
            ...describeWeighting(direction),
            complex_image_component: component,
            philips_image_type: component.charAt(0),
          },
          vendor: [
            ...privateBlock("Philips Imaging DD 001", { group: 0x2001 }, [
              [0x03, "FL", isWeighted(direction) ? 1000 : 0],
              [0x04, "CS", isWeighted(direction) ? "O" : "N"],
            ]),
            ...privateBlock("Philips MR Imaging DD 001", { group: 0x2005 }, [
              [0x11, "CS", component.charAt(0)],
              ...direction.map((part, index) => [0xb0 + index, "FL", part] as const),
            ]),
            element(0x2005_0014, "LO", "Philips MR Imaging DD 005"),
            element(0x2005_140f, "SQ", [[attribute("FlipAngle", 90)]]),
          ],
        }),
      ),
    ),
  ),
};

export const makerAcquisitions = [siemens, ge, philips] as const;
