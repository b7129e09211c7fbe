/** Every file that is made by a program and committed, and what makes it. */
export interface GeneratedFile {
  /** From the repository's root. */
  readonly path: string;
  make(): Promise<string>;
}

export const generatedFiles: readonly GeneratedFile[] = [
  {
    path: "src/dicom/dictionary.generated.ts",
    make: async () => (await import("./generate-dictionary.ts")).generateDictionary(),
  },
  {
    path: "docs/reference/columns.md",
    make: async () => (await import("./generate-columns.ts")).generateColumnsPage(),
  },
  {
    path: "docs/reference/codes.md",
    make: async () => (await import("./generate-codes.ts")).generateCodesPage(),
  },
  {
    path: "docs/reference/stack-keys.md",
    make: async () => (await import("./generate-stack-keys.ts")).generateStackKeysPage(),
  },
  {
    path: "docs/reference/cli.md",
    make: async () => (await import("./generate-cli.ts")).generateCliPage(),
  },
];
