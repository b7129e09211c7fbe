/** MR: several echoes, Dixon, diffusion, field map. */
import { scanners } from "#demo/scanners.ts";
import {
  type Acquisition,
  describeFrame,
  type Frame,
  planSlab,
  type Slab,
  type Values,
} from "./acquisition.ts";

export const slab: Slab = { slices: 5, spacing: 3.6, thickness: 3, pixel: 1.25 };

/** All that a gradient echo of the head says, whatever it is for. */
export const gradientEcho: Values = {
  body_part_examined: "HEAD",
  repetition_time: 650,
  flip_angle: 25,
  echo_train_length: 1,
  scanning_sequence: "GR",
  sequence_variant: "SP",
  scan_options: "PFP",
  sequence_name: "fl2d",
  mr_acquisition_type: "2D",
  angio_flag: "N",
  variable_flip_angle_flag: "N",
  number_of_averages: 2,
  imaging_frequency: 123.25,
  imaged_nucleus: "1H",
  magnetic_field_strength: 3,
  acquisition_duration: 93.5,
  number_of_phase_encoding_steps: 180,
  percent_sampling: 75,
  percent_phase_field_of_view: 87.5,
  pixel_bandwidth: 260,
  acquisition_matrix: [0, 240, 180, 0],
  phase_encoding_direction: "ROW",
  receive_coil_name: "Head_32",
  transmit_coil_name: "Body",
  sar: 0.125,
  b1rms: 1.5,
  dbdt: 40,
  rescale_type: "US",
  parallel_acquisition_technique: "GRAPPA",
  parallel_reduction_factor_in_plane: 2,
  parallel_reduction_factor_out_of_plane: 1,
  images_in_acquisition: 30,
};

const multiEcho: Acquisition = {
  name: "MR multi-echo",
  modality: "MR",
  scanner: scanners.siemensMr,
  stacks: {
    "MR|TE=4.92|FA=25|ECHO=1|TYPE=M|ORIENT=TRA": 5,
    "MR|TE=7.38|FA=25|ECHO=2|TYPE=M|ORIENT=TRA": 5,
    "MR|TE=9.84|FA=25|ECHO=3|TYPE=M|ORIENT=TRA": 5,
  },
  frames: [4.92, 7.38, 9.84].flatMap((echoTime, echo) =>
    planSlab(slab).map(
      (plane, slice): Frame => ({
        imageType: "ORIGINAL\\PRIMARY\\M\\ND",
        frameType: "ORIGINAL\\PRIMARY\\T2_STAR\\NONE",
        component: "MAGNITUDE",
        contrast: "T2_STAR",
        values: {
          ...describeFrame(slab, plane, slice / 8),
          ...gradientEcho,
          echo_time: echoTime,
          echo_numbers: String(echo + 1),
        },
      }),
    ),
  ),
};

/** Opposed-phase and in-phase images are of an echo each; water and fat are computed from both. */
const dixonParts = [
  { type: "OPP_PHASE", echoTime: 1.23, echo: "1", source: "ORIGINAL", flavour: "OPP_PHASE" },
  { type: "IN_PHASE", echoTime: 2.46, echo: "2", source: "ORIGINAL", flavour: "IN_PHASE" },
  { type: "WATER", echoTime: 1.23, echo: "1", source: "DERIVED", flavour: "WATER" },
  { type: "FAT", echoTime: 1.23, echo: "1", source: "DERIVED", flavour: "FAT" },
] as const;

const dixon: Acquisition = {
  name: "MR Dixon",
  modality: "MR",
  scanner: scanners.geMr,
  stacks: {
    "MR|TE=1.23|FA=9|ECHO=1|TYPE=F|ORIENT=TRA": 5,
    "MR|TE=1.23|FA=9|ECHO=1|TYPE=OPP|ORIENT=TRA": 5,
    "MR|TE=1.23|FA=9|ECHO=1|TYPE=W|ORIENT=TRA": 5,
    "MR|TE=2.46|FA=9|ECHO=2|TYPE=IN|ORIENT=TRA": 5,
  },
  frames: dixonParts.flatMap(({ type, echoTime, echo, source, flavour }) =>
    planSlab(slab).map(
      (plane): Frame => ({
        imageType: `${source}\\PRIMARY\\${type}\\NONE`,
        frameType: `${source}\\PRIMARY\\${flavour}\\NONE`,
        component: "MAGNITUDE",
        contrast: "T1",
        values: {
          ...describeFrame(slab, plane, 1),
          ...gradientEcho,
          mr_acquisition_type: "3D",
          repetition_time: 4.1,
          flip_angle: 9,
          echo_time: echoTime,
          echo_numbers: echo,
          ...(source === "DERIVED" ? { derivation_description: "two-point Dixon" } : {}),
        },
      }),
    ),
  ),
};

