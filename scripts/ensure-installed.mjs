// Installs what is missing, with nothing but Node: runs before `npm start` and `npm test`, when node_modules may not exist.
// A stamp of the lock file's hash tells whether the installed packages are those of this checkout.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'node_modules', '.framewalk-lock-sha256');
const browserNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const installLine = 'sudo apt-get update && sudo apt-get install -y chromium';

function run(command, args) {
  console.error(`> ${command} ${args.join(' ')}`);
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (result.error) console.error(`${command} could not be started: ${result.error.message}`);
  return result.status ?? 1;
}

function installPackages() {
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  console.error('Installing the packages that package-lock.json names.');
  const status = run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']);
  if (status !== 0) process.exit(status);
  writeFileSync(stamp, hash);
}

/** Path of a browser that the page's tests can drive: CHROMIUM_PATH, then the names above on PATH. */
function findBrowser() {
  const given = process.env.CHROMIUM_PATH;
  const candidates = given
    ? [given]
    : (process.env.PATH ?? '').split(delimiter).flatMap((folder) => browserNames.map((name) => join(folder, name)));
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function installBrowser() {
  if (findBrowser()) return;
  if (process.env.CHROMIUM_PATH) {
    console.error(
      `CHROMIUM_PATH is ${process.env.CHROMIUM_PATH}, which is no program. Correct it, or unset it to use a browser on PATH.`,
    );
    process.exit(1);
  }
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync('/usr/bin/apt-get')) {
    console.error('The page is tested in Chromium, which is not on PATH: installing the distribution’s package.');
    if (
      run('apt-get', ['update']) === 0 &&
      run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']) === 0 &&
      findBrowser()
    )
      return;
  }
  console.error(
    `The page is tested in Chromium, and none was found on PATH. Install it once with\n\n  ${installLine}\n\nor name one in CHROMIUM_PATH.`,
  );
  process.exit(1);
}

installPackages();
if (process.argv.includes('--with-browser')) installBrowser();
