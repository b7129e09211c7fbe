import { describe, expect, test } from "vitest";
import type { Settings } from "#stacks/series-frames.ts";
import { readImageType } from "./image-type.ts";

const codeOf = (modality: string, settings: Settings, isIsotropicTrace = false): string =>
  readImageType(modality, settings, isIsotropicTrace).code;

const mr = (tokens: string, more: Settings = {}): string =>
  codeOf("MR", { image_type: `ORIGINAL\\PRIMARY\\${tokens}`, ...more });

describe("components of MR", () => {
  test.each([
    ["M\\ND", "M"],
    ["P\\ND", "P"],
    ["M_FFE\\M\\FFE", "M"],
    ["PHASE MAP\\P\\FFE", "P"],
    ["R_IR\\R\\IR", "R"],
    ["CR_IR\\CR\\IR", "CR"],
    ["IMAGINARY", "I"],
    ["OTHER", "M"],
    ["FAST", "M"],
    ["T2\\NONE", "M"],
    ["DIFFUSION\\NONE", "M"],
    ["MIXED\\MIXED", "M"],
  ])("reads %s as %s", (tokens, code) => {
    expect(mr(tokens)).toBe(code);
  });

  test("believes the attribute before the tokens, but not MIXED", () => {
    expect(mr("M_FFE\\M\\FFE", { complex_image_component: "REAL" })).toBe("R");
    expect(mr("P", { complex_image_component: "MIXED" })).toBe("P");
    expect(mr("M", { philips_image_type: "CR" })).toBe("CR");
  });

  test("reads Siemens' image type text as further tokens", () => {
    expect(mr("FMRI\\NONE", { image_type_text: "P\\ND" })).toBe("P");
  });

  test("says when M is assumed", () => {
    const read = (image_type: string) => readImageType("MR", { image_type }, false).isAssumed;
    expect(read("ORIGINAL\\PRIMARY\\OTHER")).toBe(true);
    expect(read("ORIGINAL\\PRIMARY\\M")).toBe(false);
    expect(read("DERIVED\\PRIMARY\\ADC")).toBe(false);
  });
});

describe("maps and derived images of MR", () => {
  test("calls FA in colour CFA (Siemens XA)", () => {
    expect(mr("DIFFUSION\\FA", { samples_per_pixel: 3 })).toBe("CFA");
    expect(mr("DIFFUSION\\FA", { samples_per_pixel: 1 })).toBe("FA");
  });

  test.each([
    ["DIFFUSION\\ADC", "ADC"],
    ["DIFFUSION\\TRACEW\\ND", "TRACE"],
    ["FA\\ND", "FA"],
    ["COLFA", "CFA"],
    ["T1 MAP", "T1MAP"],
    ["T2_STAR MAP", "T2SMAP"],
    ["FIELD MAP", "B0MAP"],
    ["RCBV", "CBV"],
    ["METABOLITE_MAP", "METMAP"],
    ["SW_M_FFE\\SW_M\\FFE", "SWI"],
    ["SW_P_FFE\\SW_P\\FFE", "SWI+P"],
    ["MIP_COR\\DIS2D\\SUB", "MIP"],
    ["CSA MIP", "MIP"],
    ["DIXON\\WATER", "W"],
    ["DIXON\\OPP", "OPP"],
    ["IN", "M"],
    ["MNIP", "MINIP"],
    ["SWI\\P", "SWI+P"],
    ["VELOCITY\\P", "VEL+P"],
    ["VELOCITY\\M", "VEL"],
    ["MPR", "MPR"],
    ["SUB", "SUB"],
  ])("reads %s as %s", (tokens, code) => {
    expect(mr(tokens)).toBe(code);
  });

  test("takes short Philips values only from Philips", () => {
    const philips = { manufacturer: "Philips Medical Systems" };
    expect(mr("NONE\\T1", philips)).toBe("T1MAP");
    expect(mr("NONE\\T1", { manufacturer: "SIEMENS" })).toBe("M");
    expect(mr("W\\W\\DERIVED", philips)).toBe("W");
    expect(mr("M", { philips_image_type: "B0" })).toBe("B0MAP");
  });

  test("appends the component of a map that only the attribute states", () => {
    expect(mr("FIELD_MAP", { complex_image_component: "REAL" })).toBe("B0MAP+R");
    expect(mr("M0", { complex_image_component: "REAL" })).toBe("M0+R");
  });

  test("looks at SOP class, technique and ASL context", () => {
    expect(mr("M", { sop_class_uid: "1.2.840.10008.5.1.4.1.1.4.2" })).toBe("MRS");
    expect(mr("M", { sop_class_uid: "1.2.840.10008.5.1.4.1.1.7" })).toBe("SC");
    expect(mr("M", { volume_based_calculation_technique: "MAX_IP" })).toBe("MIP");
    expect(mr("PROJECTION IMAGE")).toBe("PROJ");
    expect(mr("PROJECTION IMAGE", { volume_based_calculation_technique: "MIN_IP" })).toBe("MINIP");
    expect(mr("M", { asl_context: "M_ZERO_SCAN" })).toBe("M0");
  });

  test("is TRACE for a processed isotropic image, but not before a map", () => {
    expect(codeOf("MR", { image_type: "ORIGINAL\\PRIMARY\\M" }, true)).toBe("TRACE");
    expect(codeOf("MR", { image_type: "DERIVED\\PRIMARY\\ADC" }, true)).toBe("ADC");
  });
});

