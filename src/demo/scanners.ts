/** Equipment as its vendors describe themselves in headers; numbers of devices are invented. */
export interface Scanner {
  readonly manufacturer: string;
  readonly model: string;
  readonly station: string;
  readonly serialNumber: string;
  readonly software: string;
  /** Tesla, null where it is no magnet. */
  readonly fieldStrength: number | null;
}

export const scanners = {
  siemensMr: {
    manufacturer: "SIEMENS",
    model: "Prisma_fit",
    station: "DEMOMR1",
    serialNumber: "90001",
    software: "syngo MR E11",
    fieldStrength: 3,
  },
  siemensXaMr: {
    manufacturer: "Siemens Healthineers",
    model: "MAGNETOM Vida",
    station: "DEMOMR2",
    serialNumber: "90002",
    software: "syngo MR XA31",
    fieldStrength: 3,
  },
  geMr: {
    manufacturer: "GE MEDICAL SYSTEMS",
    model: "SIGNA Premier",
    station: "DEMOMR3",
    serialNumber: "0000000090003",
    software: "29\\LX\\MR Software release:RX29.1",
    fieldStrength: 3,
  },
  philipsMr: {
    manufacturer: "Philips Medical Systems",
    model: "Ingenia",
    station: "DEMOMR4",
    serialNumber: "90004",
    software: "5.7.1\\5.7.1.1",
    fieldStrength: 3,
  },
  siemensCt: {
    manufacturer: "SIEMENS",
    model: "SOMATOM Definition AS+",
    station: "DEMOCT1",
    serialNumber: "90005",
    software: "syngo CT 2012B",
    fieldStrength: null,
  },
  siemensPet: {
    manufacturer: "SIEMENS",
    model: "Biograph64_mCT",
    station: "DEMOPT1",
    serialNumber: "90006",
    software: "VG60A",
    fieldStrength: null,
  },
  workstation: {
    manufacturer: "NILS demo",
    model: "Report station",
    station: "DEMOWS1",
    serialNumber: "90007",
    software: "1",
    fieldStrength: null,
  },
} as const satisfies Record<string, Scanner>;
