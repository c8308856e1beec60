import { describe, expect, it } from 'vitest';
import { read } from './source-files';

const pack = JSON.parse(read('package.json')) as { [section: string]: { [name: string]: string } };
const page = read('docs/dependencies.md');

describe('dependencies', () => {
  it.each(['dependencies', 'peerDependencies', 'devDependencies'])('have their reason written down: %s', (section) => {
    const unexplained = Object.keys(pack[section] ?? {}).filter((name) => !isExplained(name));
    expect(unexplained).toEqual([]);
  });
});

/** Clients of the AWS SDK that stand in one row are written without their common beginning. */
function isExplained(name: string): boolean {
  return page.includes(`\`${name}\``) || page.includes(`\`${name.replace('@aws-sdk/client', '')}\``);
}
