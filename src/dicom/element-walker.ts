/**
 * Walks the elements of a header with an explicit stack and records offsets (PS3.5 §7). One walker serves programs
 * that want certain elements and programs that want every one. Each step moves on by 8 bytes or more whatever they
 * are, so that a walk ends.
 */
import { findVr } from "./dictionary.ts";
import { type Header, ITEM_TAG, UNDEFINED_LENGTH } from "./header.ts";
import type { HeaderRecorder } from "./header-recorder.ts";
import type { HeaderWindow } from "./header-window.ts";
import { readOddHeader } from "./odd-header.ts";
import { PrivateBlocks } from "./private-blocks.ts";
import { type Encoding, readTag, readUint16, readUint32, readVr } from "./probe.ts";
import type { ReaderLimits } from "./reader-limits.ts";
import {
  CHARACTER_SET_TAG,
  DIRECTORY_RECORDS_TAG,
  DIRECTORY_SOP_CLASS,
  ITEM_END_TAG,
  MANUFACTURER_TAG,
  META_LENGTH_TAG,
  META_SOP_CLASS_TAG,
  PADDING_TAG,
  PER_FRAME_GROUPS_TAG,
  PIXEL_TAGS,
  SEQUENCE_END_TAG,
  SHARED_GROUPS_TAG,
  SOP_CLASS_TAG,
  SPECTROSCOPY_TAG,
  TRANSFER_SYNTAX_TAG,
  WAVEFORM_TAG,
} from "./structure-tags.ts";
import { formatTag } from "./tag.ts";
import { LONGEST_TEXT, readText, spells } from "./value-text.ts";
import { isVr, LONG_LENGTH, SHORT_LENGTH, vrCode, vrTraits } from "./vr.ts";
import { createWalkLevel, type WalkLevel } from "./walk-level.ts";
import type { WantedEntry, WantedNode, WantedTree } from "./wanted.ts";

const SQ = vrCode("SQ");
const UN = vrCode("UN");
/** VRs whose undefined length means encapsulated fragments (PS3.5 §A.4). */
const FRAGMENT_VRS: ReadonlySet<number> = new Set(["OB", "OD", "OF", "OL", "OV", "OW"].map(vrCode));

/** No tag above this one means anything to the walk itself but those from the functional groups on. */
const LAST_MEANINGFUL_TAG = SOP_CLASS_TAG;

/** Problems described per file; of further ones the codes are kept. */
const DESCRIBED_PROBLEMS = 100;
/** `HeaderRecords.charset` is a byte. */
const CHARSETS = 256;
const PROGRESS_STEPS = 1000;

const ODD_VR = "The VR is none of the standard.";
const TWICE = "The element is there twice.";
const NO_CREATOR = "The block has no private creator; what its maker usually keeps there was read.";
/** First element of the block that creators get where nothing else took it. */
const USUAL_BLOCK = 0x1000;
const TOO_MANY = "The file holds more elements than are read.";

/** What a tag outside the ordinary range means for the walk. */
type Turn = "pass" | "enter" | "turn" | "end";

export class ElementWalker {
  /** Position after the meta group as (0002,0000) announces it; −1 when it is absent. */
  announcedMetaEnd = -1;

  private readonly window: HeaderWindow;
  private readonly header: Header;
  private readonly recorder: HeaderRecorder;
  private readonly limits: ReaderLimits;
  private readonly onProgress: () => void;
  private readonly tree: WantedTree | null;
  private readonly twins: Int32Array;
  /** Serial of the item in which each entry of the tree was last seen. */
  private readonly seen: Int32Array;
  private readonly levels: readonly WalkLevel[];
  private readonly blocks = new PrivateBlocks();
  /** Values up to this many bytes are kept whatever their VR. */
  private readonly alwaysKept: number;
  /** In everything mode: top-level tags among the records before `topScanned`; filled when one is out of order. */
  private readonly topTags = new Set<number>();
  private topScanned = 0;
  private lastTransferSyntax = "";
  private lastCharacterSet: string | null = null;
  /** Of this file; null until it is asked for. */
  private maker: string | null = null;
  private serial = 0;
  private depth = 0;
  private elements = 0;
  /** Number of elements at which progress is told and the limit looked at. */
  private nextPause = 0;
  private isMeta = false;
  // Not integers on purpose: the fields are then doubles from the start, also for files beyond 2 GiB.
  private position = 0.5;
  private fileEnd = 0.5;

  constructor(
    wanted: WantedTree | "everything",
    window: HeaderWindow,
    header: Header,
    recorder: HeaderRecorder,
    limits: ReaderLimits,
    onProgress: () => void,
  ) {
    this.tree = wanted === "everything" ? null : wanted;
    this.twins = this.tree?.twins ?? new Int32Array(0);
    this.seen = new Int32Array(this.tree?.entryCount ?? 0);
    this.window = window;
    this.header = header;
    this.recorder = recorder;
    this.limits = limits;
    this.onProgress = onProgress;
    this.levels = Array.from({ length: limits.depth + 1 }, createWalkLevel);
    this.alwaysKept =
      this.tree === null
        ? limits.anyBytes
        : Math.min(limits.textBytes, limits.blobBytes, limits.otherBytes);
  }