export const directions = [
  [0, 0, 0],
  [1, 0, 0],
  [0, 0.6, 0.8],
  [0.6, 0.8, 0],
] as const;

const diffusion: Acquisition = {
  name: "MR diffusion",
  modality: "MR",
  scanner: scanners.siemensXaMr,
  stacks: {
    "MR|TE=88|FA=90|ECHO=1|TYPE=M|ORIENT=TRA": 20,
  },
  frames: directions.flatMap((direction, volume) =>
    planSlab(slab).map(
      (plane, slice): Frame => ({
        imageType: "ORIGINAL\\PRIMARY\\DIFFUSION\\NONE",
        frameType: "ORIGINAL\\PRIMARY\\DIFFUSION\\NONE",
        component: "MAGNITUDE",
        contrast: "DIFFUSION",
        values: {
          ...describeFrame(slab, plane, volume * 4 + slice / 2),
          ...gradientEcho,
          acquisition_number: volume + 1,
          scanning_sequence: "SE\\EP",
          sequence_variant: "SK",
          echo_train_length: 96,
          repetition_time: 4000,
          flip_angle: 90,
          echo_time: 88,
          echo_numbers: "1",
          diffusion_b_value: volume === 0 ? 0 : 1000,
          diffusion_directionality: volume === 0 ? "NONE" : "DIRECTIONAL",
          ...(volume === 0 ? {} : { diffusion_gradient_orientation: direction }),
          temporal_position_identifier: volume + 1,
          number_of_temporal_positions: directions.length,
          temporal_resolution: 4000,
        },
      }),
    ),
  ),
};

const fieldMap: Acquisition = {
  name: "MR field map",
  modality: "MR",
  scanner: scanners.siemensMr,
  stacks: {
    "MR|TE=4.92|FA=25|ECHO=1|TYPE=M|ORIENT=TRA": 5,
    "MR|TE=4.92|FA=25|ECHO=1|TYPE=P|ORIENT=TRA": 5,
    "MR|TE=7.38|FA=25|ECHO=2|TYPE=M|ORIENT=TRA": 5,
    "MR|TE=7.38|FA=25|ECHO=2|TYPE=P|ORIENT=TRA": 5,
  },
  frames: [4.92, 7.38].flatMap((echoTime, echo) =>
    (["MAGNITUDE", "PHASE"] as const).flatMap((component) =>
      planSlab(slab).map(
        (plane): Frame => ({
          imageType: `ORIGINAL\\PRIMARY\\${component === "PHASE" ? "P" : "M"}\\ND`,
          frameType: "ORIGINAL\\PRIMARY\\FIELD_MAP_SOURCE\\NONE",
          component,
          contrast: "T2_STAR",
          values: {
            ...describeFrame(slab, plane, 2),
            ...gradientEcho,
            rescale_intercept: component === "PHASE" ? -4096 : 0,
            rescale_slope: component === "PHASE" ? 2 : 1,
            echo_time: echoTime,
            echo_numbers: String(echo + 1),
            trigger_time: 0,
            image_comments: "two echoes",
          },
        }),
      ),
    ),
  ),
};

/** Inversion recovery with preparation: what the others lack. */
const inversion: Acquisition = {
  name: "MR inversion recovery",
  modality: "MR",
  scanner: scanners.siemensXaMr,
  stacks: {
    "MR|TE=2.98|TI=900|FA=9|ECHO=1|TYPE=M|ORIENT=TRA": 5,
  },
  frames: planSlab(slab).map(
    (plane): Frame => ({
      imageType: "ORIGINAL\\PRIMARY\\M\\NORM",
      frameType: "ORIGINAL\\PRIMARY\\T1\\NONE",
      component: "MAGNITUDE",
      contrast: "T1",
      values: {
        ...describeFrame(slab, plane, 3),
        ...gradientEcho,
        mr_acquisition_type: "3D",
        scanning_sequence: "GR\\IR",
        sequence_variant: "SK\\MTC\\SP",
        phase_encoding_direction: "COL",
        acquisition_matrix: [240, 0, 0, 180],
        repetition_time: 2300,
        inversion_time: 900,
        flip_angle: 9,
        echo_time: 2.98,
        echo_numbers: "1",
      },
    }),
  ),
};

export const mrAcquisitions = [multiEcho, dixon, diffusion, fieldMap, inversion] as const;
