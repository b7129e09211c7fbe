/**
 * Classic, enhanced and legacy-converted forms of one acquisition have equal values and equal stack keys: each
 * written from one description, and those that scanners exported where these samples lie beside the repository.
 */
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { columnByName } from "#catalogue/catalogue.ts";
import type { Acquisition } from "./object-forms/acquisition.ts";
import { ctAcquisitions } from "./object-forms/ct-acquisitions.ts";
import {
  frameDifferences,
  namesOf,
  type OtherForm,
  seriesDifferences,
  stackDifferences,
} from "./object-forms/differences.ts";
import { expectedValues } from "./object-forms/expected-values.ts";
import {
  type ExportFolder,
  exported,
  exportFolders,
  isOfProtocol,
  ofObject,
  protocols,
  xaDiffers,
} from "./object-forms/exported-forms.ts";
import { makerAcquisitions } from "./object-forms/maker-acquisitions.ts";
import { mrAcquisitions } from "./object-forms/mr-acquisitions.ts";
import { petAcquisitions } from "./object-forms/pet-acquisitions.ts";
import { differingValues, pairFrames, readFrames } from "./object-forms/sample-pairs.ts";
import { type Row, readStoredForm, type StoredForm } from "./object-forms/stored-forms.ts";
import { type Form, forms, placeOf, seriesUidOf, writeForm } from "./object-forms/write-forms.ts";
import { Extraction } from "./support/run-extraction.ts";

const acquisitions: readonly Acquisition[] = [
  ...mrAcquisitions,
  ...ctAcquisitions,
  ...petAcquisitions,
  ...makerAcquisitions,
];

const others: readonly OtherForm[] = ["enhanced", "legacy"];

const lab = new Extraction();
let db: DatabaseSync;

beforeAll(async () => {
  for (const acquisition of acquisitions) {
    for (const form of forms) {
      writeForm(acquisition, form).forEach((bytes, index) => {
        lab.write(`${acquisition.name}/${form}/${index + 1}.dcm`, bytes);
      });
    }
  }
  const { account } = await lab.run();
  expect(account.imbalances).toEqual([]);
  await lab.close();
  db = new DatabaseSync(lab.database, { readOnly: true });
});

afterAll(async () => {
  db?.close();
  await lab.remove();
});

const read = (acquisition: Acquisition, form: Form): StoredForm =>
  readStoredForm(db, seriesUidOf(acquisition, form));

/** Catalogue columns in which two rows differ, those that name the object itself left out. */
function differing(a: Row = {}, b: Row = {}): string[] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names.filter(
    (name) =>
      columnByName(name) !== undefined &&
      name !== "sop_instance_uid" &&
      name !== "series_instance_uid" &&
      (a[name] ?? null) !== (b[name] ?? null),
  );
}

const isDescribed = (acquisition: Acquisition, column: string): boolean =>
  acquisition.frames.some(({ values }) => column in values);

/** Columns of the description that the enhanced form says otherwise or not at all. */
const differsByPlace = (acquisition: Acquisition, column: string): boolean =>
  isDescribed(acquisition, column) && placeOf(acquisition, column).differs !== undefined;

