import { describe, expect, test } from "vitest";
import { columnByName, columns } from "./catalogue.ts";
import {
  type Candidate,
  compileLocations,
  decodedAs,
  neededColumns,
  rulesOf,
} from "./compiled-locations.ts";
import { conversions } from "./conversions.ts";
import { inputColumns } from "./input-columns.ts";
import type { WantedPath } from "./location.ts";
import { privateCreators } from "./private-creators.ts";

const compiled = compileLocations();

function find(name: string) {
  const entry = compiled.columns.find(({ column }) => column.name === name);
  if (entry === undefined) throw new Error(`no column ${name}`);
  return entry;
}

const hex = (tag: number): string => tag.toString(16).padStart(8, "0");

const write = (path: WantedPath | undefined): string =>
  (path?.steps ?? [])
    .map((step) =>
      "tag" in step
        ? hex(step.tag)
        : `${step.creator}/${hex(step.group * 0x1_0000 + step.element)}`,
    )
    .join(" ");

const places = (candidates: readonly Candidate[]): string[][] =>
  candidates.map(({ pathIds }) => pathIds.map((id) => write(compiled.paths[id])));

test("no path is listed twice", () => {
  const paths = compiled.paths.map((path) => `${write(path)} ${path.items}`);
  expect(new Set(paths).size).toBe(paths.length);
});

test("one VR is stated for a path", () => {
  const vrs = new Map<string, string>();
  for (const path of compiled.paths) {
    const key = write(path);
    expect([key, vrs.get(key) ?? path.vr]).toEqual([key, path.vr]);
    vrs.set(key, path.vr);
  }
});

test("all columns and input columns are there, in the order of the catalogue", () => {
  expect(compiled.columns.map(({ column }) => column.name)).toEqual(
    [...columns, ...inputColumns].map((column) => column.name),
  );
  expect(compiled.columns.filter(({ isStored }) => !isStored)).toHaveLength(inputColumns.length);
});

test("in an object with functional groups the frame's own value comes first, then the shared one", () => {
  expect(places(find("repetition_time").framed).slice(0, 3)).toEqual([
    ["52009230 00189112 00180080", "52009229 00189112 00180080"],
    ["52009230 00209171 00180080", "52009229 00209170 00180080"],
    ["00180080"],
  ]);
});

test("a classic object is read at its top level first, in the order of the entry", () => {
  expect(places(find("echo_time").classic).slice(0, 2)).toEqual([["00180081"], ["00189082"]]);
  expect(places(find("radionuclide_total_dose").classic).slice(0, 2)).toEqual([
    ["00181074"],
    ["00540016 00181074"],
  ]);
});

test("no column reads two CSA headers: which is needed must not depend on what another says", () => {
  for (const { column, classic } of compiled.columns) {
    const headers = classic
      .filter(({ location }) => location.kind === "csa")
      .flatMap(({ pathIds }) => pathIds);
    expect([column.name, new Set(headers).size <= 1]).toEqual([column.name, true]);
  }
});

test("the meta group only steps in for the data set", () => {
  expect(places(find("sop_instance_uid").framed)).toEqual([["00080018"], ["00020003"]]);
});

test("each creator that a place names is a row of the list, and no row is idle", () => {
  const named = compiled.paths.flatMap(({ steps }) =>
    steps.flatMap((step) => ("creator" in step ? [step.creator] : [])),
  );
  const listed = privateCreators.map(({ creator }) => creator);
  expect([...new Set(named)].sort()).toEqual([...listed].sort());
  for (const { source } of privateCreators) expect(source).not.toBe("");
});

test("private places are found by their creators, in the order of the entry", () => {
  expect(places(find("coil_string").classic)).toEqual([
    ["SIEMENS MR HEADER/0051000f"],
    ["SIEMENS MR SDI 02/002100fe SIEMENS MR SDI 02/0021004f"],
    ["SIEMENS MR SDI 02/0021004f"],
    ["SIEMENS MR SDI 02/002100fe SIEMENS MR SDI 02/00210006"],
    ["SIEMENS MR SDI 02/00210006"],
    ["SIEMENS CSA HEADER/00290010"],
    ["SIEMENS CSA HEADER/00290010"],
  ]);
});

test("GE's count of locations precedes the standard's", () => {
  const { classic, framed } = find("images_in_acquisition");
  expect(places(classic)[0]).toEqual(["GEMS_RELA_01/0021004f"]);
  expect(places(framed)[0]).toContain("52009230 GEMS_RELA_01/0021004f");
});

test("the Philips item lies in the frame's item, or at the top of a classic object", () => {
  const { classic, framed } = find("flip_angle");
  const item = "Philips MR Imaging DD 005/2005000f 00181314";
  expect(places(classic)).toContainEqual([item]);
  expect(places(framed)).toContainEqual([
    `52009230 ${item}`,
    `52009230 00209171 ${item}`,
    `52009229 00209170 ${item}`,
  ]);
});

test("private elements are read of the frame, of all frames and at the top, unassigned ones after those of the group", () => {
  expect(places(find("epi_factor").framed)).toEqual([
    [
      "52009230 Philips MR Imaging DD 005/2005000f Philips Imaging DD 001/20010013",
      "52009230 Philips Imaging DD 001/20010013",
      "52009230 00209171 Philips Imaging DD 001/20010013",
      "52009229 Philips Imaging DD 001/20010013",
      "52009229 00209170 Philips Imaging DD 001/20010013",
      "Philips Imaging DD 001/20010013",
    ],
  ]);
});

test("CSA headers are read among the unassigned attributes too, and at the top of any object", () => {
  const { classic, framed } = find("transmit_coil_name");
  expect(places(classic).at(-1)).toEqual(["SIEMENS CSA HEADER/00290010"]);
  expect(places(framed).at(-1)).toEqual([
    "52009230 00209171 SIEMENS CSA HEADER/00290010",
    "52009229 00209170 SIEMENS CSA HEADER/00290010",
    "SIEMENS CSA HEADER/00290010",
  ]);
});

test("rules that are named exist, and none is left over", () => {
  const named = new Set([...columns, ...inputColumns].flatMap(rulesOf));
  expect([...named].sort()).toEqual(Object.keys(conversions).sort());
});

describe("a column's needs", () => {
  test("go through other columns' rules", () => {
    const column = columnByName("magnetization_transfer");
    expect(column && neededColumns(column)).toContain("spoiling");
  });

  test("are columns or input columns, never the column itself", () => {
    const known = new Set(compiled.columns.map(({ column }) => column.name));
    for (const { column, needs } of compiled.columns) {
      expect(needs.filter((name) => !known.has(name))).toEqual([]);
      expect(needs).not.toContain(column.name);
    }
  });

  test("make no circle", () => {
    for (const { column, needs } of compiled.columns) {
      for (const need of needs) expect(find(need).needs).not.toContain(column.name);
    }
  });
});

test("an element that a rule of the location reads is decoded by its VR", () => {
  const decoded = (name: string, vr: string) => {
    const column = columnByName(name);
    const location = column?.locations.find((each) => each.vr === vr);
    return column && location && decodedAs(column, location);
  };
  expect(decoded("diffusion_b_value", "LT")).toBe("text");
  expect(decoded("diffusion_b_value", "FD")).toBe("real");
  expect(decoded("acquisition_time", "DT")).toBe("datetime");
  expect(decoded("acquisition_time", "TM")).toBe("time");
  expect(decoded("image_orientation_patient", "DS")).toBe("texts");
});
