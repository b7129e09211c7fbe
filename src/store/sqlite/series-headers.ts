/** The headers of each series, packed with the one that is the base of its series, and unpacked again. */
import { packBase, packHeader, unpackBase, unpackHeader } from "#store/packed-headers.ts";
import type { Session } from "./session.ts";

/** For one transaction or snapshot: remembers the base of the series asked for last. */
export class SeriesHeaders {
  readonly #session: Session;
  #seriesId = 0;
  #base: Uint8Array | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  /** The first header of a series becomes its base. */
  pack(seriesId: number, instanceId: number, content: Uint8Array): Uint8Array {
    let base = this.#baseOf(seriesId);
    if (base === null) {
      this.#session
        .prepare("INSERT INTO header_base (series_id, instance_id, content) VALUES (?, ?, ?)")
        .run(seriesId, instanceId, packBase(content));
      base = content;
      this.#base = base;
    }
    return packHeader(content, base);
  }

  unpack(seriesId: number, packed: Uint8Array): Uint8Array {
    const base = this.#baseOf(seriesId);
    if (base === null) throw new Error(`series ${seriesId} has headers and no base`);
    return unpackHeader(packed, base);
  }

  #baseOf(seriesId: number): Uint8Array | null {
    if (seriesId !== this.#seriesId) {
      const row = this.#session
        .prepare("SELECT content FROM header_base WHERE series_id = ?")
        .get(seriesId);
      this.#base = row === undefined ? null : unpackBase(row["content"] as Uint8Array);
      this.#seriesId = seriesId;
    }
    return this.#base;
  }
}

const isGone =
  "NOT EXISTS (SELECT 1 FROM header WHERE header.instance_id = header_base.instance_id)";

/**
 * A base goes with the header that it was made of: what a file no longer says is not kept because others were
 * packed with it. They are packed anew with the first of them, about 0.3 ms each. In the caller's transaction.
 */
export function renewBase(session: Session, seriesId: number): void {
  const stale = session
    .prepare(`SELECT 1 FROM header_base WHERE series_id = ? AND ${isGone}`)
    .get(seriesId);
  if (stale === undefined) return;
  const before = new SeriesHeaders(session);
  const rest = session
    .prepare(
      "SELECT instance_id, content FROM header JOIN instance USING (instance_id) WHERE series_id = ? ORDER BY instance_id",
    )
    .all(seriesId)
    .map((row) => ({
      instanceId: row["instance_id"] as number,
      content: before.unpack(seriesId, row["content"] as Uint8Array),
    }));
  session.prepare("DELETE FROM header_base WHERE series_id = ?").run(seriesId);
  const after = new SeriesHeaders(session);
  const update = session.prepare("UPDATE header SET content = ? WHERE instance_id = ?");
  for (const { instanceId, content } of rest) {
    update.run(after.pack(seriesId, instanceId, content), instanceId);
  }
}

/** All bases of a cohort whose headers are gone. In the caller's transaction. */
export function renewBases(session: Session, cohortId: number): void {
  const stale = session
    .prepare(
      `SELECT series_id FROM subject JOIN study USING (subject_id) JOIN series USING (study_id)
       JOIN header_base USING (series_id) WHERE cohort_id = ? AND ${isGone}`,
    )
    .all(cohortId);
  for (const row of stale) renewBase(session, row["series_id"] as number);
}
