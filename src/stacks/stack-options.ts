/** Settings of a cohort that change its stacks. */
export interface StackOptions {
  /** Whether tube current and exposure split CT: only where the dose rule says so, by every rounded value, or never. */
  readonly ctSplitOnDose: "auto" | "always" | "never";
}
