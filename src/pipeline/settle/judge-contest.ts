/**
 * What becomes of several present files that claim one instance: the smallest path is stored, the others
 * are duplicates or conflicts of it. Pure.
 */
import type { Contest, ContestFile, FileDigests, Verdict } from "#store/settlement.ts";

export type Ruling =
  /** The file with the smallest path is not the stored one: it is read, which makes it so. */
  | { readonly kind: "promote"; readonly file: ContestFile }
  /** Digests are lacking of these. */
  | { readonly kind: "digest"; readonly files: readonly ContestFile[] }
  | { readonly kind: "decided"; readonly verdicts: readonly Verdict[] };

export function judgeContest(contest: Contest): Ruling {
  const [stored, ...others] = contest.files;
  if (stored === undefined) return { kind: "decided", verdicts: [] };
  if (stored.state !== "stored") return { kind: "promote", file: stored };
  const lacking = contest.files.filter((file) => file.digests === null);
  if (lacking.length > 0 && others.length > 0) return { kind: "digest", files: lacking };
  return { kind: "decided", verdicts: concludeContest(contest, new Map()) };
}

/**
 * The verdicts that are news, once the stored file has the smallest path. `read`: digests by file id, null of
 * files that could not be read. What could not be compared says so, and the next job reads again what it was
 * for.
 */
export function concludeContest(
  { files }: Contest,
  read: ReadonlyMap<number, FileDigests | null>,
): Verdict[] {
  const digestsOf = (file: ContestFile): FileDigests | null =>
    read.get(file.fileId) ?? file.digests;
  const [stored, ...others] = files;
  if (stored === undefined || others.length === 0) return [];
  const holder = digestsOf(stored);
  return files.flatMap((file): Verdict[] => {
    const { fileId, state, code } = file;
    const digests = digestsOf(file);
    const judged = file === stored ? { state, code } : compare(holder, digests);
    const verdict = { fileId, ...judged, digests };
    if (digests === null) return [{ ...verdict, recheck: true }];
    const isNews = digests !== file.digests || verdict.state !== state || verdict.code !== code;
    return isNews ? [verdict] : [];
  });
}

function compare(
  stored: FileDigests | null,
  other: FileDigests | null,
): Pick<Verdict, "state" | "code"> {
  if (stored === null || other === null) return { state: "duplicate", code: "not-compared" };
  const code = duplicateCode(stored, other);
  return code === null
    ? { state: "conflict", code: "sop-uid-conflict" }
    : { state: "duplicate", code };
}

/** How two files say the same; null where they do not. */
export function duplicateCode(stored: FileDigests, other: FileDigests): string | null {
  if (stored.bytes === other.bytes) return "duplicate-bytes";
  if (stored.content === other.content) return "duplicate-dataset";
  const isOtherEncoding = stored.transferSyntaxUid !== other.transferSyntaxUid;
  const isLossless = !stored.isLossy && !other.isLossy;
  return stored.header === other.header && isOtherEncoding && isLossless
    ? "same-header-other-encoding"
    : null;
}