  /** Walks the meta group (PS3.10 §7.1) of a new file and returns the position after it. */
  walkMeta(position: number, encoding: Encoding): number {
    this.elements = 0;
    this.announcedMetaEnd = -1;
    this.isMeta = true;
    this.begin(position, encoding);
    this.walk();
    this.header.elements = this.elements;
    return this.position;
  }

  /** Walks the data set from `position` on; `elements` were passed in the meta group. */
  walkDataSet(position: number, encoding: Encoding): void {
    this.elements = this.header.elements;
    this.maker = null;
    this.isMeta = false;
    this.begin(position, encoding);
    this.walk();
    this.header.elements = this.elements;
    this.header.lastTag = this.level(0).tag;
  }

  private begin(position: number, encoding: Encoding): void {
    if (this.serial > 0x3fff_ffff) {
      this.serial = 0;
      this.seen.fill(0);
    }
    this.nextPause = Math.min(this.elements + PROGRESS_STEPS, this.limits.elements + 1);
    this.depth = 0;
    this.position = position;
    this.fileEnd = this.window.size;
    this.blocks.clear();
    if (this.tree === null) {
      this.topTags.clear();
      this.topScanned = 0;
    }
    const level = this.level(0);
    level.tag = 0;
    level.explicit = encoding.explicit;
    level.bigEndian = encoding.bigEndian;
    level.node = this.tree === null ? null : this.tree.top;
    level.cursor = 0;
    level.serial = ++this.serial;
    level.end = this.fileEnd;
  }

  private level(depth: number): WalkLevel {
    return this.levels[depth] as WalkLevel;
  }

