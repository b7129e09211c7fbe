import { resolve } from "node:path";
import { defineCommand } from "#cli/command.ts";

export const demoCommand = defineCommand({
  name: "demo",
  summary: "Write an archive of made-up DICOM files to try the program on",
  details:
    "MR, CT and PET of several makers, classic and enhanced, and the usual mess: copies, broken files, other formats. Nobody's data are in it. The same numbers give the same bytes.",
  examples: [
    { line: "nils demo demo-archive", about: "a few hundred files of four subjects" },
    { line: "nils demo large --subjects 40 --scale 4", about: "more of them, with more slices" },
  ],
  arguments: {
    dir: {
      about: "Folder to write into; it must be empty or not there yet.",
      required: true,
      completes: "folder",
    },
  },
  options: {
    seed: {
      type: "integer",
      placeholder: "N",
      min: 0,
      max: 2_147_483_647,
      default: 1,
      about: "Number that all made-up values are drawn from.",
    },
    subjects: {
      type: "integer",
      placeholder: "N",
      min: 1,
      max: 10_000,
      default: 4,
      about: "Number of subjects; four hold every kind of scan.",
    },
    scale: {
      type: "integer",
      placeholder: "N",
      min: 1,
      max: 100,
      default: 1,
      about: "Factor on the number of slices, volumes and frames.",
    },
  },
  async run(context, { arguments: words, options }) {
    const { writeDemoArchive } = await import("#demo/write-archive.ts");
    const { formatBytes } = await import("#cli/output/format.ts");
    const { plural } = await import("#cli/output/plural.ts");
    const { quoteWord } = await import("#cli/output/quote-word.ts");
    const { seed, subjects, scale } = options;
    const written = await writeDemoArchive(resolve(context.cwd, words.dir), {
      seed,
      subjects,
      scale,
    });
    context.stdout.write(
      `${plural(written.files, "file")} of ${plural(subjects, "subject")} (${formatBytes(written.bytes)}) are in ${words.dir}. Next:\n\n  ${context.program} extract --cohort demo --source ${quoteWord(words.dir)}\n`,
    );
  },
});
