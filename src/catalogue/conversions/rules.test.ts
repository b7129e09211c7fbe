/** Each rule by the rows of the table that it comes from. */
import { describe, expect, test } from "vitest";
import { conversions, type Value } from "#catalogue/conversions.ts";

/** Value and warnings of a rule; "absent" where the element says nothing of the column. */
function convert(rule: string, value: Value, others: Readonly<Record<string, Value>> = {}) {
  const conversion = conversions[rule];
  if (conversion === undefined) throw new Error(`no rule ${rule}`);
  const result = conversion(value, { get: (column) => others[column] ?? null });
  if (result.isAbsent) return "absent";
  const { warnings = [] } = result;
  return warnings.length === 0 ? result.value : [result.value, ...warnings];
}

describe("patient", () => {
  test.each([
    ["M", "M"],
    ["FEMALE", "F"],
    ["other", "O"],
    ["FOO", [null, "value-invalid"]],
  ])("sex %s", (written, expected) => {
    expect(convert("sex", written)).toEqual(expected);
  });

  test.each([
    ["045Y", 45],
    ["006M", 0.5],
    ["2W", 14 / 365.25],
    [null, null],
  ])("age %s in years", (age, expected) => {
    expect(convert("age-years", null, { patient_age: age })).toEqual(expected);
  });

  test.each([
    [72.5, 72.5],
    [72_500, [72.5, "unit-assumed"]],
    [500, 500],
    [500_001, 500_001],
  ])("weight %s", (written, expected) => {
    expect(convert("weight", written)).toEqual(expected);
  });

  test.each([
    [1.8, 1.8],
    [180, [1.8, "unit-assumed"]],
  ])("size %s", (written, expected) => {
    expect(convert("size", written)).toEqual(expected);
  });

  test("PET is PT, and a missing modality is that of the SOP class", () => {
    expect(convert("modality", "PET")).toBe("PT");
    expect(convert("modality", "MR")).toBe("MR");
    const of = (uid: string) => convert("modality-of-sop-class", null, { sop_class_uid: uid });
    expect(of("1.2.840.10008.5.1.4.1.1.4.1")).toEqual(["MR", "modality-missing"]);
    expect(of("1.2.840.10008.5.1.4.1.1.7")).toEqual(["OT", "modality-missing"]);
    expect(of("1.2.3")).toEqual([null, "modality-missing"]);
  });

  test("other patient IDs are united", () => {
    const others = { other_patient_ids_in_sequence: "B\\C" };
    expect(convert("unite-patient-ids", "A\\B", others)).toBe("A\\B\\C");
  });
});

describe("general", () => {
  test.each([
    ["per-thousand", 250_000, 250],
    ["microseconds-to-seconds", 5_000_000, 5],
    ["first-positive", "0\\2500", 2500],
    ["kilowatts", 100, 100],
    ["kilowatts", 36_000, [36, "unit-assumed"]],
    ["above-one", 1, "absent"],
    ["above-one", 2, 2],
    ["several-distinct", "140\\80\\140", "80\\140"],
    ["several-distinct", "120", "absent"],
    ["join-by-plus", "1\\2", "1+2"],
    ["join-by-plus", 0, "0"],
    ["join-by-plus", "A", [null, "number-invalid"]],
    ["join-by-semicolon", "H1\\H2", "H1;H2"],
    ["timezone-offset", "+0100", "+0100"],
    ["timezone-offset", "-1200", "-1200"],
    ["timezone-offset", "+1430", [null, "value-invalid"]],
    ["timezone-offset", "0100", [null, "value-invalid"]],
    ["timezone-offset", "+01:00", [null, "value-invalid"]],
  ])("%s of %s", (rule, written, expected) => {
    expect(convert(rule, written)).toEqual(expected);
  });

  test("a date-time is split by its own wall clock", () => {
    const written = "2013-04-22T10:15:00.500000-05:00";
    expect(convert("date-of-datetime", written)).toBe("2013-04-22");
    expect(convert("time-of-datetime", written)).toBe("10:15:00.500000");
    expect(convert("time-of-datetime", "2013-04-22")).toBe("absent");
  });

  test("the meta group's UID is kept where it differs", () => {
    expect(convert("unless-same-uid", "1.2", { sop_instance_uid: "1.2" })).toBe("absent");
    expect(convert("unless-same-uid", "1.2", { sop_instance_uid: "1.3" })).toEqual([
      "1.2",
      "sop-uid-meta-mismatch",
    ]);
  });

  test("detector spacing is no spacing of a slice", () => {
    expect(convert("unless-tomographic", "1\\1", { modality: "CT" })).toBe("absent");
    expect(convert("unless-tomographic", "1\\1", { modality: "DX" })).toBe("1\\1");
  });

  test("tiles count only in a mosaic", () => {
    expect(convert("tiles", 36, { image_type: "ORIGINAL\\PRIMARY\\M\\MOSAIC" })).toBe(36);
    expect(convert("tiles", 36, { image_type: "ORIGINAL\\PRIMARY\\M" })).toBe("absent");
  });
});

