import { describe, expect, it } from 'vitest';
import { read } from './source-files';

const pack = JSON.parse(read('package.json')) as { [section: string]: { [name: string]: string } };
const site = JSON.parse(read('site/package.json')) as typeof pack;
const page = read('docs/dependencies.md');

describe('dependencies', () => {
  it.each(['dependencies', 'peerDependencies', 'devDependencies'])('have their reason written down: %s', (section) => {
    const unexplained = Object.keys(pack[section] ?? {}).filter((name) => !isExplained(name));
    expect(unexplained).toEqual([]);
  });

  it('of the site have theirs, too', () => {
    expect(Object.keys(site['devDependencies'] ?? {}).filter((name) => !isExplained(name))).toEqual([]);
  });
});

/** Clients of the AWS SDK that stand in one row are written without their common beginning. */
function isExplained(name: string): boolean {
  return page.includes(`\`${name}\``) || page.includes(`\`${name.replace('@aws-sdk/client', '')}\``);
}
