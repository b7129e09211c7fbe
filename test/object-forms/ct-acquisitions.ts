/** CT: dose that follows the patient, and two kernels of one scan. */
import { scanners } from "#demo/scanners.ts";
import {
  type Acquisition,
  describeFrame,
  type Frame,
  planSlab,
  type Slab,
  type Values,
} from "./acquisition.ts";
import { multienergy, thousandths } from "./ct-places.ts";

const slab: Slab = { slices: 12, spacing: 3, thickness: 3, pixel: 0.75 };

const spiral: Values = {
  study_comments: "contrast tolerated well",
  body_part_examined: "CHEST",
  rescale_intercept: -1024,
  rescale_type: "HU",
  scan_options: "SPIRAL",
  kvp: 120,
  exposure_time: 500,
  filter_type: "FLAT",
  focal_spots: [1.2],
  generator_power: 42,
  reconstruction_diameter: 384,
  data_collection_diameter: 500,
  gantry_detector_tilt: 0,
  table_height: 142.5,
  rotation_direction: "CW",
  revolution_time: 0.5,
  single_collimation_width: 0.6,
  total_collimation_width: 38.4,
  table_speed: 46.08,
  table_feed_per_rotation: 23.04,
  spiral_pitch_factor: 0.6,
  estimated_dose_saving: 12.5,
  ctdi_phantom_type: "IEC Body Dosimetry Phantom",
  ctdi_phantom_type_code: "113691",
  contrast_bolus_agent: "Iohexol",
  contrast_bolus_route: "Intravenous route",
  contrast_bolus_volume: 90,
  contrast_bolus_ingredient: "IODINE",
  contrast_bolus_concentration: 350,
  contrast_bolus_start_time: "09:58:00",
  contrast_bolus_stop_time: "09:58:30",
  contrast_flow_rate: 3,
  contrast_flow_duration: 30,
};

const modulated: Acquisition = {
  name: "CT dose modulation",
  modality: "CT",
  scanner: scanners.siemensCt,
  stacks: {
    "CT|KVP=120|MA=MOD|MAS=MOD|TYPE=AXIAL|ORIENT=TRA": 12,
  },
  frames: planSlab(slab).map(
    (plane, slice): Frame => ({
      imageType: "ORIGINAL\\PRIMARY\\AXIAL",
      frameType: "ORIGINAL\\PRIMARY\\VOLUME\\NONE",
      values: {
        ...describeFrame(slab, plane, slice / 16),
        ...spiral,
        convolution_kernel: "B30f",
        exposure_modulation_type: "XYZ_EC",
        x_ray_tube_current: 60 + slice * 15,
        exposure: 30 + slice * 7,
        ctdi_vol: 2.5 + slice * 0.5,
      },
    }),
  ),
};

const kernels: Acquisition = {
  name: "CT two kernels",
  modality: "CT",
  scanner: scanners.siemensCt,
  stacks: {
    "CT|KVP=120|MA=200|MAS=100|TYPE=AXIAL|ORIENT=TRA|KER=B30F": 12,
    "CT|KVP=120|MA=200|MAS=100|TYPE=AXIAL|ORIENT=TRA|KER=B70F": 12,
  },
  frames: ["B30f", "B70f"].flatMap((kernel) =>
    planSlab(slab).map(
      (plane, slice): Frame => ({
        imageType: "ORIGINAL\\PRIMARY\\AXIAL",
        frameType: "ORIGINAL\\PRIMARY\\VOLUME\\NONE",
        values: {
          ...describeFrame(slab, plane, slice / 16),
          ...spiral,
          convolution_kernel: kernel,
          exposure_modulation_type: "NONE",
          x_ray_tube_current: 200,
          exposure: 100,
          ctdi_vol: 6.8,
        },
      }),
    ),
  ),
};

/** Images of two photon energies, and quantities in thousandths of the usual units. */
const monoenergetic: Acquisition = {
  name: "CT monoenergetic",
  modality: "CT",
  scanner: scanners.siemensCt,
  places: { ...thousandths, ...multienergy },
  stacks: {
    "CT|KVP=120|MA=151|MAS=75|TYPE=VMI40|ORIENT=TRA": 12,
    "CT|KVP=120|MA=151|MAS=75|TYPE=VMI70|ORIENT=TRA": 12,
  },
  frames: [40, 70].flatMap((energy) =>
    planSlab(slab).map(
      (plane, slice): Frame => ({
        imageType: "DERIVED\\PRIMARY\\AXIAL\\VMI",
        frameType: "DERIVED\\PRIMARY\\VOLUME\\VMI",
        values: {
          ...describeFrame(slab, plane, slice / 16),
          ...spiral,
          multienergy: "YES",
          monoenergetic_kev: energy,
          convolution_kernel: "Qr40d\\3",
          x_ray_tube_current: 150.5,
          exposure_time: 500.25,
          exposure: 75.25,
          ctdi_vol: 6.8,
        },
      }),
    ),
  ),
};

export const ctAcquisitions = [modulated, kernels, monoenergetic] as const;
