/** Names and codes of nuclides as files write them, to symbol and mass number. */

/** Codes of CID 4020, PET Radionuclide, and of nuclides that NM uses (PS3.16; SNOMED RT and DCM). */
const byCode: Readonly<Record<string, string>> = {
  "C-105A1": "C-11",
  "C-107A1": "N-13",
  "C-1018C": "O-14",
  "C-B1038": "O-15",
  "C-111A1": "F-18",
  "C-155A1": "Na-22",
  "C-135A4": "K-38",
  "126605": "Sc-43",
  "126600": "Sc-44",
  "C-166A2": "Ti-45",
  "126601": "Mn-51",
  "C-130A1": "Fe-52",
  "C-149A1": "Mn-52",
  "126607": "Mn-52m",
  "C-127A4": "Cu-60",
  "C-127A1": "Cu-61",
  "C-127A5": "Cu-62",
  "C-141A1": "Zn-62",
  "C-127A2": "Cu-64",
  "C-131A1": "Ga-66",
  "C-131A3": "Ga-68",
  "C-128A2": "Ge-68",
  "126602": "As-70",
  "C-115A2": "As-72",
  "C-116A2": "Se-73",
  "C-113A1": "Br-75",
  "C-113A2": "Br-76",
  "C-113A3": "Br-77",
  "C-159A2": "Rb-82",
  "C-162A3": "Y-86",
  "C-168A4": "Zr-89",
  "126603": "Nb-90",
  "C-162A7": "Y-90",
  "C-163AA": "Tc-94m",
  "C-114A5": "I-124",
  "126606": "Tb-152",
};

const symbolByName: Readonly<Record<string, string>> = {
  CARBON: "C",
  NITROGEN: "N",
  OXYGEN: "O",
  FLUORINE: "F",
  FLUOR: "F",
  SODIUM: "Na",
  POTASSIUM: "K",
  SCANDIUM: "Sc",
  TITANIUM: "Ti",
  MANGANESE: "Mn",
  IRON: "Fe",
  COPPER: "Cu",
  ZINC: "Zn",
  GALLIUM: "Ga",
  GERMANIUM: "Ge",
  ARSENIC: "As",
  SELENIUM: "Se",
  BROMINE: "Br",
  KRYPTON: "Kr",
  RUBIDIUM: "Rb",
  YTTRIUM: "Y",
  ZIRCONIUM: "Zr",
  NIOBIUM: "Nb",
  TECHNETIUM: "Tc",
  INDIUM: "In",
  IODINE: "I",
  XENON: "Xe",
  TERBIUM: "Tb",
  LUTETIUM: "Lu",
  THALLIUM: "Tl",
};

const symbols: ReadonlyMap<string, string> = new Map(
  Object.values(symbolByName).map((symbol) => [symbol.toUpperCase(), symbol]),
);

/** Heaviest nuclide that images are made of; larger numbers belong to codes. */
const heaviestMass = 230;

/**
 * `F-18` for `^18^Fluorine`, `Fluorine-18`, `F^18^`, `F18`, `18F`, `C-111A1`; undefined for what is no
 * nuclide of the list.
 */
export function findNuclide(written: string): string | undefined {
  const text = written.trim().toUpperCase();
  const coded = byCode[text];
  if (coded !== undefined) return coded;
  const parts = splitLettersAndDigits(text);
  const masses = new Set(parts.filter((part) => isDigit(part.charAt(0))));
  const letters = parts.filter((part) => !isDigit(part.charAt(0)));
  const [mass] = [...masses].map(Number);
  if (masses.size !== 1 || mass === undefined || !(mass > 0 && mass <= heaviestMass)) return;
  const isApart = letters.includes(metastable) && letters.length > 1;
  const names = isApart ? letters.filter((part) => part !== metastable) : letters;
  const plain = findElement(names);
  if (plain !== undefined) return `${plain}-${mass}${isApart ? "m" : ""}`;
  // 99mTc: the letter of the state stands before the symbol without a gap.
  const isJoined = text.startsWith(`${mass}${metastable}`);
  const joined = isJoined ? findElement(names.map((name) => name.slice(1))) : undefined;
  return joined === undefined ? undefined : `${joined}-${mass}m`;
}

const metastable = "M";

/** Symbol of the one element that all of these name; `F^18^[^18^Fluorine]` names it twice. */
function findElement(names: readonly string[]): string | undefined {
  const [first, ...others] = new Set(names.map((name) => symbolByName[name] ?? symbols.get(name)));
  return others.length === 0 ? first : undefined;
}

const isDigit = (character: string): boolean => character >= "0" && character <= "9";
const isLetter = (character: string): boolean => character >= "A" && character <= "Z";

/** Runs of letters and of digits; every other character only parts them. */
function splitLettersAndDigits(text: string): string[] {
  const parts: string[] = [];
  let previous = "";
  for (const character of text) {
    const kind = isDigit(character) ? "digit" : isLetter(character) ? "letter" : "";
    if (kind === "") {
      previous = "";
      continue;
    }
    if (kind === previous) parts[parts.length - 1] += character;
    else parts.push(character);
    previous = kind;
  }
  return parts;
}
