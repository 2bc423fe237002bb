// What Maven runs: `node maven.mjs build` puts the pages under target/classes/console, `node maven.mjs check` tests them.
// Packages are installed only when package-lock.json is another one than at the last time. Silent unless it fails.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const REQUIRED = [20, 19];
const PAGES = "target/classes/console";
const SOURCES = ["src", "public", "index.html", "vite.config.ts", "postcss.config.js", "package-lock.json"];
const STAMP = "node_modules/.package-lock.sha256";

function fail(message) {
  console.error(message);
  process.exit(1);
}

function npm(...args) {
  const windows = process.platform === "win32";
  const done = spawnSync("npm", args, { encoding: "utf8", shell: windows, maxBuffer: 64 * 1024 * 1024 });
  if (done.error) {
    fail(`npm, which comes with Node, could not be started: ${done.error.message}`);
  }
  if (done.status !== 0) {
    fail(`npm ${args.join(" ")} failed:\n${done.stdout}${done.stderr}`);
  }
}

function install() {
  const lock = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");
  if (!existsSync(STAMP) || readFileSync(STAMP, "utf8") !== lock) {
    npm("ci", "--prefer-offline", "--no-progress");
    writeFileSync(STAMP, lock);
  }
}

/** When anything under `path` was last changed; a directory changes when a file in it is deleted. */
function lastChange(path) {
  const stat = statSync(path);
  const below = stat.isDirectory() ? readdirSync(path).map((name) => lastChange(join(path, name))) : [];
  return Math.max(stat.mtimeMs, ...below);
}

function upToDate() {
  const index = join(PAGES, "index.html");
  return existsSync(index) && statSync(index).mtimeMs > Math.max(...SOURCES.map(lastChange));
}

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < REQUIRED[0] || (major === REQUIRED[0] && minor < REQUIRED[1])) {
  fail(
    `The console is built with Node ${REQUIRED.join(".")} or later, and the node on the PATH is ${process.version}.`,
  );
}
switch (process.argv[2]) {
  case "build":
    if (!upToDate()) {
      install();
      npm("run", "--silent", "build", "--", "--outDir", PAGES, "--emptyOutDir", "--logLevel", "warn");
    }
    break;
  case "check":
    install();
    npm("run", "--silent", "check");
    break;
  default:
    fail("usage: node maven.mjs build | check");
}
