/**
 * Odd files as data, so that a test can write them all into one folder and compare the ledger with what is
 * stated here. Cases that need a file system (permissions, sockets, links, files that change) are not among
 * them. Each image is a study of its own, unless being together is the case.
 */
import { foreignFiles } from "./odd/foreign.ts";
import { identityFiles } from "./odd/identity.ts";
import type { OddFile } from "./odd/odd-file.ts";
import { recognitionFiles } from "./odd/recognition.ts";
import { structureFiles } from "./odd/structure.ts";
import { valueFiles } from "./odd/values.ts";

/** By row; inside a row in the order of names, so that of copies the one kept comes first. */
export const oddFiles: readonly OddFile[] = [
  ...foreignFiles,
  ...recognitionFiles,
  ...structureFiles,
  ...valueFiles,
  ...identityFiles,
].sort((a, b) => a.row - b.row);
