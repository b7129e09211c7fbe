/** Makes docs/reference/stack-keys.md from the list of parts. */
import { keyParts } from "#stacks/key-parts.ts";
import { type Component, componentTokens } from "#stacks/types/component-terms.ts";
import { ctTypeRules, ptTypeRules, type TypeRule, typeRules } from "#stacks/types/type-rules.ts";
import { writeTable } from "./markdown-table.ts";

const printed = {
  known: "where it is known",
  differs: "where it differs",
  test: "where it differs and tells images apart",
} as const;

/** Text of the page, with its closing line break. */
export function generateStackKeysPage(): string {
  return `<!-- Made by: npm run generate. Source: src/stacks/key-parts.ts. Do not edit. -->

# Stack keys

A stack key says what the images of a stack have in common: the modality, then parts such as \`TE=2.5\`, in the order of
this table, joined by \`|\`. It is unique in its series, in capital letters, and the same whenever the same images are there.

    MR|TE=2.5|TI=900|FA=9|ECHO=1|TYPE=M|ORIENT=SAG

The first parts are printed wherever they are known. The others are printed only on stacks of a series that they set
apart from each other; there a missing value is \`-\`. Characters other than \`A-Z 0-9 . + _ / ~ -\` become \`_\`, followed by six
digits of a digest of the original text.

${writeTable(
  ["part", "name", "of", "printed", "value"],
  keyParts.map((part) => [
    part.name,
    part.label,
    "modalities" in part ? part.modalities.join(", ") : "all",
    printed[part.printed],
    part.about,
  ]),
)}

## Types

TYPE is the first of these that hits; whole words of the image type count, never parts of words or descriptions. A map whose
component is not magnitude says so: \`B0MAP+R\`. In CT and PET only some of them are looked for; what is none of these is
\`AXIAL\` in CT, \`IMAGE\` or \`REPROJ\` in PET, and in other modalities the third word of the image type. \`VMI\` is
followed by its energy in keV.

${writeTable(["type", "of", "from"], typeRows())}

## Reasons and remarks

\`stack_reason\` names the parts in which the stacks of a series differ. \`nils inspect --series UID\` tells what set them
apart, what varied within them, and why that was no reason. What the remarks in \`stack_flags\` mean is in
[states and codes](codes.md#remarks-on-stacks).

A series is stacked by all of its present images, whenever one comes or goes. A stack whose key changes by that keeps its
row: the former key is in \`stack_history\`.
`;
}

/** Rules in the order in which they are tried, then the components; rules of one code that follow each other are one row. */
function typeRows(): string[][] {
  const rows: [code: string, of: string, from: string][] = [];
  const own = ctTypeRules.filter((rule) => !typeRules.includes(rule));
  for (const rule of [...typeRules, ...own]) {
    const last = rows.at(-1);
    if (last?.[0] === rule.code) last[2] += `; ${describeRule(rule)}`;
    else rows.push([rule.code, modalitiesOf(rule), describeRule(rule)]);
  }
  const components: Component[] = ["M", "P", "R", "I", "CR"];
  return [
    ...rows,
    ...components.map((component) => [
      component,
      "MR",
      words([...componentTokens].filter(([, of]) => of === component).map(([token]) => token)),
    ]),
  ];
}

function modalitiesOf(rule: TypeRule): string {
  if (!typeRules.includes(rule)) return "CT";
  const further = [
    ctTypeRules.includes(rule) ? ", CT" : "",
    ptTypeRules.includes(rule) ? ", PT" : "",
  ];
  return `MR${further.join("")}, others`;
}

const words = (tokens: readonly string[]): string =>
  tokens.map((token) => `\`${token}\``).join(", ");

function describeRule(rule: TypeRule): string {
  const parts = [
    rule.tokens && words(rule.tokens),
    rule.colourTokens && `${words(rule.colourTokens)} in colour`,
    rule.fatWaterTokens && `${words(rule.fatWaterTokens)} beside \`DIXON\` or from Philips`,
    rule.philips && `Philips' own type ${words(rule.philips)}`,
    rule.sopClasses && "the kind of object",
    rule.technique && `volume calculation \`${rule.technique}\``,
    rule.aslContext && `ASL context \`${rule.aslContext}\``,
    rule.monoenergetic && "an energy in keV",
    rule.isotropicTrace && "isotropic weighting in a series of directions",
  ];
  return parts.filter((part) => part !== undefined).join("; ");
}
