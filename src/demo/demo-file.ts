/** One entry of an archive to be written. */
export type DemoFile =
  | {
      readonly kind: "file";
      /** Path below the archive's directory, in the form of `encodePath`. */
      readonly path: string;
      /** Makes the content; called once per writing. */
      readonly makeBytes: () => Uint8Array;
    }
  | {
      readonly kind: "link";
      readonly path: string;
      /** Target of the symbolic link, relative to its folder. */
      readonly target: string;
    };
