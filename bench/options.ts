import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bars } from "./bars.ts";

export interface Options {
  /** Ids of the rows to show. */
  readonly rows: readonly string[];
  readonly turns: number;
  readonly scale: number;
  /** Folder that holds the archives. */
  readonly folder: string;
  readonly isQuick: boolean;
  readonly saves: boolean;
}

const QUICK = { turns: 1, scale: 0.01 };

export const usage = `npm run bench [-- OPTIONS]: every row of the table of bars.

  --rows A,B      only these: ${bars.map(({ row }) => row).join(" ")}
  --pairs N       how often each measurement is taken, in turns; default 5
  --scale X       sizes of archives and series times X; default 1
  --folder DIR    where archives are made and found again, about 15 GB;
                  default nils-bench in the system's temporary folder
  --quick         small archives, one pair: does everything work?
  --save          write bench/results/<version>.json with the rows that were measured
`;

/** Throws an Error with a sentence for what cannot be meant. */
export function parseOptions(words: readonly string[]): Options | "help" {
  const { values } = parseArgs({
    args: [...words],
    options: {
      rows: { type: "string" },
      pairs: { type: "string" },
      scale: { type: "string" },
      folder: { type: "string", default: join(tmpdir(), "nils-bench") },
      quick: { type: "boolean", default: false },
      save: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  const turns = Number(values.pairs ?? (values.quick ? QUICK.turns : 5));
  const scale = Number(values.scale ?? (values.quick ? QUICK.scale : 1));
  if (!Number.isInteger(turns) || turns < 1) throw new Error("--pairs is a number from 1.");
  if (!(scale > 0)) throw new Error("--scale is a number above 0.");
  if (values.save && scale !== 1) throw new Error("--save is for archives of full size.");
  return {
    rows: parseRows(values.rows),
    turns,
    scale,
    folder: values.folder,
    isQuick: values.quick,
    saves: values.save,
  };
}

function parseRows(text: string | undefined): string[] {
  const known = bars.map(({ row }) => row);
  if (text === undefined) return known;
  const asked = text.split(",");
  const unknown = asked.filter((row) => !known.includes(row));
  if (unknown.length > 0) {
    throw new Error(`No row is called ${unknown.join(", ")}; there are ${known.join(", ")}.`);
  }
  return asked;
}