  /**
   * The loop over elements. Each turn of the outer loop takes up a level; the inner one passes the elements of it
   * with little but local variables, which is what makes it fast.
   */
  private walk(): void {
    const { window, recorder, seen, twins, alwaysKept } = this;
    for (;;) {
      const { depth } = this;
      const level = this.level(depth);
      const { node, explicit, bigEndian, end, serial } = level;
      const tags = node === null ? null : node.tags;
      const hasPrivate = node !== null && node.privateGroups.length > 0;
      const recordsAll = this.tree === null && !level.isMuted;
      const firstSpecial = depth > 0 ? PADDING_TAG : this.isMeta ? 0x0003_0000 : SHARED_GROUPS_TAG;
      const lastLowSpecial = depth > 0 ? -1 : this.isMeta ? 0x0001_ffff : 0;
      let { cursor, tag: lastTag } = level;
      let { view, base, end: viewEnd } = window;
      let { position } = this;
      for (;;) {
        if (position + 8 > end) {
          level.tag = lastTag;
          if (!this.endLevel(position)) return;
          break;
        }
        if (position + 12 > viewEnd || position < base) {
          window.cover(position, 12);
          if (window.end - position < 8) {
            level.tag = lastTag;
            this.endOfBytes(position);
            return;
          }
          view = window.view;
          base = window.base;
          viewEnd = window.end;
        }
        const at = position - base;
        const tag = bigEndian
          ? (((view[at] as number) << 24) |
              ((view[at + 1] as number) << 16) |
              ((view[at + 2] as number) << 8) |
              (view[at + 3] as number)) >>>
            0
          : (((view[at + 1] as number) << 24) |
              ((view[at] as number) << 16) |
              ((view[at + 3] as number) << 8) |
              (view[at + 2] as number)) >>>
            0;

        let mustEnter = false;
        if (tag >= firstSpecial || tag <= lastLowSpecial) {
          level.tag = lastTag;
          level.cursor = cursor;
          this.position = position;
          const turn = this.meetSpecialTag(tag, level);
          if (turn === "end") return;
          if (turn === "turn") break;
          mustEnter = turn === "enter";
        }
        if (!this.countStep(position, tag)) {
          level.tag = lastTag;
          return;
        }

        let vr = 0;
        let headerBytes = 8;
        let length: number;
        if (explicit) {
          vr = ((view[at + 4] as number) << 8) | (view[at + 5] as number);
          const traits = vrTraits[vr] as number;
          if ((traits & SHORT_LENGTH) !== 0) {
            const first = view[at + 6] as number;
            const second = view[at + 7] as number;
            length = bigEndian ? (first << 8) | second : first | (second << 8);
          } else if ((traits & LONG_LENGTH) !== 0) {
            headerBytes = 12;
            if (position + 12 > viewEnd) {
              level.tag = lastTag;
              this.endOfBytes(position);
              return;
            }
            length = readUint32(view, at + 8, bigEndian);
          } else {
            const odd = readOddHeader(window, position, end, bigEndian);
            ({ vr, headerBytes, length } = odd);
            this.note(odd.code, position, tag, ODD_VR);
            view = window.view;
            base = window.base;
            viewEnd = window.end;
          }
        } else {
          length = readUint32(view, at + 4, bigEndian);
        }
        const valueAt = position + headerBytes;
        const next = valueAt + length;

        let entry: WantedEntry | null = null;
        if (tags !== null) {
          if (tag <= lastTag) cursor = findCursor(tags, tag);
          while ((tags[cursor] as number) < tag) cursor += 1;
          if (tags[cursor] === tag) {
            entry = (node as WantedNode).entries[cursor] as WantedEntry | null;
          }
          if (hasPrivate && (tag & 0x1_0000) !== 0) {
            const found = this.meetPrivate(tag, node as WantedNode, valueAt, length, end);
            entry ??= found;
            view = window.view;
            base = window.base;
            viewEnd = window.end;
          }
          if (entry !== null) {
            if (seen[entry.id] === serial) {
              this.note("duplicate-element", position, tag, TWICE);
              entry = null;
              mustEnter = false;
            } else {
              seen[entry.id] = serial;
            }
          }
        } else if (recordsAll && tag <= lastTag && this.isDuplicate(tag, depth)) {
          this.note("duplicate-element", position, tag, TWICE);
        }

        let writtenVr = vr;
        if (entry !== null || recordsAll || mustEnter) {
          if (vr === 0 || vr === UN) {
            writtenVr = vr;
            vr = this.assumeVr(tag, entry, mustEnter, valueAt, length);
            view = window.view;
            base = window.base;
            viewEnd = window.end;
          }
          if (vr === SQ && length !== UNDEFINED_LENGTH) {
            level.tag = tag;
            level.cursor = cursor;
            if (!this.openSequence(tag, vr, writtenVr, entry, valueAt, length)) return;
            break;
          }
        }
        if (length === UNDEFINED_LENGTH) {
          level.tag = tag;
          level.cursor = cursor;
          if (!this.openSequence(tag, vr, writtenVr, entry, valueAt, length)) return;
          break;
        }

        if (next > end) {
          if (!this.passOverrun(position, tag, end)) {
            level.tag = lastTag;
            return;
          }
          position = end;
          continue;
        }
        if (tag <= LAST_MEANINGFUL_TAG) {
          this.noteMeaning(tag, level, valueAt, length);
          if (this.header.kind === "dicomdir" && this.tree !== null) {
            level.tag = tag;
            this.position = next;
            return;
          }
          view = window.view;
          base = window.base;
          viewEnd = window.end;
        }
        if (recordsAll || (entry !== null && entry.path >= 0)) {
          const path = entry === null ? -1 : entry.path;
          const isAssumed = vr !== writtenVr;
          if (next <= window.headEnd && length <= alwaysKept && (path < 0 || twins[path] === -1)) {
            recorder.add(path, tag, vr, isAssumed, level, depth, valueAt, length, valueAt, length);
          } else if (
            !recorder.addValue(
              path,
              twins,
              tag,
              vr,
              isAssumed,
              level,
              depth,
              valueAt,
              length,
              entry?.isDeferred === true,
            )
          ) {
            level.tag = lastTag;
            this.endOfBytes(valueAt + length);
            return;
          }
          if (recorder.isFull) {
            level.tag = lastTag;
            this.stop("element-limit", position, tag, TOO_MANY);
            return;
          }
          view = window.view;
          base = window.base;
          viewEnd = window.end;
        }
        lastTag = tag;
        position = next;
      }
    }
  }

  /** Counts an element or item; false when there were too many. */
  private countStep(position: number, tag: number): boolean {
    this.elements += 1;
    if (this.elements < this.nextPause) return true;
    this.nextPause = Math.min(this.elements + PROGRESS_STEPS, this.limits.elements + 1);
    this.onProgress();
    if (this.elements <= this.limits.elements) return true;
    this.stop("element-limit", position, tag, TOO_MANY);
    return false;
  }

  /** Tags that are structure, the ends of the data set and the meta group, and elements that the walk itself knows. */
  private meetSpecialTag(tag: number, level: WalkLevel): Turn {
    const { position } = this;
    if (this.depth === 0) {
      if (this.isMeta) return "end";
      if (tag === 0) return this.isZeroHeader(position) ? "end" : "pass";
      if (tag === SHARED_GROUPS_TAG || tag === PER_FRAME_GROUPS_TAG) return "enter";
      if (PIXEL_TAGS.has(tag)) return this.meetPixels(tag, level);
      if (tag === WAVEFORM_TAG) this.header.hasWaveform = true;
      if (tag === SPECTROSCOPY_TAG) this.header.hasSpectroscopy = true;
      if (tag === PADDING_TAG) return "end";
    }
    if (tag !== ITEM_TAG && tag !== ITEM_END_TAG && tag !== SEQUENCE_END_TAG) return "pass";
    // An item that begins where its forerunner should have ended needs no step of its own.
    if (tag === ITEM_TAG && this.depth > 0 && level.isDelimited) {
      this.note(
        "sequence-not-delimited",
        position,
        tag,
        "An item begins before the last one ended.",
      );
      return this.leaveItem() ? "turn" : "end";
    }
    if (!this.countStep(position, tag)) return "end";
    this.position = position + 8;
    if (this.depth === 0 || tag === ITEM_TAG) return "turn";
    if (tag === ITEM_END_TAG) return !level.isDelimited || this.leaveItem() ? "turn" : "end";
    if (level.isSequenceDelimited) {
      this.blocks.leaveItem();
      this.closeSequence();
      return "turn";
    }
    return !level.isDelimited || this.leaveItem() ? "turn" : "end";
  }

