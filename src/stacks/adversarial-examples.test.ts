/**
 * Series made to mislead, each computed by hand from the rules; the comment above an example derives its
 * keys. Parts are evaluated in steps: TE FA ECHO TYPE KVP FRAME, ORIENT, TI, BED, then OBJ to UNITS, then MA,
 * MAS, TR, ACQ, and last SRC VENC COIL QUAL, each on the groups that the former left.
 */
import { describe, expect, test } from "vitest";
import { stackSeries } from "./stack-series.ts";
import {
  buildSeries,
  nameFrames,
  repeat,
  slices,
  type TestFrame,
  TRA,
} from "./testing/build-series.ts";

interface Example {
  readonly name: string;
  readonly modality: string;
  readonly frames: readonly TestFrame[];
  /** Count, key, and flags if any, in order. */
  readonly stacks: readonly string[];
  readonly reason: string;
  /** False: what the flags say of the grid of positions is another test's matter. */
  readonly checksFlags?: boolean;
}

type Settings = TestFrame["settings"];

function describeStacks(
  modality: string,
  frames: readonly TestFrame[],
  { checksFlags = true } = {},
): string[] {
  return stackSeries(buildSeries(modality, frames), { ctSplitOnDose: "auto" }).map((stack) => {
    const flags = String(stack.columns["stack_flags"] ?? "")
      .split("\\")
      .filter((flag) => checksFlags && flag !== "")
      .join(", ");
    return `${stack.frames.length} × ${stack.key}${flags === "" ? "" : ` (${flags})`}`;
  });
}

const mr: Settings = {
  echo_time: 3,
  flip_angle: 15,
  echo_numbers: 1,
  image_type: "ORIGINAL\\PRIMARY\\M\\ND",
};
const ct: Settings = { kvp: 120, image_type: "ORIGINAL\\PRIMARY\\AXIAL" };
const pet: Settings = { series_type: "DYNAMIC\\IMAGE", image_type: "ORIGINAL\\PRIMARY" };

/** Of sheets and of the slices beside them. */
const grid: Settings = {
  ...mr,
  slice_thickness: 3,
  spacing_between_slices: 3,
  pixel_spacing: "3\\3",
};

/** Numbers of an acquisition, the same for all slices. */
const acquisition = (acquisition_number: number) => () => ({ acquisition_number });

