// Prints how many tests passed and failed, from the reports of the lanes of `.ci/run`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
const reports = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
const sum = (count) => reports.reduce((total, report) => total + report[count], 0);
// A file that does not load has no tests, and failed all the same.
const broken = reports
  .flatMap(({ testResults }) => testResults)
  .filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
console.log(`\n${sum('numPassedTests')} passed, ${sum('numFailedTests') + broken.length} failed`);
