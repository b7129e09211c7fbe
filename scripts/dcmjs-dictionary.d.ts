/** The dictionary that dcmjs carries beside its code, without types of its own. */
declare module "dcmjs/dictionary" {
  interface DictionaryEntry {
    readonly tag?: string;
    readonly vr?: string;
    readonly vm?: string;
    readonly name?: string;
  }
  export const dictionary: Readonly<Record<string, DictionaryEntry>>;
}
