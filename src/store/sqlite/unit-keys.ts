/** Ids of what the files of a unit refer to by index: each is looked for once, not once per file. */
import type { JobKey } from "#store/job.ts";
import type { SettingPart, UnitRows } from "#store/unit-rows.ts";
import type { FolderKey, FolderKeys } from "./folder-keys.ts";
import type { SeriesKey, SeriesKeys } from "./series-keys.ts";

interface UnitFolder extends FolderKey {
  readonly path: string;
}

/** Good until a transaction is rolled back. */
export class UnitKeys {
  readonly #unit: UnitRows;
  readonly #job: JobKey;
  readonly #folderKeys: FolderKeys;
  readonly #seriesKeys: SeriesKeys;
  readonly #folders: UnitFolder[] = [];
  readonly #series: SeriesKey[] = [];
  /** By series, then by setting. */
  readonly #settings: number[][] = [];

  constructor(unit: UnitRows, job: JobKey, folderKeys: FolderKeys, seriesKeys: SeriesKeys) {
    this.#unit = unit;
    this.#job = job;
    this.#folderKeys = folderKeys;
    this.#seriesKeys = seriesKeys;
  }

  folder(index: number): UnitFolder {
    const known = this.#folders[index];
    if (known !== undefined) return known;
    const path = this.#unit.folders[index] as string;
    const folder = { ...this.#folderKeys.of(this.#job, path), path };
    this.#folders[index] = folder;
    return folder;
  }

  series(index: number): SeriesKey {
    const known = this.#series[index];
    if (known !== undefined) return known;
    const part = this.#unit.series[index];
    if (part === undefined) throw new Error("a stored file without a series");
    const key = this.#seriesKeys.ofSeries(this.#job.cohortId, part);
    this.#series[index] = key;
    return key;
  }

  /** Settings belong to a series; null for an object that has none. */
  setting(series: number, index: number | null): number | null {
    if (index === null) return null;
    const known = this.#settings[series]?.[index];
    if (known !== undefined) return known;
    const part = this.#unit.settings[index] as SettingPart;
    const id = this.#seriesKeys.ofSetting(this.series(series).seriesId, part);
    const ofSeries = this.#settings[series] ?? [];
    this.#settings[series] = ofSeries;
    ofSeries[index] = id;
    return id;
  }
}
