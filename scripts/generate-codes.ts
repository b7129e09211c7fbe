/** Makes docs/reference/codes.md from the lists of states and codes. */
import type { Code } from "#catalogue/codes/code.ts";
import { problemCodes } from "#catalogue/codes/problem-codes.ts";
import { stackFlags } from "#catalogue/codes/stack-flags.ts";
import { stateCodes } from "#catalogue/codes/state-codes.ts";
import { fileStates } from "#catalogue/codes/states.ts";
import { warningCodes } from "#catalogue/codes/warning-codes.ts";
import { writeTable } from "./markdown-table.ts";

/** Text of the page, with its closing line break. */
export function generateCodesPage(): string {
  return `<!-- Made by: npm run generate. Source: src/catalogue/codes/. Do not edit. -->

# States and codes

Each file has one state and, where the state is not \`stored\`, one code that says why. A stored file may have any number of
warnings. \`nils files\` and \`nils problems\` print them.

## States of files

${writeCodes(fileStates)}

## Why a file is not stored

${writeTable(
  ["state", "code", "meaning", "what to do"],
  stateCodes.map(({ state, code, meaning, advice }) => [state, `\`${code}\``, meaning, advice]),
)}

## Warnings of stored files

A warning costs at most the value that it is about. Those marked are also listed among the problems of the series.

${writeTable(
  ["code", "problem", "meaning", "what to do"],
  warningCodes.map(({ code, isProblem, meaning, advice }) => [
    `\`${code}\``,
    isProblem ? "yes" : "",
    meaning,
    advice,
  ]),
)}

## Problems of several files or of folders

${writeCodes(problemCodes)}

## Remarks on stacks

${writeCodes(stackFlags)}
`;
}

const writeCodes = (codes: readonly Code[]): string =>
  writeTable(
    ["code", "meaning", "what to do"],
    codes.map(({ code, meaning, advice }) => [`\`${code}\``, meaning, advice]),
  );
