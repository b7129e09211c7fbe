/** What the ledger knows of folders, for the plan. */
import type { KnownFolder } from "#store/ledger.ts";
import { knownCells } from "#store/ledger.ts";
import { type Cell, RowPacker } from "#store/packed-rows.ts";
import type { Session } from "./session.ts";

/** Codes of entries that are links. */
const linkCodes = "'symlink', 'symlink-loop', 'symlink-outside-root', 'same-file'";

const cells = `file_id, name, size, mtime, ctime, state, recheck, reader_version,
  CASE WHEN code IN (${linkCodes}) THEN code END, CASE WHEN code IN (${linkCodes}) THEN detail END`;

export function knownFolders(
  session: Session,
  cohortId: number,
  folders: readonly { readonly path: string; readonly names: readonly string[] | null }[],
): KnownFolder[] {
  const find = session.prepare("SELECT folder_id FROM folder WHERE cohort_id = ? AND path = ?");
  const all = session.prepare(`SELECT ${cells} FROM file WHERE folder_id = ?`);
  const some = session.prepare(
    `SELECT ${cells} FROM file WHERE folder_id = ? AND name IN (SELECT value FROM json_each(?))`,
  );
  all.setReturnArrays(true);
  some.setReturnArrays(true);
  return folders.map(({ path, names }) => {
    const packer = new RowPacker(knownCells.length);
    const folderId = (find.get(cohortId, path)?.["folder_id"] ?? null) as number | null;
    if (folderId !== null) {
      const rows =
        names === null ? all.iterate(folderId) : some.iterate(folderId, JSON.stringify(names));
      for (const row of rows) packer.addRow(row as unknown as Cell[]);
    }
    return { path, folderId, files: packer.finish() };
  });
}

export function presentFileIds(
  session: Session,
  folderId: number,
  afterId: number,
  limit: number,
): number[] {
  return session
    .prepare(
      "SELECT file_id FROM file WHERE folder_id = ? AND file_id > ? AND state <> 'missing' ORDER BY file_id LIMIT ?",
    )
    .all(folderId, afterId, limit)
    .map((row) => row["file_id"] as number);
}

/** In the caller's transaction. */
export function recheckFiles(session: Session, cohortId: number, which: "all" | "links"): void {
  const only = which === "links" ? ` AND code IN (${linkCodes})` : "";
  session
    .prepare(
      `UPDATE file SET recheck = 1 WHERE state <> 'missing'${only}
       AND folder_id IN (SELECT folder_id FROM folder WHERE cohort_id = ?)`,
    )
    .run(cohortId);
}
