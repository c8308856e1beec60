import type { JsonObject } from '../../../lib/contract/json';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import type { DeclaredTrustedField } from '../../../lib/contract/trusted-context';
import { withTrustedFields } from '../../../lib/contract/trusted-context';
import { renderText } from '../../../lib/diagnostics/render-text';
import { trustedContextGuards } from '../../../lib/policy/guards/trusted-context-guards';
import { loadPolicies, PolicySource } from '../../../lib/policy/source/source';
import { readTestFile } from '../../../lib/policy/testing/file/read-test-file';
import type { TestFile } from '../../../lib/policy/testing/file/test-file';
import type { GatewayUnderTest } from '../../../lib/policy/testing/run/gateway-under-test';

/** Tools of a target `Bank`, each with the types of its arguments; `?` marks an optional one. */
const TOOLS: { readonly [tool: string]: { readonly [argument: string]: string } } = {
  transfer: { amount: 'number', 'account-id': 'string', urgent: 'boolean?' },
  read_statement: { month: 'integer?' },
  close_account: {},
};

export const GEOGRAPHY: DeclaredTrustedField = {
  name: 'geography',
  type: 'string',
  description: 'Where the caller sits.',
  source: {
    kind: 'lookup',
    tableVariable: 'GEOGRAPHY_TABLE',
    keyAttribute: 'user',
    keyClaim: 'username',
    valueAttribute: 'geography',
    cacheSeconds: 60,
  },
  tools: ['Bank___transfer'],
};

export interface FixtureOptions {
  readonly trusted?: readonly DeclaredTrustedField[];
  readonly onSpoof?: 'overwrite' | 'reject';
  readonly identity?: GatewayUnderTest['identity'];
}

/** A gateway with these policies in front of the bank's tools. */
export function bank(policies: string, options: FixtureOptions = {}): GatewayUnderTest {
  const { trusted = [], onSpoof = 'overwrite', identity } = options;
  const loaded = loadPolicies([PolicySource.fromInline(policies)], { nameSeed: 'test' });
  if (loaded.diagnostics.length > 0) throw new Error(renderText(loaded.diagnostics));
  const tools = Object.entries(TOOLS).map(([name, types]) => {
    const carried = trusted.filter((field) => field.tools.includes(`Bank___${name}`));
    return { name, description: name, inputSchema: withTrustedFields(objectSchema(types), carried) };
  });
  return {
    policies: [...loaded.policies, ...trustedContextGuards(trusted, 'test')],
    targets: [{ name: 'Bank', tools }],
    gatewayArn: LOCAL_GATEWAY_ARN,
    trusted: {
      ...(trusted.length > 0 ? { fields: trusted } : {}),
      onSpoof,
      tables: {
        GEOGRAPHY_TABLE: [
          { user: 'ann', geography: 'EU' },
          { user: 'bob', geography: 'US' },
        ],
      },
    },
    ...(identity === undefined ? {} : { identity }),
  };
}

function objectSchema(types: { readonly [argument: string]: string }): JsonObject {
  const properties = Object.entries(types).map(([name, type]) => [name, { type: type.replace('?', '') }]);
  const required = Object.entries(types).flatMap(([name, type]) => (type.endsWith('?') ? [] : [name]));
  return { type: 'object', properties: Object.fromEntries(properties), required };
}

/** A test file that must be readable. */
export function tests(yaml: string, file = 'bank.test.yaml'): TestFile {
  const { testFile, diagnostics } = readTestFile(file, yaml);
  if (testFile === undefined) throw new Error(renderText(diagnostics));
  return testFile;
}

/** A permit for a tool of the bank. */
export function permit(tool: string, condition = ''): string {
  return `permit (principal is AgentCore::OAuthUser, action == AgentCore::Action::"Bank___${tool}", resource == ?resource)${condition};`;
}