  /** Takes down where the pixels are and ends the walk (PS3.3 §C.7.6.3). */
  private meetPixels(tag: number, level: WalkLevel): Turn {
    const { window, position } = this;
    const at = position - window.base;
    let length = readUint32(window.view, at + 4, level.bigEndian);
    let headerBytes = 8;
    if (level.explicit) {
      const traits = vrTraits[readVr(window.view, at)] as number;
      if ((traits & SHORT_LENGTH) !== 0) {
        length = readUint16(window.view, at + 6, level.bigEndian);
      } else if ((traits & LONG_LENGTH) === 0) {
        const odd = readOddHeader(window, position, level.end, level.bigEndian);
        ({ headerBytes, length } = odd);
        this.note(odd.code, position, tag, ODD_VR);
      } else if (position + 12 > window.end) {
        this.endOfBytes(position);
        return "end";
      } else {
        headerBytes = 12;
        length = readUint32(window.view, at + 8, level.bigEndian);
      }
    }
    const valueAt = position + headerBytes;
    const left = Math.max(0, this.fileEnd - valueAt);
    const available = Number.isFinite(left) ? Math.min(length, left) : length;
    this.header.pixelData = { tag, position: valueAt, declared: length, available };
    return "end";
  }

  /** Whether the 8 bytes at `position` are zeros, as files are padded with. */
  private isZeroHeader(position: number): boolean {
    const { view, base } = this.window;
    for (let index = 0; index < 8; index++) {
      if (view[position - base + index] !== 0) return false;
    }
    return true;
  }

  /** Reads a private creator, or finds what is wanted of a private element. */
  private meetPrivate(
    tag: number,
    node: WantedNode,
    valueAt: number,
    length: number,
    end: number,
  ): WantedEntry | null {
    const element = tag & 0xffff;
    if (element >= 0x1000) {
      const entry = this.blocks.findEntry(tag);
      return entry === undefined ? this.assumeCreator(tag, node) : entry;
    }
    if (element < 0x10 || element > 0xff) return null;
    const group = node.privateGroups.find((each) => each.group === tag >>> 16);
    if (group === undefined) return null;
    const bytes = Math.min(length, end - valueAt, LONGEST_TEXT);
    const { window } = this;
    window.cover(valueAt, bytes);
    const start = valueAt - window.base;
    const last = Math.min(start + bytes, window.end - window.base);
    this.blocks.remember(tag, group, window.view, start, last);
    return null;
  }

  /** What is wanted of an element whose block has no owner, if the file's maker is known to own block 10. */
  private assumeCreator(tag: number, node: WantedNode): WantedEntry | null {
    if ((tag & 0xff00) !== USUAL_BLOCK) return null;
    const group = node.privateGroups.find((each) => each.group === tag >>> 16);
    if (group === undefined) return null;
    for (const creator of group.creators) {
      const entry = creator.elements.get(tag & 0xff);
      if (entry === undefined || this.blocks.names(tag >>> 16, creator)) continue;
      if (!creator.makers.some((maker) => this.readMaker().includes(maker))) continue;
      this.note("private-creator-missing", this.position, tag, NO_CREATOR);
      return entry;
    }
    return null;
  }

  /** Manufacturer (0008,0070) in upper case, as far as it was recorded. */
  private readMaker(): string {
    this.maker ??= this.findMaker().toUpperCase();
    return this.maker;
  }

  private findMaker(): string {
    const { records } = this.header;
    for (let index = 0; index < records.count; index++) {
      if (records.tag[index] !== MANUFACTURER_TAG || records.depth[index] !== 0) continue;
      const start = records.start[index] as number;
      // −1 where it was too long to be kept.
      const length = Math.max(0, Math.min(records.length[index] as number, LONGEST_TEXT));
      return String.fromCharCode(...this.window.bytes.subarray(start, start + length));
    }
    return "";
  }

