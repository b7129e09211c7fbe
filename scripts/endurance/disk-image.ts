/** A disk of its own in a file, mounted by a loop device: what its copy holds is what a power cut would leave. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

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

  /** Waits for processes that were killed to let go of it. */
  async unmount(): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt++) {
      if (spawnSync("mountpoint", ["-q", this.folder]).status !== 0) return;
      if (spawnSync("umount", [this.folder]).status === 0) return;
      await sleep(100);
    }
    throw new Error(`${this.folder} is still in use`);
  }

  /** What the disk holds at this moment. Nothing may write to it meanwhile but the system; where that does, it is done again. */
  copyTo(path: string): void {
    for (let attempt = 0; attempt < 20; attempt++) {
      execFileSync("cp", ["--sparse=always", this.path, path]);
      if (spawnSync("cmp", ["-s", this.path, path]).status === 0) return;
    }
    throw new Error("the disk does not hold still");
  }

  async remove(): Promise<void> {
    await this.unmount();
    rmSync(this.path, { force: true });
  }
}

/** Null where images can be mounted, else why not. */
export async function whyNoImages(folder: string): Promise<string | null> {
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
    await image.remove();
  }
}
