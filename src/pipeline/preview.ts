/**
 * A look at a source without a database (`--dry-run`): discover, plan and parse as a job does, of which
 * only counts are kept. Files are read as far as their headers go, since a rule for subjects may need any of it.
 */
import type { CohortSettings } from "#store/cohort.ts";
import { seriesColumns } from "#store/columns.ts";
import type { JobCounts } from "#store/job.ts";
import { type Cell, eachRow } from "#store/packed-rows.ts";
import { fileCells, type UnitRows } from "#store/unit-rows.ts";
import { startDiscovery } from "./discover/discover.ts";
import type { EntryKind, FoundEntries } from "./discover/walk.ts";
import type { JobSettings } from "./job-settings.ts";
import type { Unit } from "./parse/read-unit.ts";
import { ReaderPool } from "./parse/reader-pool.ts";
import { type PlanRules, planFile } from "./plan.ts";
import { Progress, type ProgressNow } from "./progress.ts";
import { isOutdated } from "./reader-versions.ts";
import { requireSource } from "./require-source.ts";
import { StopSign } from "./stop-sign.ts";
import { makeSubjectFolderFinder } from "./subject-folders.ts";
import { SubjectSurvey, type SurveyResult } from "./subject-survey.ts";
import { UnitRunner } from "./unit-runner.ts";
import { UnitGatherer } from "./units.ts";

export interface PreviewRules
  extends Pick<CohortSettings, "subjectFrom" | "subjectFolders" | "files" | "followLinks">,
    Pick<JobSettings, "workers" | "batchSize" | "minAgeMs"> {
  /** Stored text of the absolute path. */
  readonly source: string;
}

export interface PreviewHooks {
  onBegin?(stop: StopSign): void;
  watch?(progress: () => ProgressNow): void;
  /** Time without progress after which a reader is given up, ms. */
  readonly standstillMs?: number;
}

/** Files of one state and code. */
export interface PreviewCount {
  readonly state: string;
  readonly code: string | null;
  readonly files: number;
}

export interface Preview {
  /** False when it was stopped before its end. */
  readonly isComplete: boolean;
  readonly counts: Pick<JobCounts, "found" | "folders" | "foldersUnlisted">;
  /** Copies count as `stored`: they are told apart from the database only. */
  readonly files: readonly PreviewCount[];
  readonly survey: SurveyResult;
  readonly abandonedReaders: number;
}

export async function previewSource(
  rules: PreviewRules,
  hooks: PreviewHooks = {},
): Promise<Preview> {
  requireSource(rules.source);
  const preview = new PreviewRun(rules, hooks);
  hooks.onBegin?.(preview.stop);
  hooks.watch?.(() => preview.progress.now());
  return preview.run();
}

const cell = {
  folder: fileCells.indexOf("folder"),
  state: fileCells.indexOf("state"),
  code: fileCells.indexOf("code"),
  series: fileCells.indexOf("series"),
} as const;
const patientIdCell = seriesColumns.findIndex((column) => column.name === "patient_id");

class PreviewRun {
  readonly stop = new StopSign();
  readonly progress = new Progress();
  readonly #rules: PreviewRules;
  readonly #standstill: Pick<PreviewHooks, "standstillMs">;
  readonly #plan: PlanRules;
  readonly #pool: ReaderPool;
  readonly #gatherer: UnitGatherer;
  readonly #subjectFolderOf: (folder: string) => string | null;
  readonly #survey: SubjectSurvey;
  readonly #files = new Map<string, PreviewCount & { files: number }>();
  readonly #runner: UnitRunner;