  /** VR of an element that states none, or UN: the wanted path's or the dictionary's (PS3.5 §6.2.2). */
  private assumeVr(
    tag: number,
    entry: WantedEntry | null,
    mustEnter: boolean,
    valueAt: number,
    length: number,
  ): number {
    const vr = mustEnter ? SQ : entry !== null ? entry.vr : findVr(tag);
    if (length === 0 || length === UNDEFINED_LENGTH) return vr === 0 ? UN : vr;
    if (vr === 0) return this.holdsItem(valueAt, length) ? SQ : UN;
    return vr === SQ && !this.startsWithItem(valueAt) ? UN : vr;
  }

  /** Whether a value of unknown VR begins with an item that fits: then it is a sequence, as writers have them. */
  private holdsItem(position: number, length: number): boolean {
    const { window } = this;
    if (length < 8 || !window.cover(position, 8)) return false;
    const at = position - window.base;
    const tag = readTag(window.view, at, false);
    if (tag === SEQUENCE_END_TAG) return length === 8;
    if (tag !== ITEM_TAG) return false;
    const itemLength = readUint32(window.view, at + 4, false);
    return itemLength === UNDEFINED_LENGTH || 8 + itemLength <= length;
  }

  private startsWithItem(position: number): boolean {
    const { window } = this;
    if (!window.cover(position, 8)) return false;
    const at = position - window.base;
    return (
      isItemOrEnd(readTag(window.view, at, false)) || isItemOrEnd(readTag(window.view, at, true))
    );
  }

  /** In everything mode: whether a tag that is out of order was passed before, at the top level or just now. */
  private isDuplicate(tag: number, depth: number): boolean {
    if (tag === this.level(depth).tag) return true;
    if (depth > 0) return false;
    const { records } = this.header;
    for (; this.topScanned < records.count; this.topScanned++) {
      if (records.depth[this.topScanned] === 0) {
        this.topTags.add(records.tag[this.topScanned] as number);
      }
    }
    return this.topTags.has(tag);
  }

  /**
   * Enters a sequence, or whatever has an undefined length. Returns false when the walk must stop; otherwise the
   * walk goes on at `this.position` on the level `this.depth`.
   */
  private openSequence(
    tag: number,
    vr: number,
    writtenVr: number,
    entry: WantedEntry | null,
    valueAt: number,
    length: number,
  ): boolean {
    const { depth, header, limits } = this;
    const parent = this.level(depth);
    const isDelimited = length === UNDEFINED_LENGTH;
    this.position = valueAt;
    if (tag === DIRECTORY_RECORDS_TAG && this.meetDirectory(depth)) return false;
    if (isDelimited && writtenVr !== SQ && writtenVr !== UN) {
      if (FRAGMENT_VRS.has(vr)) return this.passFragments(tag, vr, writtenVr, valueAt);
      if (writtenVr !== 0 && !this.startsWithItem(valueAt)) {
        this.stop("length-beyond-file", valueAt, tag, "A plain value has no length.");
        return false;
      }
    }
    let end = isDelimited ? parent.end : valueAt + length;
    if (end > parent.end) {
      // Unlike a plain value, what is there of a sequence can be read.
      this.note("length-beyond-file", valueAt, tag, "A sequence reaches beyond what it is in.");
      if (parent.end >= this.fileEnd) header.stopped ??= "length-beyond-file";
      end = parent.end;
    }
    if (depth >= limits.depth) {
      this.note("nesting-limit", valueAt, tag, "Sequences are nested too deep to be read.");
      if (isDelimited) header.stopped ??= "nesting-limit";
      this.position = end;
      return !isDelimited;
    }

    const level = this.level(depth + 1);
    level.countFrom = header.records.count;
    this.recordSequence(tag, writtenVr, entry, parent, depth, valueAt, length);
    level.countTo = header.records.count;
    const isForeign =
      writtenVr === UN || (writtenVr === 0 && (parent.explicit || findVr(tag) === 0));
    const encoding = isForeign ? this.detectContent(valueAt) : parent;
    level.explicit = encoding.explicit;
    level.bigEndian = encoding.bigEndian;
    level.sequenceTag = tag;
    level.sequenceEnd = end;
    level.isSequenceDelimited = isDelimited;
    level.wanted = entry === null ? null : entry.sequence;
    level.itemCount = 0;
    this.depth = depth + 1;
    return !this.recorder.isFull
      ? this.nextItem()
      : this.stop("element-limit", valueAt, tag, TOO_MANY);
  }

  /** Records a sequence under its path and its twins, with no items so far. */
  private recordSequence(
    tag: number,
    writtenVr: number,
    entry: WantedEntry | null,
    parent: WalkLevel,
    depth: number,
    valueAt: number,
    length: number,
  ): void {
    const recordsAll = this.tree === null && !parent.isMuted;
    if (!recordsAll && (entry === null || entry.path < 0 || entry.vr !== SQ)) return;
    const isAssumed = writtenVr !== SQ;
    let path = entry === null ? -1 : entry.path;
    do {
      this.recorder.add(path, tag, SQ, isAssumed, parent, depth, 0, 0, valueAt, length);
      path = this.twins[path] ?? -1;
    } while (path >= 0);
  }

