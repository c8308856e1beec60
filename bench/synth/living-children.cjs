// Loaded before an app: says at its end how many seconds of CPU the children used that still live. A shell's `times` only counts children that
// somebody waited for, and esbuild, which transpiles and bundles, is left to die. Linux; elsewhere it says 0.
const { readdirSync, readFileSync } = require('node:fs');

/** Of `/proc/<pid>/stat`: user and system time, of the process and of the children it waited for. */
const TICKS_PER_SECOND = 100;

function seconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND;
}

function livingChildren() {
  const threads = readdirSync('/proc/self/task');
  return threads.flatMap((thread) => readFileSync(`/proc/self/task/${thread}/children`, 'utf8').match(/\d+/g) ?? []);
}

process.on('exit', () => {
  let sum = 0;
  try {
    for (const pid of livingChildren()) sum += seconds(pid);
  } catch {
    // No such files here, or the child has just gone.
  }
  process.stdout.write(`living children: ${sum} s\n`);
});
