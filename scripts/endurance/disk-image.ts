/** A disk of its own in a file, mounted by a loop device: what its copy holds is what a power cut would leave. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const imageBytes = 96 * 1024 * 1024;

export class DiskImage {
  readonly path: string;
  /** Where it is mounted. */
  readonly folder: string;

  constructor(path: string, folder: string) {
    this.path = path;
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  format(): void {
    writeFileSync(this.path, "");
    truncateSync(this.path, imageBytes);
    execFileSync("mkfs.ext4", ["-q", "-F", this.path]);
  }

  /** Brings the journal into the file system first, as after a power cut. */
  mount(): void {
    execFileSync("mount", ["-o", "loop", this.path, this.folder], { stdio: "pipe" });
  }

  unmount(): void {
    spawnSync("umount", [this.folder]);
  }

  /** What the disk holds at this moment. Nothing may write to it meanwhile but the system; where that does, it is done again. */
  copyTo(path: string): void {
    for (let attempt = 0; attempt < 20; attempt++) {
      execFileSync("cp", ["--sparse=always", this.path, path]);
      if (spawnSync("cmp", ["-s", this.path, path]).status === 0) return;
    }
    throw new Error("the disk does not hold still");
  }

  remove(): void {
    this.unmount();
    rmSync(this.path, { force: true });
  }
}

/** Null where images can be mounted, else why not. */
export function whyNoImages(folder: string): string | null {
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    return "This needs root on Linux: it mounts disks that lie in files.";
  }
  const image = new DiskImage(join(folder, "try.img"), join(folder, "try"));
  try {
    image.format();
    image.mount();
    return null;
  } catch (error) {
    return `This system mounts no disk that lies in a file: ${(error as Error).message.trim()}`;
  } finally {
    image.remove();
  }
}