  /**
   * Encoding inside a UN element: implicit little endian (PS3.5 §6.2.2), but some writers leave the content as
   * it was (dcm4che#159).
   */
  private detectContent(position: number): Encoding {
    const { window } = this;
    window.cover(position, 16);
    const { view } = window;
    const at = position - window.base;
    if (position + 16 > window.end) return { explicit: false, bigEndian: false };
    const bigEndian = readTag(view, at, true) === ITEM_TAG;
    const isElement = readTag(view, at + 8, bigEndian) < ITEM_TAG;
    const holdsElement = readUint32(view, at + 4, bigEndian) >= 8;
    return { explicit: holdsElement && isElement && isVr(readVr(view, at + 8)), bigEndian };
  }

  /** Leaves an item that ended at `this.position` for the next one. */
  private leaveItem(): boolean {
    this.blocks.leaveItem();
    return this.nextItem();
  }

  /** Leaves a sequence; its parent goes on at `this.position`. */
  private closeSequence(): boolean {
    this.depth -= 1;
    return true;
  }

  /**
   * Takes up the next item of the sequence at `this.position` that holds anything of interest, or closes the
   * sequence. Returns false when the walk must stop.
   */
  private nextItem(): boolean {
    const { window } = this;
    const level = this.level(this.depth);
    for (;;) {
      const { position } = this;
      level.end = level.sequenceEnd; // between items no item's end counts, least of all an earlier sequence's
      if (position + 8 > level.sequenceEnd) return this.endSequence(level);
      if (!window.cover(position, 8)) return this.endOfBytes(position);
      const at = position - window.base;
      const tag = readTag(window.view, at, level.bigEndian);
      if (tag !== ITEM_TAG && tag !== SEQUENCE_END_TAG && tag !== ITEM_END_TAG) {
        this.noteSequence(
          "sequence-not-delimited",
          level,
          "A sequence ends without its delimiter.",
        );
        if (!level.isSequenceDelimited) this.position = level.sequenceEnd;
        return this.closeSequence();
      }
      if (!this.countStep(position, tag)) return false;
      this.position = position + 8;
      if (tag === SEQUENCE_END_TAG) return this.closeSequence();
      if (tag === ITEM_END_TAG) continue;
      const length = readUint32(window.view, at + 4, level.bigEndian);
      if (this.startItem(level, position + 8, length)) return !this.recorder.isFull;
      if (this.isSequenceDone(level)) {
        this.position = level.sequenceEnd;
        return this.closeSequence();
      }
    }
  }

  /** Ends a sequence that has no room for another item. */
  private endSequence(level: WalkLevel): boolean {
    if (level.isSequenceDelimited) {
      this.noteSequence("sequence-not-delimited", level, "A sequence ends without its delimiter.");
    } else if (this.position < level.sequenceEnd) {
      this.noteSequence("length-beyond-file", level, "An item reaches beyond its sequence.");
    }
    this.position = Math.max(this.position, level.sequenceEnd);
    return this.closeSequence();
  }

  /** Whether nothing of the sequence's further items matters, and its end is known. */
  private isSequenceDone(level: WalkLevel): boolean {
    if (level.isSequenceDelimited) return false;
    if (level.itemCount >= this.limits.items) return true;
    const isCounted = level.countTo > level.countFrom || this.isFunctionalGroups(level);
    return !isCounted && (level.wanted === null || level.wanted.rest === null);
  }

  private isFunctionalGroups(level: WalkLevel): boolean {
    if (this.depth !== 1 || this.isMeta) return false;
    return level.sequenceTag === SHARED_GROUPS_TAG || level.sequenceTag === PER_FRAME_GROUPS_TAG;
  }

  /**
   * Begins an item whose content is at `contentAt`. Returns false when it was jumped over because nothing in it
   * matters.
   */
  private startItem(level: WalkLevel, contentAt: number, length: number): boolean {
    const { header, depth } = this;
    const parent = this.level(depth - 1);
    const isDelimited = length === UNDEFINED_LENGTH;
    let end = isDelimited ? level.sequenceEnd : contentAt + length;
    if (end > level.sequenceEnd) {
      this.noteSequence("length-beyond-file", level, "An item reaches beyond its sequence.");
      if (level.sequenceEnd >= this.fileEnd) header.stopped ??= "length-beyond-file";
      end = level.sequenceEnd;
    }
    const isBeyondLimit = level.itemCount >= this.limits.items;
    if (isBeyondLimit) {
      this.noteSequence("item-limit", level, "A sequence has more items than are read.");
    }
    const number = level.itemCount;
    const isGroups = this.isFunctionalGroups(level);
    const isPerFrame = isGroups && level.sequenceTag === PER_FRAME_GROUPS_TAG;
    level.frame = isPerFrame ? number + 1 : parent.frame;
    level.item = isGroups ? parent.item : number;
    level.charset = parent.charset;
    level.isMuted = parent.isMuted || isBeyondLimit;
    level.node = this.findItemNode(level, isBeyondLimit);
    if (!isBeyondLimit) {
      level.itemCount += 1;
      this.countItem(level, isGroups, isPerFrame);
      if (this.tree === null && !parent.isMuted) {
        this.recorder.add(-1, ITEM_TAG, 0, false, level, depth, 0, 0, contentAt, length);
      }
    }
    const matters = level.node !== null || (this.tree === null && !level.isMuted);
    if (!matters && !isDelimited) {
      this.position = end;
      return false;
    }
    level.tag = 0;
    level.cursor = 0;
    level.serial = ++this.serial;
    level.end = end;
    level.isDelimited = isDelimited;
    this.blocks.enterItem();
    this.position = contentAt;
    return true;
  }

