// Licences of other people's code inside of the bundles: each requires that its notice goes with every copy.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the package that a bundled file belongs to: the innermost one, which may be nested in another's. */
const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const NOTICE = /^(licen[cs]e|copying|notice)/i;

/** Words of a package's licence and notice files. Some of Amazon's have none and name this project's own licence, whose words are the same. */
function notices(root, folder, license) {
  const files = readdirSync(join(root, folder)).filter((name) => NOTICE.test(name));
  const paths = files.map((name) => join(root, folder, name));
  if (paths.length === 0 && license === 'Apache-2.0') paths.push(join(root, 'LICENSE'));
  if (paths.length === 0) throw new Error(`${folder} is bundled and has no licence file`);
  return paths.map((path) => readFileSync(path, 'utf8').trim()).join('\n\n');
}

/** The text of THIRD-PARTY.txt for the inputs of all bundles, as paths from `root`. Packages with the same words stand together. */
export function thirdPartyNotices(root, inputs) {
  const folders = new Set(inputs.flatMap((path) => PACKAGE.exec(path)?.[1] ?? []));
  const packages = [...folders].flatMap((folder) => {
    const file = join(root, folder, 'package.json');
    if (!existsSync(file)) return [];
    const { name, version, license } = JSON.parse(readFileSync(file, 'utf8'));
    return [{ line: `${name} ${version} (${license})`, words: notices(root, folder, license) }];
  });
  const sections = [...new Set(packages.map(({ words }) => words))].map((words) => {
    const lines = new Set(packages.filter((one) => one.words === words).map(({ line }) => line));
    return `${[...lines].toSorted().join('\n')}\n\n${words}\n`;
  });
  const line = `\n${'-'.repeat(80)}\n\n`;
  return [
    'The Lambda functions and the command line in this package contain code of these packages.\n',
    ...sections.toSorted(),
  ].join(line);
}