describe("geometry", () => {
  const invalid = [null, "orientation-invalid"];
  test.each([
    ["1\\0\\0\\0\\1\\0", "1\\0\\0\\0\\1\\0"],
    ["0.999999\\0\\0\\0\\1\\0.000001", "1\\0\\0\\0\\1\\0.000001"],
    ["1.04\\0\\0\\0\\0.96\\0", "1\\0\\0\\0\\1\\0"],
    ["0\\0\\0\\0\\0\\0", invalid],
    ["1\\0\\0\\0\\1", invalid],
    ["1\\0\\0\\0\\NaN\\0", invalid],
    ["1\\0\\0\\1\\0\\0", invalid],
    ["2\\0\\0\\0\\1\\0", invalid],
  ])("orientation %s", (written, expected) => {
    const result = convert("orientation", written);
    if (Array.isArray(expected)) expect(result).toEqual(expect.arrayContaining(expected));
    else expect(result).toBe(expected);
  });

  test.each([
    ["0\\0\\0", "0\\0\\0"],
    ["0.6\\0.8\\0", "0.6\\0.8\\0"],
    ["0.5\\0\\0", [null, "value-out-of-range"]],
    ["1\\0", [null, "value-out-of-range"]],
  ])("gradient direction %s", (written, expected) => {
    expect(convert("gradient-direction", written)).toEqual(expected);
  });

  test("gradients of Philips and GE are put together, or left out", () => {
    const philips = { philips_gradient_rl: 0, philips_gradient_ap: 1, philips_gradient_fh: 0 };
    expect(convert("gradient-of-philips", null, philips)).toBe("0\\1\\0");
    expect(convert("gradient-of-philips", null, { philips_gradient_rl: 0 })).toBe("absent");
    const ge = { ge_gradient_phase: 1, ge_gradient_frequency: 0, ge_gradient_slice: 0 };
    expect(convert("gradient-of-ge", null, ge)).toBe("1\\0\\0");
  });

  test("velocity is direction times maximum", () => {
    const one = { velocity_encoding_maxima: 150 };
    expect(convert("velocity-vector", "0\\0\\1", one)).toBe("0\\0\\150");
    const two = { velocity_encoding_maxima: "100\\50" };
    expect(convert("velocity-vector", "1\\0\\0\\0\\-1\\0", two)).toBe("100\\0\\0\\0\\-50\\0");
    expect(convert("velocity-vector", "0\\0\\1")).toEqual([null, "value-count"]);
  });
});

