/**
 * Where the values that stacks and dose hang on are read, and in which order, written down a second time: of objects
 * without functional groups and of those with them. The readings that `npm run conformance` expects follow the
 * catalogue, so a place put in the wrong order would be wrong there too.
 */
import { expect, test } from "vitest";
import { type Candidate, compileLocations } from "./compiled-locations.ts";
import { describeLocation } from "./describe-location.ts";

const table: Readonly<Record<string, readonly [classic: string, framed: string]>> = {
  echo_time: [
    "T; T(0018,9082); CSA EchoTime; PH 0018,0081",
    "FG(0018,9114/0018,9082); U; T; T(0018,9082); PH 0018,0081; CSA EchoTime",
  ],
  repetition_time: [
    "T; 2005,xx30@Philips MR Imaging DD 001; CSA RepetitionTime; PH 0018,0080",
    "FG(0018,9112/0018,0080); U; T; PH 0018,0080; 2005,xx30@Philips MR Imaging DD 001; CSA RepetitionTime",
  ],
  inversion_time: [
    "T; T(0018,9079); 2001,xx84@Philips Imaging DD 001; 2001,xx1B@Philips Imaging DD 001; CSA InversionTime; PH 0018,0082",
    "FG(0018,9115/0018,9079); U; T; T(0018,9079); PH 0018,0082; 2001,xx84@Philips Imaging DD 001; 2001,xx1B@Philips Imaging DD 001; CSA InversionTime",
  ],
  flip_angle: [
    "T; CSA FlipAngle; PH 0018,1314",
    "FG(0018,9112/0018,1314); U; T; PH 0018,1314; CSA FlipAngle",
  ],
  image_type: [
    "T",
    "FG(0018,9226/0008,9007); FG(0018,9227/0008,9007); FG(0018,9329/0008,9007); FG(0018,9751/0008,9007); U; T",
  ],
  image_position_patient: [
    "T; T(0020,0030); PH 0020,0032",
    "FG(0020,9113/0020,0032); U; T; T(0020,0030); PH 0020,0032",
  ],
  image_orientation_patient: [
    "T; T(0020,0035); PH 0020,0037",
    "FG(0020,9116/0020,0037); U; T; T(0020,0035); PH 0020,0037",
  ],
  rescale_slope: ["T; PH 0028,1053", "FG(0028,9145/0028,1053); U; T; PH 0028,1053"],
  window_center: ["T", "FG(0028,9132/0028,1050); U; T"],
  diffusion_b_value: [
    "T; T(0020,4000); 0019,xx0C@SIEMENS MR HEADER; 0043,xx39@GEMS_PARM_01; 2001,xx03@Philips Imaging DD 001; 0065,xx09@Image Private Header; CSA B_value",
    "FG(0018,9117/0018,9087); U; U(0020,4000); T; T(0020,4000); 0019,xx0C@SIEMENS MR HEADER; 0043,xx39@GEMS_PARM_01; 2001,xx03@Philips Imaging DD 001; 0065,xx09@Image Private Header; CSA B_value",
  ],
  complex_image_component: [
    "T; 0043,xx2F@GEMS_PARM_01; 2005,xx11@Philips MR Imaging DD 001",
    "FG(0018,9226/0008,9208); FG(0018,9227/0008,9208); T; 0043,xx2F@GEMS_PARM_01; 2005,xx11@Philips MR Imaging DD 001",
  ],
  images_in_acquisition: ["0021,xx4F@GEMS_RELA_01; T", "0021,xx4F@GEMS_RELA_01; U; T"],
  kvp: ["T", "FG(0018,9325[*]/0018,0060); U; T"],
  x_ray_tube_current: [
    "T; T(0018,8151)",
    "FG(0018,9321/0018,9330); U; U(0018,8151); T; T(0018,8151)",
  ],
  exposure_time: ["T; T(0018,8150)", "FG(0018,9321/0018,9328); U; U(0018,8150); T; T(0018,8150)"],
  exposure: ["T; T(0018,1153)", "FG(0018,9321/0018,9332); U; U(0018,1153); T; T(0018,1153)"],
  radionuclide_total_dose: [
    "T; T(0054,0016/0018,1074); 0009,xx38@GEMS_PETD_01",
    "U; U(0054,0016/0018,1074); T; T(0054,0016/0018,1074); 0009,xx38@GEMS_PETD_01",
  ],
  radionuclide_half_life: [
    "T; T(0054,0016/0018,1075); 0009,xx3F@GEMS_PETD_01",
    "U; U(0054,0016/0018,1075); T; T(0054,0016/0018,1075); 0009,xx3F@GEMS_PETD_01",
  ],
  actual_frame_duration: ["T", "FG(0020,9111/0018,9220); U; T"],
};

const plans = new Map(compileLocations().columns.map((plan) => [plan.column.name, plan]));

test.each(Object.entries(table))("%s is read in this order", (name, expected) => {
  const plan = plans.get(name);
  const write = (candidates: readonly Candidate[] = []): string =>
    candidates
      .map(({ location }) =>
        describeLocation(location, plan?.column.tag ?? null)
          .replace("Siemens CSA header,", "CSA")
          .replace("Philips frame item", "PH"),
      )
      .join("; ");
  expect([write(plan?.classic), write(plan?.framed)]).toEqual(expected);
});
