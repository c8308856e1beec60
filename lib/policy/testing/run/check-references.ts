import { joinToolName } from '../../../contract/tool-name';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';
import type { TestCase, TestFile } from '../file/test-file';
import { checkPersonas } from './check-personas';
import { checkValues } from './check-values';
import type { GatewayUnderTest } from './gateway-under-test';

/** Names and values in a test file that the gateway does not have: each would make a test prove something else than it says. */
export function checkReferences(testFile: TestFile, gateway: GatewayUnderTest): Diagnostic[] {
  const tools = new Set(
    gateway.targets.flatMap((target) => target.tools.map((tool) => joinToolName(target.name, tool.name))),
  );
  const policies = new Set(gateway.policies.map(({ id }) => id));
  const fields = gateway.trusted.fields && new Set(gateway.trusted.fields.map(({ name }) => name));
  const found = new Map<string, Diagnostic>();
  for (const test of testFile.cases) {
    const { location } = test;
    const report = (name: string, finding: Diagnostic): void => {
      const key = `${finding.code} ${name}`;
      if (!found.has(key)) found.set(key, finding);
    };
    for (const name of toolsOf(test).filter((tool) => !tools.has(tool))) {
      report(name, diagnostic('TEST_TOOL_UNKNOWN', { name, suggestion: suggest(name, tools) }, { location }));
    }
    for (const id of policiesOf(test).filter((policy) => !policies.has(policy))) {
      report(id, diagnostic('TEST_POLICY_UNKNOWN', { id, suggestion: suggest(id, policies) }, { location }));
    }
    for (const name of trustedOf(test).filter((field) => fields !== undefined && !fields.has(field))) {
      const suggestion = suggest(name, fields ?? []);
      report(name, diagnostic('TEST_TRUSTED_FIELD_UNKNOWN', { name, suggestion }, { location }));
    }
  }
  return [...found.values(), ...checkPersonas(testFile, gateway), ...checkValues(testFile, gateway)];
}

function toolsOf(test: TestCase): readonly string[] {
  return test.kind === 'call' ? [test.tool] : [...(test.exactly ?? []), ...test.includes, ...test.excludes];
}

function policiesOf(test: TestCase): readonly string[] {
  const { alone = [] } = test;
  return test.kind === 'call' ? [...alone, ...(test.expect.determining ?? []), ...(test.expect.flips ?? [])] : alone;
}

function trustedOf(test: TestCase): readonly string[] {
  return test.kind === 'call' ? Object.keys(test.trusted) : [];
}