describe("MR", () => {
  test("no inversion time without inversion recovery", () => {
    expect(convert("inversion-time", 900, { inversion_recovery: "NO" })).toBe("absent");
    expect(convert("inversion-time", "900\\1200")).toBe(900);
    expect(convert("inversion-prepulse", 900, { philips_prepulse_type: "INV" })).toBe(900);
    expect(convert("inversion-prepulse", 900, { philips_prepulse_type: "SAT" })).toBe("absent");
    const denied = { philips_prepulse_type: "INV", inversion_recovery: "NO" };
    expect(convert("inversion-prepulse", 900, denied)).toBe("absent");
  });

  test.each([
    [
      '### ASCCONV BEGIN\nlProt = 1\ntProtocolName\t = \t""SAG MPRAGE""\ntdefault = 1',
      "SAG MPRAGE",
    ],
    ['tProtocolName                            = "F"\n', "F"],
    ['tProtocolName\t = \t""""\nsNext = ""x""', "absent"],
    ["tProtocolName", "absent"],
    ["nothing", "absent"],
    ['tProtocolName = "never ends', "absent"],
  ])("the protocol's name in the protocol %j", (text, expected) => {
    expect(convert("phoenix-protocol-name", text)).toBe(expected);
  });

  test("classic terms are made of enhanced flags", () => {
    const sequence = (others: Record<string, Value>) => convert("scanning-sequence", null, others);
    expect(sequence({ echo_pulse_sequence: "SPIN" })).toBe("SE");
    expect(
      sequence({
        echo_pulse_sequence: "BOTH",
        inversion_recovery: "YES",
        echo_planar_pulse_sequence: "YES",
      }),
    ).toBe("SE\\GR\\IR\\EP");
    expect(sequence({})).toBe("absent");
    const variant = (others: Record<string, Value>) => convert("sequence-variant", null, others);
    expect(
      variant({
        segmented_k_space_traversal: "PARTIAL",
        magnetization_transfer_written: "NONE",
        steady_state_pulse_sequence: "NONE",
        spoiling: "RF",
      }),
    ).toBe("SK\\SP");
    expect(variant({ segmented_k_space_traversal: "SINGLE" })).toBe("NONE");
    expect(variant({})).toBe("absent");
    const terms = (others: Record<string, Value>) =>
      convert("sequence-variant-terms", null, others);
    expect(terms({ segmented_k_space_traversal: "FULL", spoiling: "NONE" })).toBe("SK");
    expect(terms({ segmented_k_space_traversal: "SINGLE", spoiling: "NONE" })).toBe("absent");
    expect(terms({})).toBe("absent");
  });

  test("magnetization transfer is told by the variant", () => {
    const of = (variant: Value) =>
      convert("magnetization-transfer", null, { sequence_variant: variant });
    expect(of("SK\\MTC")).toBe("MTC");
    expect(of("SK")).toBe("absent");
  });

  test.each([
    [3, null, 3],
    [15_000, 63.87, [1.5, "unit-assumed"]],
    [1500, 63.87, [1.5, "unit-assumed"]],
    [1500, 123.2, [null, "value-out-of-range"]],
    [1500, null, [null, "value-out-of-range"]],
  ])("field strength %s at %s MHz", (written, frequency, expected) => {
    expect(convert("field-strength", written, { imaging_frequency: frequency })).toEqual(expected);
  });

  test("the acquisition matrix says along which axis phase was encoded", () => {
    const of = (direction: Value) =>
      convert("acquisition-matrix", null, {
        frequency_encoding_steps: 256,
        phase_encoding_steps: 192,
        phase_encoding_direction: direction,
      });
    expect(of("COL")).toBe("256\\0\\0\\192");
    expect(of("ROW")).toBe("0\\256\\192\\0");
    expect(of("OTHER")).toBe("absent");
  });

  test.each([
    ["megahertz", 123.2, 123.2],
    ["megahertz", 128_175_847, [128.175847, "unit-assumed"]],
    ["phase-encoding-direction", "COLUMN", "COL"],
    ["phase-encoding-direction", "ROW", "ROW"],
    ["phase-encoding-direction", "UP", [null, "value-invalid"]],
    ["ice-echo", "X_4_1_1_1", "4"],
    ["ice-channel", "X_4_1_1_1", "absent"],
    ["ice-channel", "12_4_1", "12"],
    ["b-value-of-ge", "1000000750\\8\\0\\0", 750],
    ["component", "MIXED", "absent"],
    ["component", "PHASE", "PHASE"],
    ["component-of-ge", 0, "MAGNITUDE"],
    ["component-of-ge", 3, "IMAGINARY"],
    ["component-of-ge", 9, "absent"],
    ["component-of-philips", "P", "PHASE"],
    ["component-of-philips", "ADC", "absent"],
    ["directionality-of-philips", "I", "ISOTROPIC"],
    ["age", "045Y", "045Y"],
    ["age", "***", [null, "number-invalid"]],
    ["technique-of-ge", "0.5\\1", "ASSET"],
    ["technique-of-ge", "1\\1", "absent"],
    ["reciprocal-first", "0.5\\1", 2],
    ["reciprocal-second", "0.5", "absent"],
    ["in-plane-factor", "p2s4", 2],
    ["in-plane-factor", "F:2S", 2],
    ["slice-factor", "p2s4", 4],
    ["slice-factor", "p2", "absent"],
  ])("%s of %s", (rule, written, expected) => {
    expect(convert(rule, written)).toEqual(expected);
  });

  test("Philips calls images without weighting isotropic", () => {
    const at = (diffusion_b_value: number) =>
      convert("directionality-of-philips", "I", { diffusion_b_value });
    expect([at(0), at(1000)]).toEqual(["NONE", "ISOTROPIC"]);
    expect(convert("directionality-of-philips", "Q")).toEqual([null, "value-invalid"]);
  });

  test("makers are asked for what only they write so", () => {
    const canon = { manufacturer: "CANON_MEC" };
    expect(convert("b-value-of-canon", "b=1500(0.1,0.2,0.3)", canon)).toBe(1500);
    expect(convert("b-value-of-canon", "b0 images", canon)).toBe("absent");
    expect(convert("b-value-of-canon", "b=1500", { manufacturer: "SIEMENS" })).toBe("absent");
    const ge = { manufacturer: "GE MEDICAL SYSTEMS" };
    expect(convert("reordering-of-ge", "LINEAR", ge)).toBe(1);
    expect(convert("reordering-of-ge", "REVERSE_LINEAR", ge)).toBe(0);
    expect(convert("reordering-of-ge", "LINEAR", { manufacturer: "Philips" })).toBe("absent");
  });

  test("a duration of United Imaging is in milliseconds", () => {
    const of = (manufacturer: string) => convert("acquisition-seconds", 190_713, { manufacturer });
    expect(of("UIH")).toEqual([190.713, "unit-assumed"]);
    expect(of("SIEMENS")).toBe(190_713);
  });

  test("the trace of the b matrix needs all three parts", () => {
    const matrix = { b_matrix_xx: 100, b_matrix_yy: 200, b_matrix_zz: 700 };
    expect(convert("b-value-of-matrix", null, matrix)).toBe(1000);
    expect(convert("b-value-of-matrix", null, { ...matrix, b_matrix_zz: null })).toBe("absent");
  });

  test.each([
    // Siemens XA30: two of six, and then a quantity that is no rate.
    ["0.068\\1.002\\2.18", "IEC_WHOLE_BODY\\IEC_LOCAL\\SMR_B1RMS", 0.068],
    ["0.132\\0.02", "IEC_HEAD\\IEC_WHOLE_BODY", 0.02],
    ["0.5\\1.25\\3", "IEC_HEAD\\IEC_LOCAL\\SMR_B1RMS", 1.25],
    ["3", "SMR_B1RMS", "absent"],
    ["0.5\\1.25", null, 1.25],
    ["0.5\\1.25", "IEC_WHOLE_BODY", 1.25],
  ])("absorption rates %s of %s", (rates, definitions, expected) => {
    const others = { absorption_rate_definitions: definitions };
    expect(convert("whole-body-rate", rates, others)).toBe(expected);
  });

  test("a gradient output is a rate of change where its type says so", () => {
    const of = (type: string | null) =>
      convert("gradient-output", 94.77, { gradient_output_type: type });
    expect(["DB_DT", "PER_NERVE_STIM", null].map(of)).toEqual([94.77, "absent", "absent"]);
  });

  test("image types tell of gradient correction", () => {
    const of = (type: string) => convert("gradient-correction", null, { image_type: type });
    expect(of("ORIGINAL\\PRIMARY\\M\\ND")).toBe(0);
    expect(of("ORIGINAL\\PRIMARY\\M\\DIS2D")).toBe(1);
    expect(of("ORIGINAL\\PRIMARY")).toBe("absent");
  });
});