describe.each(acquisitions)("$name", (acquisition) => {
  test.each(forms)("shows what was measured in its %s form", (form) => {
    const { frames } = read(acquisition, form);
    expect(frames).toHaveLength(acquisition.frames.length);
    const wrong = frames.flatMap((frame, index) =>
      Object.entries(expectedValues(acquisition, form, index)).flatMap(([column, expected]) => {
        const found = frame[column] ?? null;
        return found === expected ? [] : [{ column, frame: index + 1, found, expected }];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test.each(forms)("has its stacks in its %s form", (form) => {
    const { stacks } = read(acquisition, form);
    const found = stacks.map((stack) => [stack["stack_key"], stack["stack_n_frames"]]);
    expect(found).toEqual(Object.entries(acquisition.stacks));
  });

  test("has the same series in all forms", () => {
    const { series } = read(acquisition, "classic");
    for (const form of others) {
      const names = differing(series, read(acquisition, form).series).filter(
        (column) => form === "legacy" || !differsByPlace(acquisition, column),
      );
      const allowed = [...namesOf(frameDifferences, form), ...namesOf(seriesDifferences, form)];
      expect(allowed).toEqual(expect.arrayContaining(names));
    }
  });
});

/** Columns that differ anywhere between the classic form and another one. */
function allDiffering(
  form: OtherForm,
  rowsOf: (stored: StoredForm) => readonly Row[],
  isAbout: (acquisition: Acquisition, column: string) => boolean = () => true,
): string[] {
  const names = acquisitions.flatMap((acquisition) => {
    const rows = rowsOf(read(acquisition, form));
    return rowsOf(read(acquisition, "classic"))
      .flatMap((row, index) => differing(row, rows[index]))
      .filter((column) => isAbout(acquisition, column));
  });
  return [...new Set(names)].sort();
}

describe.each(others)("besides what was measured, classic and %s", (form) => {
  test("frames differ in what the table lists, with its reasons, and in nothing else", () => {
    const isAbout = (acquisition: Acquisition, column: string): boolean =>
      !isDescribed(acquisition, column);
    expect(allDiffering(form, ({ frames }) => frames, isAbout)).toEqual(
      namesOf(frameDifferences, form),
    );
  });

  test("stacks differ in what the table lists", () => {
    expect(allDiffering(form, ({ stacks }) => stacks)).toEqual(namesOf(stackDifferences, form));
  });

  test("the views of instances show what the frames have", () => {
    for (const acquisition of acquisitions) {
      const { instances, frames } = read(acquisition, form);
      const [instance = {}] = instances;
      const kept = Object.keys(instance).filter((name) => {
        const scope = columnByName(name)?.scope;
        return (scope === "series" || scope === "instance") && !name.endsWith("_instance_uid");
      });
      expect(kept.map((name) => instance[name])).toEqual(kept.map((name) => frames[0]?.[name]));
    }
  });
});

const samples = fileURLToPath(new URL("../../shared/dicom/", import.meta.url));

describe.skipIf(!existsSync(samples))("forms that scanners exported", () => {
  const sampleLab = new Extraction();
  let sampleDb: DatabaseSync;

  beforeAll(async () => {
    for (const folder of exportFolders) {
      const source = `${samples}${folder}`;
      await sampleLab.run({ name: folder, source, cohort: { headers: "none" } });
    }
    await sampleLab.close();
    sampleDb = new DatabaseSync(sampleLab.database, { readOnly: true });
  });

  afterAll(async () => {
    sampleDb?.close();
    await sampleLab.remove();
  });

  const framesOf = (folder: ExportFolder, series: number): Row[] =>
    readFrames(sampleDb, folder, `v_series.series_number = ${series}`);

  const keysOf = (frames: readonly Row[]): unknown[] => [
    ...new Set(frames.map((frame) => frame["stack_key"])),
  ];

  test.each(exported)("of $folder, series $series", ({ folder, series, pairs, differs }) => {
    const frames = framesOf(folder, series);
    const classic = frames.filter((frame) => frame["frame_count"] === 1);
    const framed = frames.filter((frame) => Number(frame["frame_count"]) > 1);
    const found = pairFrames(classic, framed);
    expect(found).toHaveLength(pairs);
    const names = found.flatMap((pair) => differingValues(pair.classic, pair.framed));
    expect([...new Set(names)].filter((name) => !ofObject.includes(name)).sort()).toEqual(
      Object.keys(differs).sort(),
    );
  });

  test("only an enhanced object says that Philips' perfusion is real", () => {
    const frames = framesOf("philips/dcm_qa_philips_enh", 1901);
    expect(keysOf(frames).sort()).toEqual([
      "MR|TE=9|FA=90|ECHO=1|TYPE=M|ORIENT=TRA",
      "MR|TE=9|FA=90|ECHO=1|TYPE=R|ORIENT=TRA",
    ]);
  });

  /** A frame of each of two series of one protocol, of the same echo. */
  function ofProtocol(numbers: (typeof protocols)[number]): readonly [Row, Row] {
    const [classic] = framesOf("siemens/dcm_qa_xa30i", numbers.classic) as [Row];
    const framed = framesOf("siemens/dcm_qa_xa30", numbers.enhanced).find(
      (frame) => frame["echo_time"] === classic["echo_time"],
    ) as Row;
    return [classic, framed];
  }

  test.each(protocols)(
    "of a protocol of Siemens XA30, series $enhanced and $classic",
    (numbers) => {
      const [classic, framed] = ofProtocol(numbers);
      expect(framed["stack_key"]).toBe(classic["stack_key"]);
    },
  );

  test("of protocols of Siemens XA30 differ in what the table lists", () => {
    const names = protocols.flatMap((numbers) => differingValues(...ofProtocol(numbers)));
    expect([...new Set(names)].filter(isOfProtocol).sort()).toEqual(Object.keys(xaDiffers).sort());
  });

  test("the duration of a label is an inversion time in the classic form only", () => {
    expect(keysOf(framesOf("siemens/dcm_qa_xa30i", 18_001))).toEqual([
      "MR|TE=11|TI=1800|FA=90|ECHO=1|TYPE=M|ORIENT=TRA",
    ]);
    const enhanced = framesOf("siemens/dcm_qa_xa30", 25);
    expect(keysOf(enhanced).sort()).toEqual([
      "MR|TE=11|FA=90|ECHO=1|TYPE=M0|ORIENT=TRA",
      "MR|TE=11|FA=90|ECHO=1|TYPE=M|ORIENT=TRA",
    ]);
    expect(enhanced[0]).toMatchObject({
      asl_technique: "PSEUDOCONTINUOUS",
      asl_label_duration: 1800,
    });
  });
});
