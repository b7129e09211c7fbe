/** Extraction against other programs that are asked for as many elements of the same files. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Archive } from "./measuring/archives.ts";
import { extractAnew } from "./measuring/extraction.ts";
import { pairwise } from "./measuring/in-turns.ts";
import { measureProcess } from "./measuring/measure-process.ts";
import { writeSpread } from "./measuring/number-text.ts";
import { dicomtocsv, gdcmscanner, type Peer, pydicom } from "./measuring/peers.ts";
import { describeCost } from "./measuring/process-cost.ts";
import { type Bench, measureInTurns, type Outcome, type Row } from "./row.ts";

export const peerRows: readonly Row[] = [
  { id: "dicomtocsv", measure: (bench) => compareWith(dicomtocsv, bench) },
  { id: "gdcmscanner", measure: (bench) => compareWith(gdcmscanner, bench) },
  { id: "pydicom", measure: (bench) => compareWith(pydicom(1), bench) },
  { id: "pydicom-pool", measure: (bench) => compareWith(pydicom(4), bench) },
];

async function compareWith(peer: Peer, bench: Bench): Promise<Outcome> {
  if (!peer.isInstalled()) return { reason: `apt-get install ${peer.debianPackage}` };
  const { scratch } = bench;
  const archive = bench.archive("small200k");
  const share = takeShare(peer, archive, bench);
  const program = bench.build();
  const { results, canary } = await measureInTurns(bench, archive, {
    ours: () =>
      extractAnew({ program, source: archive.folder, database: join(scratch, "nils.db") }),
    theirs: () => measureProcess(peer.plan(archive, share.pathList, scratch)),
  });
  const { ours, theirs } = results;
  const files = archive.files / share.files;
  const cpu = pairwise(ours, theirs, (a, b) => (b.cpuSeconds / a.cpuSeconds) * files);
  return {
    samples: pairwise(ours, theirs, (a, b) => (b.seconds / a.seconds) * files),
    notes: [
      ...(share.files < archive.files
        ? [`it got ${share.files} of the ${archive.files} files; costs per file are compared`]
        : []),
      `ours ${describeCost(ours, archive.files)}; theirs ${describeCost(theirs, share.files)}`,
      `by processor time ${writeSpread(cpu)} ×`,
      canary,
    ],
  };
}

interface Share {
  readonly files: number;
  readonly pathList: string;
}

function takeShare(peer: Peer, archive: Archive, { scale, scratch }: Bench): Share {
  if (peer.share === undefined) return archive;
  const paths = readFileSync(archive.pathList, "utf8").split("\n").slice(0, -1);
  const taken = paths.slice(0, Math.max(20, Math.round(peer.share * scale)));
  const pathList = join(scratch, "peer-paths.txt");
  writeFileSync(pathList, taken.map((path) => `${path}\n`).join(""));
  return { files: taken.length, pathList };
}