const examples: readonly Example[] = [
  {
    // ECHO: of the cluster 3/3.004 one part says 2, so 2 for all of it; no frame of 7 says, and 7 is the second
    // of two clusters, so 2 as well. A TE of 0 is no TE, and without a number there is no ECHO; with one there
    // is. FA is fixed: left out where missing. THK is not the same in the group TE=3|FA=15, and in no other.
    name: "1 missing beside present values",
    modality: "MR",
    frames: [
      ...slices(4, { ...mr, echo_numbers: 2, slice_thickness: 3 }),
      ...slices(3, { ...mr, echo_time: 3.004, echo_numbers: null }, { start: 8 }),
      ...slices(2, { ...mr, echo_numbers: null, flip_angle: null, slice_thickness: 3 }),
      ...slices(5, { ...mr, echo_time: 7, echo_numbers: null, slice_thickness: 3 }),
      ...slices(3, { ...mr, echo_time: 0, echo_numbers: null, slice_thickness: 3 }),
      ...slices(1, { ...mr, echo_time: null, echo_numbers: 2, slice_thickness: 3 }),
    ],
    stacks: [
      "3 × MR|FA=15|TYPE=M|ORIENT=TRA",
      "1 × MR|FA=15|ECHO=2|TYPE=M|ORIENT=TRA",
      "2 × MR|TE=3|ECHO=2|TYPE=M|ORIENT=TRA",
      "3 × MR|TE=3|FA=15|ECHO=2|TYPE=M|ORIENT=TRA|THK=-",
      "4 × MR|TE=3|FA=15|ECHO=2|TYPE=M|ORIENT=TRA|THK=3",
      "5 × MR|TE=7|FA=15|ECHO=2|TYPE=M|ORIENT=TRA",
    ],
    reason: "split by echo time, flip angle, echo number, slice thickness",
  },
  {
    // Both classes of COIL share place and time, so COIL is what tells them apart; the missing one prints "-".
    name: "1 a coil that is known of one of two sets",
    modality: "MR",
    frames: [...slices(5, { ...mr, coil_string: "H1" }), ...slices(5, mr)],
    stacks: [
      "5 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|COIL=-",
      "5 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|COIL=H1",
    ],
    reason: "split by coil",
  },
  {
    // Bytewise 1.2.10 < 1.2.11 < 1.2.9. Two classes hold several positions; the third holds one, which lies
    // where a frame of another class does. Frames of TE=7 have one frame of reference.
    name: "2 changed frame of reference",
    modality: "MR",
    frames: [
      ...slices(12, { ...mr, frame_of_reference_uid: "1.2.9" }),
      ...slices(8, { ...mr, frame_of_reference_uid: "1.2.10" }, { start: 100 }),
      ...slices(1, { ...mr, frame_of_reference_uid: "1.2.11" }, { start: 4 }),
      ...slices(6, { ...mr, echo_time: 7, echo_numbers: 2, frame_of_reference_uid: "1.2.10" }),
    ],
    stacks: [
      "8 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|FOR=1",
      "1 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|FOR=2",
      "12 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|FOR=3",
      "6 × MR|TE=7|FA=15|ECHO=2|TYPE=M|ORIENT=TRA",
    ],
    reason: "split by echo time, echo number, frame of reference",
  },
  {
    // Each class holds one position and shares no coordinate: the second volume is another acquisition.
    name: "2 a frame of reference per file",
    modality: "MR",
    frames: repeat(2, (volume) =>
      repeat(10, (slice) =>
        slices(
          1,
          { ...mr, frame_of_reference_uid: `1.2.${volume}.${slice}` },
          { start: slice * 2, numbers: acquisition(volume + 1) },
        ),
      ),
    ),
    stacks: ["20 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA (frame-of-reference-varies)"],
    reason: "single",
  },
  {
    // Every class must hold two positions or share a coordinate; the last slice's does neither.
    name: "2 one slice of another frame of reference, at the end",
    modality: "MR",
    frames: [
      ...slices(10, { ...mr, frame_of_reference_uid: "1.2.1" }),
      ...slices(1, { ...mr, frame_of_reference_uid: "1.2.2" }, { start: 20 }),
    ],
    stacks: ["11 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA (frame-of-reference-varies)"],
    reason: "single",
  },
  {
    // Maps by table A, the first that hits (MNIP before SWI); the component comes from the attribute, MIXED is
    // none, and only then from a token. T2_STAR and FAST name a weighting. Tokens that are left (NORM beside
    // FAST+T2_STAR, M beside P) lie at other slices, so QUAL tells no frames apart.
    name: "3 magnitude and phase with a map token",
    modality: "MR",
    frames: (
      [
        [10, 0, null, "M\\NORM"],
        [10, 20, null, "M\\T2_STAR\\FAST"],
        [20, 0, "MIXED", "PHASE\\NORM"],
        [10, 0, "MAGNITUDE", "M\\SWI"],
        [10, 20, "MAGNITUDE", "P\\SWI"],
        [20, 0, "PHASE", "M\\SWI"],
        [3, 0, null, "P\\SWI\\MNIP"],
        [10, 0, "REAL", "M\\FIELD_MAP"],
      ] as const
    ).flatMap(([count, start, complex_image_component, tokens]) =>
      slices(
        count,
        { ...mr, complex_image_component, image_type: `ORIGINAL\\PRIMARY\\${tokens}` },
        { start },
      ),
    ),
    stacks: [
      "20 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA",
      "20 × MR|TE=3|FA=15|ECHO=1|TYPE=P|ORIENT=TRA",
      "10 × MR|TE=3|FA=15|ECHO=1|TYPE=B0MAP+R|ORIENT=TRA",
      "3 × MR|TE=3|FA=15|ECHO=1|TYPE=MINIP+P|ORIENT=TRA",
      "20 × MR|TE=3|FA=15|ECHO=1|TYPE=SWI|ORIENT=TRA",
      "20 × MR|TE=3|FA=15|ECHO=1|TYPE=SWI+P|ORIENT=TRA",
    ],
    reason: "split by image type",
  },
  {
    // Where the tokens P and M of a map lie at the same slices, they are qualifiers that tell frames apart.
    name: "3 component tokens of a map against the component that is written",
    modality: "MR",
    frames: ["M", "P"].flatMap((token) =>
      slices(6, {
        ...mr,
        complex_image_component: "MAGNITUDE",
        image_type: `ORIGINAL\\PRIMARY\\${token}\\SWI`,
      }),
    ),
    stacks: [
      "6 × MR|TE=3|FA=15|ECHO=1|TYPE=SWI|ORIENT=TRA|QUAL=M",
      "6 × MR|TE=3|FA=15|ECHO=1|TYPE=SWI|ORIENT=TRA|QUAL=P",
    ],
    reason: "split by image qualifier",
  },
  {
    // At TE=3 both parts separate; at TE=7 only the thickness; at TE=9 nothing.
    name: "4 two discriminators at once",
    modality: "MR",
    frames: [
      ...[128, 256].flatMap((size) =>
        [3, 5].flatMap((slice_thickness) =>
          slices(4, { ...mr, rows: size, columns: size, slice_thickness }),
        ),
      ),
      ...[3, 5].flatMap((slice_thickness) =>
        slices(4, {
          ...mr,
          echo_time: 7,
          echo_numbers: 2,
          rows: 128,
          columns: 128,
          slice_thickness,
        }),
      ),
      ...slices(4, {
        ...mr,
        echo_time: 9,
        echo_numbers: 3,
        rows: 256,
        columns: 256,
        slice_thickness: 5,
      }),
    ],
    stacks: [
      "4 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|DIM=128X128|THK=3",
      "4 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|DIM=128X128|THK=5",
      "4 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|DIM=256X256|THK=3",
      "4 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|DIM=256X256|THK=5",
      "4 × MR|TE=7|FA=15|ECHO=2|TYPE=M|ORIENT=TRA|THK=3",
      "4 × MR|TE=7|FA=15|ECHO=2|TYPE=M|ORIENT=TRA|THK=5",
      "4 × MR|TE=9|FA=15|ECHO=3|TYPE=M|ORIENT=TRA",
    ],
    reason: "split by echo time, echo number, matrix, slice thickness",
  },
  {
    // Kernel and thickness divide before the dose is looked at: in each of their groups a slice has one
    // current. Thick slices have one for all; thin ones 40 of them, more than 32, which is a modulation.
    name: "4 kernels and thicknesses of one modulated scan",
    modality: "CT",
    frames: ["B70f", "B30f"].flatMap((convolution_kernel) => [
      ...slices(
        40,
        { ...ct, convolution_kernel, slice_thickness: 1 },
        { spacing: 1, numbers: (slice) => ({ x_ray_tube_current: 100 + 3 * slice }) },
      ),
      ...slices(
        8,
        { ...ct, convolution_kernel, slice_thickness: 5 },
        { spacing: 5, numbers: () => ({ x_ray_tube_current: 140 }) },
      ),
    ]),
    stacks: [
      "8 × CT|KVP=120|MA=140|TYPE=AXIAL|ORIENT=TRA|THK=5|KER=B30F",
      "8 × CT|KVP=120|MA=140|TYPE=AXIAL|ORIENT=TRA|THK=5|KER=B70F",
      "40 × CT|KVP=120|MA=MOD|TYPE=AXIAL|ORIENT=TRA|THK=1|KER=B30F (dose-modulated)",
      "40 × CT|KVP=120|MA=MOD|TYPE=AXIAL|ORIENT=TRA|THK=1|KER=B70F (dose-modulated)",
    ],
    reason: "split by tube current, slice thickness, kernel",
  },
  {
    // The kernel separates at an earlier step than the current, so both are printed.
    name: "4 kernels of scans at two doses",
    modality: "CT",
    frames: (
      [
        ["B30f", 300],
        ["B70f", 100],
      ] as const
    ).flatMap(([convolution_kernel, x_ray_tube_current]) =>
      slices(9, { ...ct, convolution_kernel }, { numbers: () => ({ x_ray_tube_current }) }),
    ),
    stacks: [
      "9 × CT|KVP=120|MA=100|TYPE=AXIAL|ORIENT=TRA|KER=B70F",
      "9 × CT|KVP=120|MA=300|TYPE=AXIAL|ORIENT=TRA|KER=B30F",
    ],
    reason: "split by tube current, kernel",
  },
  {
    // Values of one kernel are joined by a slash.
    name: "4 kernels of several values",
    modality: "CT",
    frames: ["I31f\\3", "I31f\\2"].flatMap((convolution_kernel) =>
      slices(10, { ...ct, convolution_kernel }),
    ),
    stacks: [
      "10 × CT|KVP=120|TYPE=AXIAL|ORIENT=TRA|KER=I31F/2",
      "10 × CT|KVP=120|TYPE=AXIAL|ORIENT=TRA|KER=I31F/3",
    ],
    reason: "split by kernel",
  },
  {
    // COIL is tested in the groups of DIM: in the first its classes meet at place and time, in the second they
    // are acquisitions one after the other.
    name: "4 coils that differ by channel in one matrix and by time in another",
    modality: "MR",
    frames: [
      ...["H1", "H2"].flatMap((coil_string) =>
        slices(5, { ...mr, rows: 128, columns: 128, coil_string }, { numbers: acquisition(1) }),
      ),
      ...["H1", "H2"].flatMap((coil_string, index) =>
        slices(
          5,
          { ...mr, rows: 256, columns: 256, coil_string },
          { numbers: acquisition(index + 1) },
        ),
      ),
    ],
    stacks: [
      "5 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|DIM=128X128|COIL=H1",
      "5 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|DIM=128X128|COIL=H2",
      "10 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|DIM=256X256",
    ],
    reason: "split by matrix, coil",
  },
  {
    // Both meet in every class of the other. ";" is not of the alphabet: a digest of the text follows. In the
    // order of bytes "_" is before "|".
    name: "4 coils and qualifiers",
    modality: "MR",
    frames: ["HEA;HEP", "HEA"].flatMap((coil_string) =>
      ["ND", "DIS2D"].flatMap((token) =>
        slices(5, { ...mr, coil_string, image_type: `ORIGINAL\\PRIMARY\\M\\${token}` }),
      ),
    ),
    stacks: [
      "5 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|COIL=HEA_HEP~51484E|QUAL=DIS2D",
      "5 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|COIL=HEA_HEP~51484E|QUAL=ND",
      "5 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|COIL=HEA|QUAL=DIS2D",
      "5 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|COIL=HEA|QUAL=ND",
    ],
    reason: "split by coil, image qualifier",
  },
  {
    // Twelve times, but all those of a bed see the same positions: three places, and these do not overlap.
    name: "5 four passes over three stitched beds",
    modality: "PT",
    frames: repeat(4, (pass) =>
      [0, 1, 2].flatMap((bed) =>
        slices(20, pet, {
          start: bed * 40,
          numbers: () => ({ acquisition_datetime: 1.6e9 + pass * 900 + bed * 240 }),
        }),
      ),
    ),
    stacks: ["240 × PT|BED=ALL|FRAME=DYNAMIC|TYPE=IMAGE|ORIENT=TRA"],
    reason: "single",
  },
  {
    // Places overlap by five positions, so they are numbered, by the first time of each: the last in space was
    // the first to be scanned. Times of a bed jitter by half a second.
    name: "5 passes over beds that are not stitched, in changing order",
    modality: "PT",
    frames: (
      [
        [60, 0],
        [0, 100],
        [30, 200],
        [0, 300],
        [30, 400],
        [60, 500],
        [0, 600],
        [30, 700],
        [0, 800],
      ] as const
    ).flatMap(([start, time]) =>
      slices(20, pet, {
        start,
        numbers: (slice) => ({ acquisition_datetime: 1.6e9 + time + (slice % 2) * 0.5 }),
      }),
    ),
    stacks: [
      "40 × PT|BED=1|FRAME=DYNAMIC|TYPE=IMAGE|ORIENT=TRA",
      "80 × PT|BED=2|FRAME=DYNAMIC|TYPE=IMAGE|ORIENT=TRA",
      "60 × PT|BED=3|FRAME=DYNAMIC|TYPE=IMAGE|ORIENT=TRA",
    ],
    reason: "split by bed",
  },
  {
    // Beds are told apart within corrected and uncorrected frames, each for themselves: the former lie at three
    // stitched places, the latter at one. Then BED has separated them, and CORR has nothing left to separate.
    name: "5 stitched beds, one of them also without attenuation correction",
    modality: "PT",
    frames: [
      ...[0, 1, 2].flatMap((bed) =>
        slices(
          20,
          { ...pet, attenuation_corrected: "Y" },
          { start: bed * 40, numbers: () => ({ acquisition_datetime: 1.6e9 + bed * 240 }) },
        ),
      ),
      ...slices(
        20,
        { ...pet, attenuation_corrected: "N" },
        { start: 40, numbers: () => ({ acquisition_datetime: 1.6e9 + 240 }) },
      ),
    ],
    stacks: [
      "20 × PT|BED=1|FRAME=DYNAMIC|TYPE=IMAGE|ORIENT=TRA",
      "60 × PT|BED=ALL|FRAME=DYNAMIC|TYPE=IMAGE|ORIENT=TRA",
    ],
    reason: "split by bed",
  },
  {
    // 40 currents, each at one of 40 positions; each position as often as any other.
    name: "6 modulated repeats",
    modality: "CT",
    frames: repeat(2, (time) =>
      slices(40, ct, {
        numbers: (slice) => ({
          acquisition_number: time + 1,
          x_ray_tube_current: 100 + 3 * slice,
        }),
      }),
    ),
    stacks: ["80 × CT|KVP=120|MA=MOD|TYPE=AXIAL|ORIENT=TRA (dose-modulated)"],
    reason: "single",
  },
  {
    // MAS is looked at in the groups of MA, here one: two values, each at every position.
    name: "6 modulated repeats of two exposures",
    modality: "CT",
    frames: [50, 100].flatMap((exposure, time) =>
      slices(40, ct, {
        numbers: (slice) => ({
          acquisition_number: time + 1,
          x_ray_tube_current: 100 + 3 * slice,
          exposure,
        }),
      }),
    ),
    stacks: [
      "40 × CT|KVP=120|MA=MOD|MAS=50|TYPE=AXIAL|ORIENT=TRA (dose-modulated)",
      "40 × CT|KVP=120|MA=MOD|MAS=100|TYPE=AXIAL|ORIENT=TRA (dose-modulated)",
    ],
    reason: "split by exposure",
  },
  {
    // The second current is at half of the positions, less than 90 %; modulation is on. Then positions repeat
    // unevenly, and within neither acquisition.
    name: "6 a modulated repeat of half the slices",
    modality: "CT",
    frames: [40, 20].flatMap((count, time) =>
      slices(
        count,
        { ...ct, exposure_modulation_type: "XYZ_EC" },
        {
          numbers: () => ({
            acquisition_number: time + 1,
            x_ray_tube_current: 100 * (time + 1),
          }),
        },
      ),
    ),
    stacks: [
      "40 × CT|KVP=120|MA=MOD|TYPE=AXIAL|ORIENT=TRA|ACQ=1 (dose-modulated)",
      "20 × CT|KVP=120|MA=MOD|TYPE=AXIAL|ORIENT=TRA|ACQ=2 (dose-modulated)",
    ],
    reason: "split by acquisition",
  },
  {
    // Without modulation two of at most four currents share the positions of the smaller one: they split.
    name: "6 a repeat of half the slices at another current",
    modality: "CT",
    frames: [40, 20].flatMap((count, time) =>
      slices(count, ct, {
        numbers: () => ({ acquisition_number: time + 1, x_ray_tube_current: 100 * (time + 1) }),
      }),
    ),
    stacks: [
      "40 × CT|KVP=120|MA=100|TYPE=AXIAL|ORIENT=TRA",
      "20 × CT|KVP=120|MA=200|TYPE=AXIAL|ORIENT=TRA",
    ],
    reason: "split by tube current",
  },
  {
    // 200 to 205 and 300 to 305 are clusters, each at every position.
    name: "6 repeats that waver by five quanta",
    modality: "CT",
    frames: [200, 300].flatMap((current) =>
      slices(42, ct, { numbers: (slice) => ({ x_ray_tube_current: current + (slice % 6) }) }),
    ),
    stacks: [
      "42 × CT|KVP=120|MA=200|TYPE=AXIAL|ORIENT=TRA",
      "42 × CT|KVP=120|MA=300|TYPE=AXIAL|ORIENT=TRA",
    ],
    reason: "split by tube current",
  },
  {
    // 206 is cut off from 200 to 205, 306 likewise, each at a seventh of the positions: not 90 %. But there are
    // four clusters, and two of them share all of their positions.
    name: "6 repeats that waver by six quanta",
    modality: "CT",
    frames: [200, 300].flatMap((current) =>
      slices(42, ct, { numbers: (slice) => ({ x_ray_tube_current: current + (slice % 7) }) }),
    ),
    stacks: [
      "36 × CT|KVP=120|MA=200|TYPE=AXIAL|ORIENT=TRA",
      "6 × CT|KVP=120|MA=206|TYPE=AXIAL|ORIENT=TRA",
      "36 × CT|KVP=120|MA=300|TYPE=AXIAL|ORIENT=TRA",
      "6 × CT|KVP=120|MA=306|TYPE=AXIAL|ORIENT=TRA",
    ],
    reason: "split by tube current",
    checksFlags: false,
  },
  {
    // Magnitude: each of 24 times at one of three positions, less than half. Phase: each at one of two
    // positions, which is half. The map has no time.
    name: "7 inversion times that follow the heart",
    modality: "MR",
    frames: [
      ...heartTimes([0, 1, 2], 8, { ...mr, image_type: "ORIGINAL\\PRIMARY\\M\\ND" }),
      ...heartTimes([0, 1], 2, { ...mr, image_type: "ORIGINAL\\PRIMARY\\P\\ND" }),
      ...slices(3, { ...mr, image_type: "ORIGINAL\\PRIMARY\\M\\ND\\T1_MAP" }, { spacing: 10 }),
    ],
    stacks: [
      "3 × MR|TE=3|FA=15|ECHO=1|TYPE=T1MAP|ORIENT=TRA",
      "1 × MR|TE=3|TI=120|FA=15|ECHO=1|TYPE=P|ORIENT=TRA",
      "1 × MR|TE=3|TI=150|FA=15|ECHO=1|TYPE=P|ORIENT=TRA",
      "1 × MR|TE=3|TI=1020|FA=15|ECHO=1|TYPE=P|ORIENT=TRA",
      "1 × MR|TE=3|TI=1067|FA=15|ECHO=1|TYPE=P|ORIENT=TRA",
      "24 × MR|TE=3|TI=VAR|FA=15|ECHO=1|TYPE=M|ORIENT=TRA (inversion-time-varies)",
    ],
    reason: "split by inversion time, image type",
  },
  {
    // TI is looked at in each plane for itself: one shares its times, the other does not. That leaves no two
    // planes in a group, so PLANE is not printed.
    name: "7 one of two planes follows the heart",
    modality: "MR",
    frames: [
      ...[100, 900].flatMap((inversion_time, index) =>
        slices(4, { ...mr, inversion_time }, { numbers: acquisition(index + 1) }),
      ),
      ...repeat(2, (number) =>
        [0, 1, 2, 3].flatMap((slice) =>
          slices(
            1,
            {
              ...mr,
              inversion_time: 300 + 40 * slice + 1200 * number + 3 * slice * number,
              image_orientation_patient: "1\\0\\0\\0\\0.984808\\0.173648",
            },
            { start: slice * 2, numbers: acquisition(number + 1) },
          ),
        ),
      ),
    ],
    stacks: [
      "4 × MR|TE=3|TI=100|FA=15|ECHO=1|TYPE=M|ORIENT=TRA",
      "4 × MR|TE=3|TI=900|FA=15|ECHO=1|TYPE=M|ORIENT=TRA",
      "8 × MR|TE=3|TI=VAR|FA=15|ECHO=1|TYPE=M|ORIENT=TRA (inversion-time-varies)",
    ],
    reason: "split by inversion time",
  },
  {
    // Gaps of exactly one quantum do not part, but 5.06 is more than five above 5, and 5.12 above 5.06 (5.05 and
    // 5.11 are not). One frame of the second cluster has a number, 7; the first and third take their rank.
    name: "8 a ladder of echo times",
    modality: "MR",
    frames: repeat(13, (step) => [
      ...slices(
        1,
        {
          ...mr,
          echo_time: Number((5 + step / 100).toFixed(2)),
          echo_numbers: step === 8 ? 7 : null,
        },
        { numbers: acquisition(step + 1) },
      ),
      ...slices(
        1,
        { ...mr, echo_time: Number((5 + step / 100).toFixed(2)), echo_numbers: null },
        { start: 2, numbers: acquisition(step + 1) },
      ),
    ]),
    stacks: [
      "12 × MR|TE=5|FA=15|ECHO=1|TYPE=M|ORIENT=TRA",
      "2 × MR|TE=5.12|FA=15|ECHO=3|TYPE=M|ORIENT=TRA",
      "12 × MR|TE=5.06|FA=15|ECHO=7|TYPE=M|ORIENT=TRA",
    ],
    reason: "split by echo time, echo number",
  },
  {
    // Clusters are those of the series: 5.012 of the other flip angle bridges 5.004 and 5.02, and all three
    // have the value of the smallest.
    name: "8 a step that is found at another flip angle",
    modality: "MR",
    frames: [
      ...slices(1, { ...mr, echo_time: 5.02, echo_numbers: null }),
      ...slices(1, { ...mr, echo_time: 5.004, echo_numbers: null }, { start: 2 }),
      ...slices(1, { ...mr, echo_time: 5.012, echo_numbers: null, flip_angle: 20 }),
    ],
    stacks: [
      "2 × MR|TE=5|FA=15|ECHO=1|TYPE=M|ORIENT=TRA",
      "1 × MR|TE=5|FA=20|ECHO=1|TYPE=M|ORIENT=TRA",
    ],
    reason: "split by flip angle",
  },
  {
    // 33 tiles lie 6 by 6 on a sheet of 384 × 384: tiles of 64 × 64, the matrix of the slices. Of the two
    // sheets one shares place and time with a slice (the first), which is half of them.
    name: "9 sheets beside single slices of the same matrix",
    modality: "MR",
    frames: [
      ...sheets(2),
      ...slices(
        33,
        { ...grid, rows: 64, columns: 64, image_type: "ORIGINAL\\PRIMARY\\M\\ND" },
        { spacing: 3, numbers: acquisition(1) },
      ),
    ],
    stacks: [
      "2 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|QUAL=MOSAIC+ND (mosaic)",
      "33 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|QUAL=ND",
    ],
    reason: "split by image qualifier",
  },
  {
    // The matrix is the tile's and separates; then the qualifiers have nothing to separate.
    name: "9 sheets beside single slices of another matrix",
    modality: "MR",
    frames: [
      ...sheets(2),
      ...slices(
        33,
        { ...grid, rows: 384, columns: 384, image_type: "ORIGINAL\\PRIMARY\\M\\ND" },
        { spacing: 3, numbers: acquisition(1) },
      ),
    ],
    stacks: [
      "33 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|DIM=384X384",
      "2 × MR|TE=3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|DIM=64X64 (mosaic)",
    ],
    reason: "split by matrix",
  },
  {
    // The enhanced copy has no echo numbers and takes those of the classic files of its cluster, so that both
    // have one base key, and OBJ separates. The third echo is there in one form only.
    name: "10 classic, enhanced and legacy-converted files in one series",
    modality: "MR",
    frames: [
      ...(
        [
          [2.3, 1, "M_FFE\\M"],
          [2.3, 1, "PHASE MAP\\P"],
          [4.6, 2, "M_FFE\\M"],
          [4.6, 2, "PHASE MAP\\P"],
          [6.9, 3, "M_FFE\\M"],
        ] as const
      ).flatMap(([echo_time, echo_numbers, tokens]) =>
        slices(20, {
          echo_time,
          echo_numbers,
          flip_angle: 15,
          sop_class_uid: "1.2.840.10008.5.1.4.1.1.4",
          image_type: `ORIGINAL\\PRIMARY\\${tokens}`,
        }),
      ),
      ...inOneInstance(
        "1.9.1",
        [2.304, 4.602].flatMap((echo_time) =>
          ["PHASE", "MAGNITUDE"].flatMap((complex_image_component) =>
            slices(20, {
              echo_time,
              flip_angle: 15,
              complex_image_component,
              sop_class_uid: "1.2.840.10008.5.1.4.1.1.4.1",
              image_type: "ORIGINAL\\PRIMARY\\FIELD\\NONE",
            }),
          ),
        ),
      ),
      ...inOneInstance(
        "1.9.2",
        slices(20, {
          echo_time: 2.3,
          flip_angle: 15,
          sop_class_uid: "1.2.840.10008.5.1.4.1.1.4.4",
          image_type: "ORIGINAL\\PRIMARY\\M_FFE\\M",
        }),
      ),
    ],
    stacks: [
      "20 × MR|TE=2.3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|OBJ=CLASSIC",
      "20 × MR|TE=2.3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|OBJ=ENH",
      "20 × MR|TE=2.3|FA=15|ECHO=1|TYPE=M|ORIENT=TRA|OBJ=LEGACY",
      "20 × MR|TE=2.3|FA=15|ECHO=1|TYPE=P|ORIENT=TRA|OBJ=CLASSIC",
      "20 × MR|TE=2.3|FA=15|ECHO=1|TYPE=P|ORIENT=TRA|OBJ=ENH",
      "20 × MR|TE=4.6|FA=15|ECHO=2|TYPE=M|ORIENT=TRA|OBJ=CLASSIC",
      "20 × MR|TE=4.6|FA=15|ECHO=2|TYPE=M|ORIENT=TRA|OBJ=ENH",
      "20 × MR|TE=4.6|FA=15|ECHO=2|TYPE=P|ORIENT=TRA|OBJ=CLASSIC",
      "20 × MR|TE=4.6|FA=15|ECHO=2|TYPE=P|ORIENT=TRA|OBJ=ENH",
      "20 × MR|TE=6.9|FA=15|ECHO=3|TYPE=M|ORIENT=TRA",
    ],
    reason: "split by echo time, echo number, image type, object kind",
  },
];