  private findItemNode(level: WalkLevel, isBeyondLimit: boolean): WantedNode | null {
    if (level.wanted === null || isBeyondLimit) return null;
    return level.itemCount === 0 ? level.wanted.first : level.wanted.rest;
  }

  private countItem(level: WalkLevel, isGroups: boolean, isPerFrame: boolean): void {
    const { header } = this;
    for (let index = level.countFrom; index < level.countTo; index++) {
      header.records.length[index] = level.itemCount;
    }
    if (isGroups) header.hasFunctionalGroups = true;
    if (isPerFrame) header.perFrameItems = level.itemCount;
  }

  /** Passes the fragments of encapsulated pixels below the top level, such as those of an icon (PS3.5 §A.4). */
  private passFragments(tag: number, vr: number, writtenVr: number, valueAt: number): boolean {
    const { window } = this;
    const level = this.level(this.depth);
    let position = valueAt;
    let isOpen = true;
    while (isOpen) {
      this.position = position;
      if (position + 8 > level.end) break;
      if (!window.cover(position, 8)) return this.endOfBytes(position);
      const at = position - window.base;
      const fragment = readTag(window.view, at, level.bigEndian);
      if (fragment !== ITEM_TAG && fragment !== SEQUENCE_END_TAG) break;
      if (!this.countStep(position, tag)) return false;
      if (fragment === SEQUENCE_END_TAG) {
        isOpen = false;
        this.position = position + 8;
      } else {
        const end = position + 8 + readUint32(window.view, at + 4, level.bigEndian);
        if (end > level.end) {
          this.position = level.end;
          return this.passOverrun(position, tag, level.end);
        }
        position = end;
      }
    }
    if (isOpen) {
      this.note("sequence-not-delimited", position, tag, "Fragments end without their delimiter.");
    }
    if (this.tree === null && !level.isMuted) {
      this.recordFragments(tag, vr, writtenVr, valueAt, position - valueAt);
    }
    return true;
  }

  /** Records fragments as one value of undefined length, item headers included. */
  private recordFragments(
    tag: number,
    vr: number,
    writtenVr: number,
    valueAt: number,
    bytes: number,
  ): void {
    const canGoBack = Number.isFinite(this.fileEnd) && bytes <= this.limits.anyBytes;
    const start = canGoBack ? this.window.keepPassed(valueAt, bytes) : -1;
    this.recorder.add(
      -1,
      tag,
      vr,
      vr !== writtenVr,
      this.level(this.depth),
      this.depth,
      start,
      bytes,
      valueAt,
      UNDEFINED_LENGTH,
    );
  }

  /** A value that reaches beyond its item ends the item; one that reaches beyond the file ends the walk. */
  private passOverrun(position: number, tag: number, end: number): boolean {
    const sentence = "A value reaches beyond what it is in.";
    if (end >= this.fileEnd) return this.stop("length-beyond-file", position, tag, sentence);
    this.note("length-beyond-file", position, tag, sentence);
    return true;
  }

  /** Ends the item, or the data set, that has no room for an element at `position`. */
  private endLevel(position: number): boolean {
    const level = this.level(this.depth);
    const left = level.end - position;
    this.position = position;
    if (this.depth === 0) {
      if (left > 0 && !this.isPadding(position, left)) {
        this.stop("truncated", position, 0, "The file ends inside an element header.");
      }
      return false;
    }
    if (left > 0) {
      if (level.end >= this.fileEnd) {
        return this.stop("truncated", position, 0, "The file ends inside an element header.");
      }
      this.note("length-beyond-file", position, 0, "An element header reaches beyond its item.");
      this.position = level.end;
    }
    if (level.isDelimited) {
      this.noteSequence("sequence-not-delimited", level, "An item ends without its delimiter.");
    }
    return this.leaveItem();
  }

