/** Entries that are no ordinary files, and ordinary files of odd sizes. */
import { spawnSync } from "node:child_process";
import { closeSync, ftruncateSync, linkSync, openSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { oddFiles } from "#demo/odd-files.ts";
import { rowsOf, withLab } from "./fault-kinds-lab.ts";
import { makeImage } from "./support/make-image.ts";

test("a second name of one file is a copy", () =>
  withLab(async (lab) => {
    lab.write("a/1.dcm", makeImage({ instance: 1 }));
    linkSync(lab.path("a/1.dcm"), lab.path("a/2.dcm"));
    expect(await lab.run()).toMatchObject({ exitStatus: 0, content: { instances: 1 } });
    expect(rowsOf(await lab.files())).toEqual({
      "a/1.dcm": "stored",
      "a/2.dcm": "duplicate duplicate-bytes",
    });
  }));

test("a socket is noted and never opened", () =>
  withLab(async (lab) => {
    lab.write("a/1.dcm", makeImage({ instance: 1 }));
    const socket = createServer();
    await new Promise<void>((resolve) => {
      socket.listen(lab.path("a/socket.dcm"), resolve);
    });
    try {
      expect(await lab.run()).toMatchObject({ exitStatus: 0, account: { imbalances: [] } });
    } finally {
      socket.close();
    }
    expect(rowsOf(await lab.files())).toEqual({
      "a/1.dcm": "stored",
      "a/socket.dcm": "skipped special-file",
    });
  }));

const mayMakeDevices = process.platform === "linux" && process.getuid?.() === 0;

// A device is made by root alone.
test.skipIf(!mayMakeDevices)("a device is noted and never opened (needs root on Linux)", () =>
  withLab(async (lab) => {
    lab.write("a/1.dcm", makeImage({ instance: 1 }));
    for (const [name, kind, minor] of [
      ["zero.dcm", "c", "5"],
      ["disk.dcm", "b", "250"],
    ] as const) {
      const major = kind === "c" ? "1" : "7";
      expect(spawnSync("mknod", [lab.path(`a/${name}`), kind, major, minor]).status).toBe(0);
    }
    expect(await lab.run()).toMatchObject({ exitStatus: 0, account: { imbalances: [] } });
    expect(rowsOf(await lab.files())).toEqual({
      "a/1.dcm": "stored",
      "a/disk.dcm": "skipped special-file",
      "a/zero.dcm": "skipped special-file",
    });
  }),
);

test("a file of a terabyte with nothing in it costs no more than its header", () =>
  withLab(async (lab) => {
    lab.write("a/image.dcm", makeImage({ instance: 1 }));
    lab.write("a/zeros.dcm", "");
    for (const name of ["image", "zeros"]) {
      const descriptor = openSync(lab.path(`a/${name}.dcm`), "r+");
      ftruncateSync(descriptor, 1024 ** 4);
      closeSync(descriptor);
    }
    const startedAt = performance.now();
    expect(await lab.run()).toMatchObject({ exitStatus: 0, account: { imbalances: [] } });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(rowsOf(await lab.files())).toEqual({
      "a/image.dcm": "stored",
      "a/zeros.dcm": "not-dicom no-dicom-signature",
    });
    expect(statSync(lab.path("a/image.dcm")).size).toBe(1024 ** 4);
  }));

test("a file without bytes, and files about as long as the mark of DICOM", () =>
  withLab(async (lab) => {
    const preamble = Buffer.alloc(128);
    const contents: Readonly<Record<string, [Uint8Array, string]>> = {
      "0": [Buffer.alloc(0), "not-dicom empty-file"],
      "127": [preamble.subarray(1), "not-dicom no-dicom-signature"],
      "131": [Buffer.concat([preamble, Buffer.from("DIC")]), "not-dicom no-dicom-signature"],
      "132": [Buffer.concat([preamble, Buffer.from("DICM")]), "invalid study-instance-uid-missing"],
    };
    for (const [name, [bytes]] of Object.entries(contents)) lab.write(name, bytes);
    expect(await lab.run()).toMatchObject({ exitStatus: 3, account: { imbalances: [] } });
    expect(rowsOf(await lab.files())).toEqual(
      Object.fromEntries(Object.entries(contents).map(([name, [, row]]) => [name, row])),
    );
  }));

test("archives are not unpacked, and the directory of a medium is no instance", () =>
  withLab(async (lab) => {
    const names = [
      "row-50/export.zip",
      "row-50/export.tar",
      "row-50/export.tar.gz",
      "row-23/DICOMDIR",
    ];
    for (const { name, bytes } of oddFiles) if (names.includes(name)) lab.write(name, bytes());
    lab.write("a/1.dcm", makeImage({ instance: 1 }));
    expect(await lab.run()).toMatchObject({ exitStatus: 0, account: { imbalances: [] } });
    expect(rowsOf(await lab.files())).toEqual({
      "a/1.dcm": "stored",
      "row-23/DICOMDIR": "unsupported dicomdir",
      "row-50/export.tar": "not-dicom archive-file",
      "row-50/export.tar.gz": "not-dicom archive-file",
      "row-50/export.zip": "not-dicom archive-file",
    });
  }));
