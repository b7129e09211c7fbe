/** Makers of scanners that places and rules are told by, as Manufacturer (0008,0070) names them. */

interface Maker {
  /** Upper-case words, one of which the name holds. */
  readonly words: readonly string[];
  /** Folders of the samples that show them. */
  readonly source: string;
}

/** Makers by the names that rules call them. */
export const makers = {
  siemens: { words: ["SIEMENS"], source: "dcm_qa_stc, dcm_qa_xa30" },
  ge: { words: ["GE MEDICAL", "GE HEALTHCARE"], source: "dcm_qa_ge; dcm2niix (GE HEALTHCARE)" },
  philips: { words: ["PHILIPS"], source: "dcm_qa_philips, dcm_qa_philips_enh" },
  canon: { words: ["CANON", "TOSHIBA"], source: "dcm_qa_canon, dcm_qa_toshiba" },
  uih: { words: ["UIH"], source: "dcm_qa_uih" },
} as const satisfies Readonly<Record<string, Maker>>;

/** Does Manufacturer (0008,0070), in any case of letters, name the maker? */
export function isMadeBy(manufacturer: unknown, maker: keyof typeof makers): boolean {
  const name = String(manufacturer ?? "").toUpperCase();
  return makers[maker].words.some((word) => name.includes(word));
}
