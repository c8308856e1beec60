import { describe, expect, it } from 'vitest';
import { REASONS } from '../../lambda/policy-engine/messages/reasons';
import { renderFailures } from '../../lambda/policy-engine/messages/render-failures';
import type { Failure } from '../../lambda/policy-engine/policies/policy';
import { TIMES } from '../../lambda/policy-engine/timing';
import { read } from '../house/source-files';

const page = read('docs/policy-engine.md');

/** The failures that the page's example is about. */
function failuresOf(example: string): Failure[] {
  return [...example.matchAll(/^(\S+):(\d+):(\d+) `([^`]+)`: (.+)$/gm)].map(
    ([, file = '', line = '', column = '', id = '', reason = '']) => {
      const origin = { file, line: Number(line), column: Number(column) };
      return { name: id, target: { id, origin }, reasons: [reason] } as unknown as Failure;
    },
  );
}

describe('docs/policy-engine.md', () => {
  it('shows a failed deployment as CloudFormation shows it', () => {
    const example = /^```text\n([\s\S]*?)\n```$/m.exec(page)?.[1] ?? '';
    const [message = ''] = example.split('\n');
    expect(failuresOf(example)).toHaveLength(2);
    expect(renderFailures({ message }, failuresOf(example))).toBe(example);
  });

  it('lists every reason that the resource finds itself', () => {
    const quoted = [...page.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
    for (const { reason } of Object.values(REASONS)) {
      expect(
        quoted.filter((text) => text.includes(reason) || (text.length > 10 && reason.includes(text))),
        reason,
      ).not.toEqual([]);
    }
  });

  it('says the times that the code has', () => {
    expect(page).toContain(`stays CREATING for more than ${TIMES.stuckCreating / 60_000} minutes`);
    expect(page).toContain(`Retried for ${TIMES.rights / 60_000} minutes`);
    expect(page).toContain(`not done after ${TIMES.change / 60_000} minutes`);
  });
});