test("keeps the other tokens as qualifiers", () => {
  const qualifiers = (settings: Settings) => readImageType("MR", settings, false).qualifiers;
  expect(qualifiers({ image_type: "ORIGINAL\\PRIMARY\\M\\ND\\MOSAIC" })).toEqual(["MOSAIC", "ND"]);
  expect(qualifiers({ image_type: "ORIGINAL\\PRIMARY\\M_FFE\\M\\FFE" })).toEqual(["FFE"]);
  expect(qualifiers({ image_type: "DERIVED\\PRIMARY\\ADC\\M\\ND" })).toEqual(["M", "ND"]);
  expect(qualifiers({ image_type: "ORIGINAL\\PRIMARY\\M", ge_diffusion_code: 15 })).toEqual([
    "GEDIR15",
  ]);
  expect(qualifiers({ image_type: "ORIGINAL\\PRIMARY\\M", ge_diffusion_code: 16 })).toEqual([]);
});

describe("CT", () => {
  test.each([
    ["ORIGINAL\\PRIMARY\\AXIAL", {}, "AXIAL"],
    ["ORIGINAL\\PRIMARY\\LOCALIZER", {}, "LOCALIZER"],
    ["DERIVED\\SECONDARY\\AXIAL\\MPR", {}, "MPR"],
    ["DERIVED\\PRIMARY\\AXIAL\\VMI", { monoenergetic_kev: 70 }, "VMI70"],
    ["DERIVED\\PRIMARY\\AXIAL", { monoenergetic_kev: 40 }, "VMI40"],
    ["DERIVED\\PRIMARY\\AXIAL\\MONO", {}, "VMI"],
    ["DERIVED\\PRIMARY\\AXIAL\\IODINE", {}, "IODINE"],
    ["DERIVED\\PRIMARY\\AXIAL\\VIRTUAL NON CONTRAST", {}, "VNC"],
    ["DERIVED\\PRIMARY\\AXIAL\\ADC", {}, "AXIAL"],
  ])("reads %s as its type", (image_type, more, code) => {
    expect(codeOf("CT", { image_type, ...more })).toBe(code);
  });
});

test("reads PET by its Series Type unless a token says more", () => {
  expect(codeOf("PT", { series_type: "STATIC\\IMAGE" })).toBe("IMAGE");
  expect(codeOf("PT", { series_type: "STATIC\\REPROJECTION" })).toBe("REPROJ");
  expect(codeOf("PT", { series_type: "STATIC\\IMAGE", image_type: "DERIVED\\PRIMARY\\MIP" })).toBe(
    "MIP",
  );
  expect(codeOf("PT", {})).toBe("IMAGE");
});

test("reads other modalities by the first token", () => {
  expect(codeOf("NM", { image_type: "ORIGINAL\\PRIMARY\\RECON TOMO\\EMISSION" })).toBe(
    "RECON_TOMO",
  );
  expect(codeOf("US", { image_type: "ORIGINAL\\PRIMARY" })).toBe("IMAGE");
  expect(codeOf("OT", { sop_class_uid: "1.2.840.10008.5.1.4.1.1.7" })).toBe("SC");
});
