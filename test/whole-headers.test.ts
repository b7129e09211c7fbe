/**
 * Full headers as they come back from the database (`--headers all`), beside the files as another reader
 * (dicom-parser) takes them apart: each element of each item, by its bytes. Over the samples where they lie
 * beside the repository, and over the demo archive in any case.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import dicomParser, { type DataSet, type Element } from "dicom-parser";
import { afterAll, expect, test } from "vitest";
import { joinPath } from "#base/path-text.ts";
import { writeDemoArchive } from "#demo/write-archive.ts";
import { formatTag } from "#dicom/tag.ts";
import { systemPath } from "#pipeline/discover/walk.ts";
import { type KeptElement, parseStoredHeader } from "#pipeline/parse/stored-header.ts";
import { Extraction } from "./support/run-extraction.ts";

const samples = fileURLToPath(new URL("../../shared/dicom/", import.meta.url));

const labs: Extraction[] = [];

afterAll(async () => {
  for (const lab of labs) await lab.remove();
});

interface Comparison {
  headers: number;
  elements: number;
  /** Files that the other reader could not take apart. */
  refused: string[];
  differences: string[];
}

async function compare(source: string): Promise<Comparison> {
  const lab = new Extraction();
  labs.push(lab);
  await lab.run({ source, cohort: { headers: "all" } });
  const stored = (await lab.files()).filter(({ state }) => state === "stored").length;
  const db = new DatabaseSync(lab.database, { readOnly: true });
  const found: Comparison = { headers: 0, elements: 0, refused: [], differences: [] };
  const paths = new Map(
    db
      .prepare(
        `SELECT instance_id, folder.path AS folder, file.name FROM file JOIN folder USING (folder_id)
         WHERE file.state = 'stored'`,
      )
      .all()
      .map((row) => [
        row["instance_id"] as number,
        joinPath(row["folder"] as string, row["name"] as string),
      ]),
  );
  db.close();
  for (const header of await lab.store.readHeaders("instance", [...paths.keys()])) {
    const path = paths.get(header.ownerId) as string;
    const kept = parseStoredHeader(header);
    found.headers += 1;
    const bytes = readFileSync(systemPath(source, path));
    let other: DataSet;
    try {
      other = dicomParser.parseDicom(bytes, { untilTag: "x7fe00010" });
    } catch {
      found.refused.push(path);
      continue;
    }
    // It does not inflate.
    if (other.string("x00020010") === DEFLATED || path in readOtherwise) {
      found.refused.push(path);
      continue;
    }
    compareItem(kept, other, `${path}: `, found);
  }
  await lab.close();
  expect(found.headers).toBe(stored);
  return found;
}

/** Pixels, trailing padding, and the end of an item, which the other reader calls an element. */
const notKept = new Set(["x7fe00008", "x7fe00009", "x7fe00010", "xfffcfffc", "xfffee00d"]);

/** Files that the other reader takes apart otherwise, with the reason; test/oracle-elements.test.ts has them too. */
const readOtherwise: Readonly<Record<string, string>> = {
  "ct/fo-dicom/TestData/FreezePattern.dcm": "an item without a sequence at the top level",
  "hostile/fo-dicom/TestData/GH364.dcm": "an item without a sequence at the top level",
};

const DEFLATED = "1.2.840.10008.1.2.1.99";

function compareItem(
  kept: readonly KeptElement[],
  other: DataSet,
  where: string,
  found: Comparison,
): void {
  const seen = new Set<string>();
  for (const element of kept) {
    const name = `x${element.tag.toString(16).padStart(8, "0")}`;
    if (seen.has(name)) continue; // the other reader keeps one of two
    seen.add(name);
    const theirs = other.elements[name];
    const at = `${where}${formatTag(element.tag)}`;
    // It stops at pixels, also at those of an icon inside a sequence.
    if (name === "x7fe00010") continue;
    if (theirs === undefined) {
      found.differences.push(`${at} is kept and not in the file`);
      continue;
    }
    found.elements += 1;
    compareElement(element, theirs, other.byteArray, at, found);
  }
  for (const name of Object.keys(other.elements)) {
    if (!seen.has(name) && !notKept.has(name)) {
      found.differences.push(`${where}${name} is in the file and not kept`);
    }
  }
}

function compareElement(
  kept: KeptElement,
  theirs: Element,
  bytes: Uint8Array,
  at: string,
  found: Comparison,
): void {
  if (kept.items !== null && theirs.items !== undefined) {
    if (kept.items.length !== theirs.items.length) {
      found.differences.push(`${at} has ${kept.items.length} items, not ${theirs.items.length}`);
    }
    kept.items.forEach((item, index) => {
      const dataSet = theirs.items?.[index]?.dataSet;
      if (dataSet !== undefined) compareItem(item, dataSet, `${at}[${index}]/`, found);
    });
    return;
  }
  if (kept.items !== null || theirs.items !== undefined) return; // an implicit sequence that one takes for bytes
  const value = bytes.subarray(theirs.dataOffset, theirs.dataOffset + theirs.length);
  if (kept.bytes === null) {
    if (kept.digest?.length !== value.length) found.differences.push(`${at} has another length`);
  } else if (Buffer.compare(kept.bytes, value) !== 0) {
    found.differences.push(`${at} has other bytes`);
  }
}

test("of the demo archive", async () => {
  const lab = new Extraction();
  labs.push(lab);
  const source = join(lab.folder, "demo");
  await writeDemoArchive(source, { seed: 3, subjects: 2, scale: 0.1 });
  const found = await compare(source);
  expect(found.differences).toEqual([]);
  expect(found.elements).toBeGreaterThan(8_000);
});

test.skipIf(!existsSync(samples))("of the files that scanners wrote", async () => {
  const found = await compare(samples);
  expect(found.differences).toEqual([]);
  expect(found.headers).toBeGreaterThan(800);
  expect(found.elements).toBeGreaterThan(100_000);
  expect(found.refused.length).toBeLessThan(found.headers / 20);
});