  /** Says why there are not enough bytes at `position`. Always false: the walk is over. */
  private endOfBytes(position: number): false {
    const { window } = this;
    this.position = position;
    const shortfall = window.findShortfall();
    if (shortfall !== null) {
      return this.stop(shortfall, position, 0, "The bytes of the file are not read any further.");
    }
    const { size } = window.source;
    if (position > size || (position === size && this.isInsideDefinedLength())) {
      return this.stop("length-beyond-file", position, 0, "A value reaches beyond the end.");
    }
    if (position < size && !(this.depth === 0 && this.isPadding(position, size - position))) {
      return this.stop("truncated", position, 0, "The file ends inside an element header.");
    }
    if (this.depth > 0) {
      const level = this.level(this.depth);
      this.noteSequence("sequence-not-delimited", level, "A sequence ends without its delimiter.");
    }
    return false;
  }

  /** Whether a length, and not the end of an inflated stream, says where the current item or sequence ends. */
  private isInsideDefinedLength(): boolean {
    if (this.depth === 0) return false;
    const level = this.level(this.depth);
    return Math.min(level.sequenceEnd, level.end) < this.fileEnd;
  }

  private isPadding(position: number, length: number): boolean {
    const { window } = this;
    if (length > 16 || !window.cover(position, length)) return false;
    const at = position - window.base;
    return window.view.subarray(at, at + length).every((byte) => byte === 0);
  }

  /** Takes up an element that means something to the walk itself. */
  private noteMeaning(tag: number, level: WalkLevel, valueAt: number, length: number): void {
    const { header, window, depth } = this;
    if (tag === CHARACTER_SET_TAG) {
      this.noteCharacterSet(level, valueAt, length);
    } else if (depth === 0 && tag === DIRECTORY_RECORDS_TAG) {
      header.kind = "dicomdir";
    } else if (depth === 0 && (tag === META_SOP_CLASS_TAG || tag === SOP_CLASS_TAG)) {
      if (spells(window, valueAt, length, DIRECTORY_SOP_CLASS)) header.kind = "dicomdir";
    } else if (this.isMeta && tag === META_LENGTH_TAG && length === 4) {
      if (!window.cover(valueAt, 4)) return;
      const bytes = readUint32(window.view, valueAt - window.base, level.bigEndian);
      this.announcedMetaEnd = valueAt + 4 + bytes;
    } else if (this.isMeta && tag === TRANSFER_SYNTAX_TAG && header.transferSyntaxUid === null) {
      if (!spells(window, valueAt, length, this.lastTransferSyntax)) {
        this.lastTransferSyntax = readText(window, valueAt, length).replaceAll("\0", " ").trim();
      }
      header.transferSyntaxUid = this.lastTransferSyntax;
    }
  }

  private meetDirectory(depth: number): boolean {
    if (depth > 0) return false;
    this.header.kind = "dicomdir";
    return this.tree !== null;
  }

  /** The character set holds for the item and all items below it (PS3.3 §C.12.1.1.2). */
  private noteCharacterSet(level: WalkLevel, valueAt: number, length: number): void {
    const { window } = this;
    const { charsets } = this.header;
    const last = this.lastCharacterSet;
    if (last === null || !spells(window, valueAt, length, last)) {
      this.lastCharacterSet = readText(window, valueAt, length);
    }
    const value = this.lastCharacterSet;
    if (this.depth === 0) {
      charsets[0] ??= value;
      return;
    }
    let index = charsets.indexOf(value);
    if (index < 0 && charsets.length < CHARSETS) index = charsets.push(value) - 1;
    if (index >= 0) level.charset = index;
  }

  /** Ends the walk. Always false, for the caller to pass on. */
  private stop(code: string, position: number, tag: number, sentence: string): false {
    this.header.stopped ??= code;
    this.note(code, position, tag, sentence);
    return false;
  }

  /** A problem of the sequence whose items are being walked. */
  private noteSequence(code: string, level: WalkLevel, sentence: string): void {
    this.describe(code, this.depth - 1, level.sequenceTag, this.position, sentence);
  }

  private note(code: string, position: number, tag: number, sentence: string): void {
    this.describe(code, this.depth, tag, position, sentence);
  }

  private describe(
    code: string,
    depth: number,
    tag: number,
    offset: number,
    sentence: string,
  ): void {
    const { header } = this;
    // Where the bytes merely end, the caller judges what is missing and warns in its own words.
    if (code !== "truncated") header.warnings.add(code);
    if (header.problems.length >= DESCRIBED_PROBLEMS) return;
    const tags = this.levels.slice(0, depth).map((level) => formatTag(level.tag));
    if (tag !== 0) tags.push(formatTag(tag));
    header.problems.push({ code, path: tags.join("/"), offset, sentence });
  }
}

function isItemOrEnd(tag: number): boolean {
  return tag === ITEM_TAG || tag === SEQUENCE_END_TAG;
}

/** Place of the first of the ascending `tags` that is not below `tag`. */
function findCursor(tags: Uint32Array, tag: number): number {
  let low = 0;
  let high = tags.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tags[middle] as number) < tag) low = middle + 1;
    else high = middle;
  }
  return low;
}
