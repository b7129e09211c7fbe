#!/usr/bin/env node
// Start of the installed package, by either of its names. See require-node.js for the plain syntax.
import "./require-node.js";
import module from "node:module";
import os from "node:os";
import path from "node:path";

// In the user's own cache: compiled code in a shared temp folder could be planted by somebody else.
const cacheHome = process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache");
module.enableCompileCache(path.join(cacheHome, "nils", "compile"));

// Imported only now, because old Nodes refuse the files of dist while they parse them.
void import("../dist/cli/main.js").then((program) => program.main());