  constructor(rules: PreviewRules, hooks: PreviewHooks) {
    const hasFolderPattern = rules.subjectFolders !== null;
    this.#rules = rules;
    this.#standstill = hooks.standstillMs === undefined ? {} : { standstillMs: hooks.standstillMs };
    this.#plan = {
      resume: true,
      isOutdated,
      trust: "size-mtime-ctime",
      files: rules.files,
      minAge: rules.minAgeMs * 1000,
      now: Date.now() * 1000,
    };
    this.#gatherer = new UnitGatherer(rules.batchSize);
    this.#subjectFolderOf = makeSubjectFolderFinder(rules.subjectFolders);
    this.#survey = new SubjectSurvey({ subjectFrom: rules.subjectFrom, hasFolderPattern });
    this.#pool = new ReaderPool({
      workers: rules.workers,
      rules: {
        source: rules.source,
        codes: new Map(),
        subjectFrom: rules.subjectFrom,
        hasFolderPattern,
        seed: "preview",
      },
      ...this.#standstill,
    });
    this.#runner = new UnitRunner(this.#pool, this.stop, () => {
      const isWaiting = this.#pool.busy > rules.workers;
      if (isWaiting) this.progress.waitingFor = "disk";
      return isWaiting;
    });
  }

  async run(): Promise<Preview> {
    const { stop, progress } = this;
    const discovery = startDiscovery(this.#rules.source, {
      followLinks: this.#rules.followLinks,
      ...this.#standstill,
    });
    try {
      while (stop.reason === null) {
        const chunk = await stop.orRaised(discovery.next());
        if (chunk === undefined) break;
        if (chunk === null) {
          progress.foundIsFinal = true;
          break;
        }
        for (const part of chunk) await this.#takePart(part);
      }
      progress.phase = "parse";
      const rest = this.#gatherer.take();
      if (rest !== null) await this.#submit(rest);
      await this.#runner.finish(0);
    } finally {
      discovery.stop();
      this.#pool.close();
    }
    const { found, folders, foldersUnlisted } = progress.counts;
    return {
      isComplete: progress.foundIsFinal && stop.reason === null,
      counts: { found, folders, foldersUnlisted },
      files: [...this.#files.values()].sort((a, b) => b.files - a.files),
      survey: this.#survey.result(),
      abandonedReaders: this.#pool.abandoned + discovery.abandoned,
    };
  }

  async #takePart(part: FoundEntries): Promise<void> {
    const { counts } = this.progress;
    if (part.isFirst) counts.folders += 1;
    if (part.state === "unreadable") counts.foldersUnlisted += 1;
    const subjectFolder = this.#subjectFolderOf(part.path);
    const full: Unit[] = [];
    eachRow(part.files, (row) => {
      counts.found += 1;
      const [name, kind, size, mtime, ctime, detail] = row as [
        string,
        EntryKind,
        number,
        number,
        number,
        string | null,
      ];
      const plan = planFile({ name, kind, size, mtime, ctime, detail }, undefined, this.#plan);
      if (plan.planned === "unchanged") return; // cannot be: nothing is known
      if (plan.action === "note") {
        this.#count(plan.state, plan.code, 1);
        return;
      }
      const file = { name, isKnown: false, size, mtime, ctime };
      const unit = this.#gatherer.add(part.path, subjectFolder, file);
      if (unit !== null) full.push(unit);
    });
    for (const unit of full) await this.#submit(unit);
  }

  #submit(unit: Unit): Promise<void> {
    return this.#runner.submit(unit, {
      onRead: (rows, rest) => this.#take(rest, rows),
      onFailed: (_position, code) => this.#count("unreadable", code, 1),
    });
  }

  #take(unit: Unit, rows: UnitRows): void {
    const bySeries = new Map<string, { folder: number; series: number; files: number }>();
    eachRow(rows.files, (row) => {
      this.#count(row[cell.state] as string, row[cell.code] as string | null, 1);
      const series = row[cell.series] as number | null;
      if (series === null) return;
      const folder = row[cell.folder] as number;
      const key = `${folder}/${series}`;
      const known = bySeries.get(key);
      if (known === undefined) bySeries.set(key, { folder, series, files: 1 });
      else known.files += 1;
    });
    for (const { folder, series, files } of bySeries.values()) {
      const part = rows.series[series];
      if (part === undefined) continue;
      const patientId: Cell = part.values[patientIdCell] ?? null;
      this.#survey.add({
        patientId: patientId === null ? null : String(patientId),
        subjectFolder: unit.folders[folder]?.subjectFolder ?? null,
        studyInstanceUid: part.studyInstanceUid,
        files,
      });
    }
    this.progress.counts.read += rows.files.rows;
  }

  #count(state: string, code: string | null, files: number): void {
    this.progress.counts.new += files;
    const key = `${state}/${code ?? ""}`;
    const known = this.#files.get(key);
    if (known === undefined) this.#files.set(key, { state, code, files });
    else known.files += files;
  }
}
