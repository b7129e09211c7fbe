/** Programs that read headers too, as commands: how each is asked for the same of the same files. */
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Archive } from "./archives.ts";
import { findProgram } from "./find-program.ts";
import type { Command } from "./measure-process.ts";
import { listWantedTags, writeTag } from "./wanted-tags.ts";

export interface Peer {
  /** Debian package to install where it is missing. */
  readonly debianPackage: string;
  /** Files it is given at full size, where it is too slow for all. */
  readonly share?: number;
  isInstalled(): boolean;
  /** `pathList`: paths of the files it shall read. What it writes goes into `scratch`, anew each time. */
  plan(archive: Archive, pathList: string, scratch: string): Command;
}

/** Debian's pydicom belongs to Debian's Python, not to another one that comes first in the search path. */
const PYTHON = "/usr/bin/python3";

/** Files that pydicom gets: its start is a tenth of its time then. */
const PYDICOM_FILES = 4000;

export const dicomtocsv: Peer = {
  debianPackage: "vtk-dicom-tools",
  isInstalled: () => findProgram("dicomtocsv") !== null,
  plan: ({ folder }, _, scratch) => ({
    program: "dicomtocsv",
    words: [
      ...["--silent", "--image", ...listWantedTags().flatMap((tag) => ["-k", writeTag(tag)])],
      ...["-o", join(scratch, "peer.csv"), folder],
    ],
  }),
};

export const gdcmscanner: Peer = {
  debianPackage: "libgdcm-tools",
  isInstalled: () => findProgram("gdcmscanner") !== null,
  plan: ({ folder }) => ({
    program: "gdcmscanner",
    words: [
      ...["-r", "-p", "-d", folder],
      ...listWantedTags().flatMap((tag) => ["-t", writeTag(tag)]),
    ],
  }),
};

/** A script that writes a row per file into SQLite, in so many processes. */
export const pydicom = (processes: number): Peer => ({
  debianPackage: "python3-pydicom",
  share: PYDICOM_FILES,
  isInstalled: () => spawnSync(PYTHON, ["-c", "import pydicom"]).status === 0,
  plan(_, pathList, scratch) {
    const tags = join(scratch, "peer-tags.txt");
    const database = join(scratch, "peer.db");
    for (const suffix of ["", "-wal", "-shm"]) rmSync(database + suffix, { force: true });
    writeFileSync(
      tags,
      listWantedTags()
        .map((tag) => `${tag.toString(16)}\n`)
        .join(""),
    );
    const script = join(import.meta.dirname, "pydicom-peer.py");
    return { program: PYTHON, words: [script, String(processes), pathList, tags, database] };
  },
});
