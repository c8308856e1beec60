import { selectsTool } from '../../../contract/steps/selectors';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import type { TestFile } from '../file/test-file';
import type { GatewayUnderTest } from './gateway-under-test';

/** Steps of the team's own whose tools no test calls: nobody has ever seen them run. */
export function idleSteps({ chains = [] }: GatewayUnderTest, files: readonly TestFile[]): Diagnostic[] {
  const called = new Set(
    files.flatMap(({ cases }) => cases.flatMap((test) => (test.kind === 'call' ? [test.tool] : []))),
  );
  return chains.flatMap(({ entry = '', steps = [] }) =>
    steps.flatMap(({ name, tools }) => {
      if (tools === undefined || [...called].some((tool) => selectsTool(tools, tool))) return [];
      return [diagnostic('TEST_STEP_IDLE', { step: name, entry, tools })];
    }),
  );
}
