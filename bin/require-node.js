// Ends the process with one sentence when this Node is too old. Old Nodes must be able to parse this
// file and nils.js, so the syntax is plain and nothing new is called.

const versions = process.versions;
const sqlite = versions.sqlite || "0.0.0";

/** Whether dotted version `text` is at least `major.minor.patch`. */
function isAtLeast(text, major, minor, patch) {
  const parts = text.split(".").map(Number);
  if (parts[0] !== major) return parts[0] > major;
  if (parts[1] !== minor) return parts[1] > minor;
  return parts[2] >= patch;
}

// SQLite before 3.51.3 can damage a database in WAL mode when the log is reset.
if (!isAtLeast(versions.node, 24, 21, 0) || !isAtLeast(sqlite, 3, 51, 3)) {
  const found = versions.sqlite ? `${versions.node} with SQLite ${sqlite}` : versions.node;
  process.stderr.write(
    `nils needs Node.js 24.21 or newer with SQLite 3.51.3 or newer, and this is Node.js ${found}; install a newer one from https://nodejs.org.\n`,
  );
  process.exit(2);
}