/** Slices 10 mm apart, each with inversion times of its own: 120 + 30·slice ms, then one a heart beat. */
function heartTimes(places: readonly number[], count: number, settings: Settings): TestFrame[] {
  return places.flatMap((place) =>
    repeat(count, (beat) =>
      slices(
        1,
        { ...settings, inversion_time: 120 + 30 * place + beat * (900 + 17 * place) },
        { start: place * 10, numbers: acquisition(beat + 1) },
      ),
    ),
  );
}

/** Mosaics of 33 tiles, one an acquisition; their corner lies beyond that of the slice. */
function sheets(count: number): TestFrame[] {
  return repeat(count, (time) => [
    {
      settings: {
        ...grid,
        image_orientation_patient: TRA,
        rows: 384,
        columns: 384,
        tiles: 33,
        image_type: "ORIGINAL\\PRIMARY\\M\\ND\\MOSAIC",
      },
      numbers: {
        image_position_patient_x: -580,
        image_position_patient_y: -580,
        image_position_patient_z: 0,
        ...acquisition(time + 1)(),
      },
    },
  ]);
}

function inOneInstance(instance: string, frames: readonly TestFrame[]): TestFrame[] {
  return frames.map((frame, index) => ({ ...frame, instance, frameNumber: index + 1 }));
}

