/**
 * The people of the demo. All are invented, and each name, number and date is one that nothing else in this
 * program would write, so that a test can search every log, error, URL and process title for them.
 */
export interface Person {
  readonly patientId: string;
  readonly issuer: string;
  readonly otherPatientId: string;
  /** As a reader gives it back. */
  readonly name: string;
  /** Specific Character Set (0008,0005), null to leave it out. */
  readonly characterSet: string | null;
  /** The name as written, where its character set is not one that the encoder writes. */
  readonly nameBytes: Uint8Array | null;
  /** DA. */
  readonly birthDate: string;
  readonly sex: "M" | "F" | "O";
  /** m and kg. */
  readonly size: number;
  readonly weight: number;
  readonly address: string;
  readonly telephone: string;
  readonly comments: string;
}

interface PersonRow {
  readonly name: string;
  readonly characterSet: string | null;
  /** Hexadecimal. */
  readonly nameBytes?: string;
  readonly birthDate: string;
  readonly sex: "M" | "F" | "O";
  readonly size: number;
  readonly weight: number;
}

/** One per character set; the bytes are ISO 2022 with escapes, or the set of the ISO_IR. */
const rows: readonly PersonRow[] = [
  {
    name: "Kanarienvogel^Quirin",
    characterSet: "ISO_IR 100",
    birthDate: "19310217",
    sex: "M",
    size: 1.79,
    weight: 81,
  },
  {
    name: "Kanarienvögelchen^Zoë",
    characterSet: "ISO_IR 100",
    birthDate: "19420329",
    sex: "F",
    size: 1.66,
    weight: 58.5,
  },
  {
    name: "Kanaria^Tori=金糸雀^鳥=かなりあ^とり",
    characterSet: "\\ISO 2022 IR 87",
    nameBytes:
      "4b616e617269615e546f72693d1b244236623b653f7d1b28425e1b2442443b1b28423d1b2442242b244a246a24221b28425e1b24422448246a1b2842",
    birthDate: "19530811",
    sex: "F",
    size: 1.58,
    weight: 52,
  },
  {
    name: "Канарейкин^Проба",
    characterSet: "ISO_IR 144",
    nameBytes: "bad0ddd0e0d5d9dad8dd5ebfe0ded1d0",
    birthDate: "19640907",
    sex: "M",
    size: 1.83,
    weight: 92,
  },
  {
    name: "Καναρίνης^Δοκιμή",
    characterSet: "ISO_IR 192",
    birthDate: "19751123",
    sex: "O",
    size: 1.71,
    weight: 70,
  },
  {
    name: "Kanaria^Sae=카나리아^새",
    characterSet: "\\ISO 2022 IR 149",
    nameBytes: "4b616e617269615e5361653d1b242943c4abb3aab8aebec65e1b242943bbf5",
    birthDate: "19361219",
    sex: "F",
    size: 1.62,
    weight: 61,
  },
];

/** Person number `index`, from 0. There is no last one: after the rows above they repeat with another number. */
export function makePerson(index: number): Person {
  const row = rows[index % rows.length] as PersonRow;
  const number = String(index + 1).padStart(4, "0");
  return {
    patientId: `KANARI-${number}`,
    issuer: "KANARIENREGISTER",
    otherPatientId: `KANARI-ALT-${number}`,
    name: row.name,
    characterSet: row.characterSet,
    nameBytes: row.nameBytes === undefined ? null : Buffer.from(row.nameBytes, "hex"),
    birthDate: row.birthDate,
    sex: row.sex,
    size: row.size,
    weight: row.weight,
    address: `Kanariengasse ${index + 1}, Vogelsdorf-Probe`,
    telephone: `+00 555 0100${number}`,
    comments: "Kanarienkommentar: sings before noon",
  };
}

/** Accession number of a visit: unique, 16 characters at most (SH). */
export function makeAccessionNumber(subjectIndex: number, visitIndex: number): string {
  return `KANARIACC${String(subjectIndex + 1).padStart(4, "0")}${visitIndex + 1}`;
}

export const referringPhysician = "Kanarienarzt^Adelheid";
export const operatorName = "Kanarienwart^Bruno";

/**
 * Texts that must be found in no log, error, URL or process title. Parts rather than whole values, so that a
 * value that was cut or joined is found too. Dates are given as written and as stored.
 */
export const canaries: readonly string[] = [
  ...new Set([
    "KANARI",
    "Kanari",
    "kanari",
    "Vogelsdorf-Probe",
    "+00 555 0100",
    ...rows.flatMap((row) => row.name.split(/[\^=]/)).filter((part) => part.length > 4),
    ...["金糸雀", "かなりあ", "카나리아"],
    ...rows.map((row) => row.birthDate),
    ...rows.map((row) => row.birthDate.replace(/(....)(..)(..)/, "$1-$2-$3")),
  ]),
];
