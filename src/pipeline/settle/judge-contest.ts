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
  const verdicts = others.map((file) => {
    const code = duplicateCode(stored.digests as FileDigests, file.digests as FileDigests);
    return {
      fileId: file.fileId,
      state: code === null ? "conflict" : "duplicate",
      code: code ?? "sop-uid-conflict",
      digests: file.digests,
    } satisfies Verdict;
  });
  return { kind: "decided", verdicts: verdicts.filter((verdict) => isNews(verdict, others)) };
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

function isNews(verdict: Verdict, files: readonly ContestFile[]): boolean {
  const file = files.find((each) => each.fileId === verdict.fileId);
  return file?.state !== verdict.state || file.code !== verdict.code;
}
