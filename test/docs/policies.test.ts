import { afterAll, describe, expect, it } from 'vitest';
import { PolicyStatement } from '../../lib/policy/statements/policy-statement';
import { read } from '../house/source-files';
import { PageApp } from './page-app';

const page = new PageApp('policies.md');
afterAll(() => page.app.remove());

describe('docs/policies.md', () => {
  it.each(page.commands)('prints what `$line` prints', (command) => page.expectPrinted(command));

  it('lists the annotations that are read', () => {
    const annotations = [...read('docs/policies.md').matchAll(/^\| `@(\w+)\(/gm)].map(([, name]) => name);
    const all = { id: 'a', description: 'b', enforcement: 'LOG_ONLY', validation: 'IGNORE_ALL_FINDINGS' } as const;
    const written = [
      ...PolicyStatement.permit(all)
        .toCedar()
        .matchAll(/^@(\w+)/gm),
    ].map(([, name]) => name);
    expect(new Set(annotations)).toEqual(new Set([...written, 'invariant']));
  });
});
