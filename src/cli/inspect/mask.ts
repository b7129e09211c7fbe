/** Stands for a value that may name a person and was not asked for. */
export const masked = "(masked)";
