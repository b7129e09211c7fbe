import type { Labels } from "./group.ts";
import { keyParts } from "./key-parts.ts";
import { limitKey } from "./value-text.ts";

/** `MR|TE=2.5|TI=900|FA=9|ECHO=1|TYPE=M|ORIENT=SAG`: the known parts in the order of the key. */
export function composeKey(modality: string, labels: Labels): string {
  let key = modality;
  for (const { name } of keyParts) {
    const text = labels[name]?.text ?? null;
    if (text !== null) key += `|${name}=${text}`;
  }
  return limitKey(key);
}
