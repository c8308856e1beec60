// The test of the emulator's page opens it in a real browser. Takes the one that CHROMIUM_PATH names or that is on the PATH;
// installs Debian's where there is none and the machine lets us.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const runs = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const named = process.env.CHROMIUM_PATH;

if (named === undefined ? !runs('chromium', '--version') : !existsSync(named)) {
  console.error('no Chromium found: installing the Debian package for the browser test');
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const installed = spawnSync('apt-get', ['update', '-qq'], options).status === 0;
  if (!installed || spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], options).status !== 0) {
    console.error('install Chromium, or name one in CHROMIUM_PATH: the test of the page needs it');
    process.exit(1);
  }
}
