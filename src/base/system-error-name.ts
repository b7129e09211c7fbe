/**
 * Name of an error of the operating system (`ENOSPC`), which holds no path; undefined where it is none. Node has no
 * names for some that quotas and network disks give (`Unknown system error -122`, `UNKNOWN`): those have Linux's.
 */
export function systemErrorName(error: unknown): string | undefined {
  const { code, errno } = (error ?? {}) as { readonly code?: unknown; readonly errno?: unknown };
  if (typeof code !== "string") return undefined;
  return linuxNames[String(errno)] ?? code;
}

/** errno(3), as Node gives it. */
const linuxNames: Readonly<Record<string, string>> = {
  "-116": "ESTALE",
  "-122": "EDQUOT",
};