describe("PET", () => {
  const classic = { modality: "PT", sop_class_uid: "1.2.840.10008.5.1.4.1.1.128" };
  const enhanced = { modality: "PT", sop_class_uid: "1.2.840.10008.5.1.4.1.1.130" };
  const nuclear = { modality: "NM", sop_class_uid: "1.2.840.10008.5.1.4.1.1.20" };

  test.each([
    ["classic, becquerel", 474_592_928, classic, 474_592_928, "Bq"],
    ["classic, megabecquerel", 370, classic, [370e6, "unit-assumed-mbq"], "MBq"],
    ["classic, perhaps kilobecquerel", 37_000, classic, [null, "unit-unknown"], "absent"],
    ["enhanced", 370, enhanced, 370e6, "MBq"],
    ["enhanced, already becquerel", 3.7e8, enhanced, 3.7e8, "Bq"],
    ["NM", 740, nuclear, 740e6, "MBq"],
  ])("dose: %s", (_, written, object, expected, unit) => {
    expect(convert("total-dose", written, object)).toEqual(expected);
    expect(convert("total-dose-unit", written, object)).toBe(unit);
    const isTaken = unit !== "absent";
    expect(convert("total-dose-written", written, object)).toBe(isTaken ? written : "absent");
  });

  test.each([
    [6586.2, "F-18", 6586.2],
    [7000, "F-18", [7000, "half-life-unexpected"]],
    [1222, null, 1222],
    [10, null, [10, "half-life-unexpected"]],
    [21_624, "Tc-99m", 21_624],
  ])("half-life %s of %s", (written, radionuclide, expected) => {
    expect(convert("half-life", written, { ...classic, radionuclide })).toEqual(expected);
  });

  test.each([
    ["decay-corrected", "YES", "START"],
    ["decay-corrected", "NO", "NONE"],
    ["corrected-or-none", "YES", "YES"],
    ["corrected-or-none", "NO", "NONE"],
    ["corrected-or-none", "PERHAPS", [null, "value-invalid"]],
    ["attenuation-source", "NO", "NONE"],
    ["attenuation-source", "YES", "YES"],
    ["nuclide", "^18^Fluorine", "F-18"],
    ["nuclide", "Something", "Something"],
  ])("%s of %s", (rule, written, expected) => {
    expect(convert(rule, written)).toEqual(expected);
  });

  test("details of enhanced objects are told with the method", () => {
    const source = { attenuation_correction_source: "CT" };
    expect(convert("attenuation-source", "YES", source)).toBe("CT");
    const details = { number_of_iterations: 3, number_of_subsets: 21 };
    expect(convert("reconstruction-type", "ITERATIVE", details)).toBe(
      "ITERATIVE (3 iterations, 21 subsets)",
    );
    expect(convert("reconstruction-type", "ITERATIVE")).toBe("ITERATIVE");
  });

  test.each([
    [{ attenuation_corrected_flag: "YES" }, "Y"],
    [{ attenuation_corrected_flag: "NO", corrected_image: "ATTN" }, "N"],
    [{ corrected_image: "DECY\\ATTN\\SCAT" }, "Y"],
    [{ corrected_image: "DECY", attenuation_correction_method: "measured" }, "Y"],
    [{ corrected_image: "DECY", attenuation_correction_method: "NONE" }, "N"],
    [{ corrected_image: "DECY" }, "N"],
    [{}, "absent"],
  ])("attenuation corrected by %o", (others: Readonly<Record<string, Value>>, expected) => {
    expect(convert("attenuation-corrected", null, others)).toBe(expected);
  });

  test("units are told by UCUM", () => {
    expect(convert("pet-units", "Bq/ml", classic)).toBe("BQML");
    expect(convert("pet-units", "g/ml{SUVbw}", classic)).toBe("GML");
    expect(convert("pet-units", "{propcounts}/s", classic)).toBe("PROPCPS");
    expect(convert("pet-units", "kBq/ml", classic)).toEqual([null, "value-invalid"]);
    expect(convert("pet-units", "ms", { modality: "MR" })).toBe("absent");
  });

  test("the series type of enhanced PET is its frame type", () => {
    const of = (type: string) => convert("series-type", null, { ...enhanced, image_type: type });
    expect(of("ORIGINAL\\PRIMARY\\DYNAMIC\\NONE")).toBe("DYNAMIC");
    expect(of("ORIGINAL\\PRIMARY\\CARDIAC_GATED")).toBe("GATED");
    expect(of("ORIGINAL\\PRIMARY")).toBe("absent");
    expect(convert("series-type", null, { ...classic, image_type: "A\\B\\STATIC" })).toBe("absent");
  });
});