describe.each(examples)("$name", ({ modality, frames, stacks, reason, checksFlags = true }) => {
  test("has its stacks and reason", () => {
    expect(describeStacks(modality, frames, { checksFlags })).toEqual(stacks);
    const found = stackSeries(buildSeries(modality, frames), { ctSplitOnDose: "auto" });
    expect(new Set(found.map((stack) => stack.reason))).toEqual(new Set([reason]));
  });

  test("has them in reverse, too", () => {
    const reversed = nameFrames(frames).reverse();
    expect(describeStacks(modality, reversed, { checksFlags })).toEqual(stacks);
  });
});

test.each([
  [64, 64],
  [65, 1],
])("%d inversion times of all slices make %d stacks", (times, stacks) => {
  const frames = repeat(times, (time) =>
    slices(2, { ...mr, inversion_time: 100 + 50 * time }, { numbers: acquisition(time + 1) }),
  );
  expect(describeStacks("MR", frames)).toHaveLength(stacks);
});

describe("remarks on the grid of positions", () => {
  const flagsOf = (modality: string, frames: readonly TestFrame[]): string[][] =>
    stackSeries(buildSeries(modality, frames), { ctSplitOnDose: "auto" }).map((stack) =>
      String(stack.columns["stack_flags"] ?? "").split("\\"),
    );
  const temporal = (temporal_position_identifier: number) => () => ({
    temporal_position_identifier,
  });

  test("two reconstructions of equal settings and places cannot be told apart", () => {
    const frames = repeat(2, () =>
      slices(20, pet, { numbers: () => ({ acquisition_datetime: 1.6e9 }) }),
    );
    expect(flagsOf("PT", frames)).toEqual([["duplicate-position"]]);
  });

  test("nor can echoes that are written with one time and one number", () => {
    const manufacturer = "GE MEDICAL SYSTEMS";
    const frames = repeat(3, () => slices(10, { ...mr, manufacturer }));
    expect(flagsOf("MR", frames)).toEqual([["duplicate-position"]]);
  });

  test("volumes in time are no duplicates, and are complete where none lacks a slice", () => {
    const frames = repeat(3, (time) => slices(10, mr, { numbers: temporal(time + 1) }));
    expect(flagsOf("MR", frames)).toEqual([[""]]);
    expect(flagsOf("MR", frames.slice(1))).toEqual([["incomplete-grid"]]);
    expect(flagsOf("MR", frames.toSpliced(15, 1))).toEqual([["incomplete-grid"]]);
  });

  test("a few phase images among many of magnitude are a stack with holes", () => {
    const phase = slices(32, { ...mr, image_type: "ORIGINAL\\PRIMARY\\P" });
    const frames = [
      ...repeat(7, (time) => slices(32, mr, { numbers: temporal(time + 1) })),
      ...[0, 1, 2, 10, 31].map((slice) => phase[slice] as TestFrame),
    ];
    const [magnitude, few] = flagsOf("MR", frames);
    expect(magnitude).toEqual([""]);
    expect(few).toContain("incomplete-grid");
  });
});
