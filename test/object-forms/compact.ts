/** Dates and times as DICOM writes them (PS3.5 §6.2), from those of the database. */

/** DA. */
export const compactDate = (date: string): string => date.replaceAll("-", "");

/** TM. */
export const compactTime = (time: string): string => time.replaceAll(":", "");
