/**
 * Every state and code that the program gives to files, values, series and stacks, in words for a person.
 * docs/reference/codes.md is made from these lists. Errors that end a command are in docs/errors.md.
 */
import type { Code, StateCode, WarningCode } from "./codes/code.ts";
import { problemCodes } from "./codes/problem-codes.ts";
import { stackFlags } from "./codes/stack-flags.ts";
import { stateCodes } from "./codes/state-codes.ts";
import { fileStates } from "./codes/states.ts";
import { warningCodes } from "./codes/warning-codes.ts";

const byCode = <T extends Code>(codes: readonly T[]): ReadonlyMap<string, T> =>
  new Map(codes.map((code) => [code.code, code]));

const states = byCode<Code>(fileStates);
const ofStates = byCode<StateCode>(stateCodes);
const warnings = byCode<WarningCode>(warningCodes);
const others = byCode<Code>([...problemCodes, ...stackFlags]);

/** A state of files. */
export const findState = (state: string): Code | undefined => states.get(state);

/** A warning of stored files. */
export const findWarning = (code: string): WarningCode | undefined => warnings.get(code);

/** A warning that is listed among the problems of a series; undefined for the others. */
export function findProblemWarning(code: string): WarningCode | undefined {
  const warning = warnings.get(code);
  return warning?.isProblem === true ? warning : undefined;
}

/** What any code but a state means: of a state, a warning, a problem or a stack. */
export const findCode = (code: string): Code | undefined =>
  ofStates.get(code) ?? warnings.get(code) ?? others.get(code);
