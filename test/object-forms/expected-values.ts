import { columnByName } from "#catalogue/catalogue.ts";
import { type Acquisition, type Frame, storedValue } from "./acquisition.ts";
import { type Form, placeOf } from "./write-forms.ts";

type Shown = number | string | null;

/**
 * Values that a frame shows in a form, by column. What is kept for an object as a whole is that of its first frame
 * where the object has many.
 */
export function expectedValues(
  acquisition: Acquisition,
  form: Form,
  index: number,
): Record<string, Shown> {
  const own = acquisition.frames[index] as Frame;
  const first = acquisition.frames[0] as Frame;
  return Object.fromEntries(
    Object.keys({ ...first.values, ...own.values }).map((column) => {
      const isOfObject = form !== "classic" && !isOfFrame(column);
      const values: Readonly<Record<string, Frame["values"][keyof Frame["values"]]>> = (
        isOfObject ? first : own
      ).values;
      const value = values[column];
      if (value === undefined) return [column, null];
      const { shown } = placeOf(acquisition, column);
      const isShownOtherwise = form === "enhanced" && shown !== undefined;
      return [column, isShownOtherwise ? shown(value) : storedValue(value)];
    }),
  );
}

function isOfFrame(column: string): boolean {
  const scope = columnByName(column)?.scope;
  return scope === "setting" || scope === "coordinate";
}
