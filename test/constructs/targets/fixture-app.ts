import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App, type Environment, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { toolNames } from '../../../lib/constructs/parts/gateway-view';
import { GovernedTarget } from '../../../lib/constructs/targets/governed-target';
import type { Tools } from '../../../lib/constructs/targets/tools';
import type { DeclaredTrustedField } from '../../../lib/contract/trusted-context';

const REPOSITORY = join(__dirname, '../../..');

/** Writes a module of tools. `kit` and `z` are in scope; the body ends with an export of the handler. */
export function toolModule(body: string, directory = mkdtempSync(join(tmpdir(), 'tools-test-'))): string {
  const file = join(directory, 'tools.ts');
  const imports = [
    `import { assumeCallerRole, defineTool, toolHandler } from '${join(REPOSITORY, 'lambda/tool-kit')}';`,
    `import * as z from '${dirname(require.resolve('zod/package.json'))}';`,
  ];
  writeFileSync(join(directory, 'package.json'), '{"name":"tools-test"}');
  writeFileSync(file, `${imports.join('\n')}\n${body}\n`);
  return file;
}

/** Two tools, one of which reads a trusted field. */
export const CLAIM_TOOLS = `
const getClaim = defineTool({
  name: 'get_claim',
  description: 'Returns one claim',
  input: z.object({ claim_id: z.string(), detail: z.boolean().optional() }),
  handler: ({ claim_id }) => ({ claim_id }),
});
const queryClaims = defineTool({
  name: 'query_claims',
  description: 'Finds claims',
  input: z.object({ limit: z.int(), where: z.object({ city: z.string() }), tags: z.array(z.string()).optional() }),
  trusted: z.object({ geography: z.string() }),
  handler: () => [],
});
export const handler = toolHandler(getClaim, queryClaims);`;

export const GEOGRAPHY: DeclaredTrustedField = {
  name: 'geography',
  type: 'string',
  description: 'Where the caller is',
  source: { kind: 'constant', value: 'EU' },
  tools: ['Claims___query_claims'],
};

export interface FixtureOptions {
  readonly name?: string;
  readonly trustedFields?: readonly DeclaredTrustedField[];
}

/** A stack with a real gateway of aws-cdk-lib and one governed target. */
export class Fixture {
  readonly app = new App();
  readonly stack: Stack;
  readonly gateway: agentcore.Gateway;

  constructor(env?: Environment) {
    this.stack = new Stack(this.app, 'Stack', env && { env });
    this.gateway = new agentcore.Gateway(this.stack, 'Gateway', { gatewayName: 'claims' });
  }

  add(tools: Tools, options: FixtureOptions = {}): GovernedTarget {
    const targetName = options.name ?? 'Claims';
    const fields = options.trustedFields ?? [];
    return new GovernedTarget(this.stack, `Target-${targetName}`, {
      gateway: this.gateway,
      targetName,
      tools,
      trustedFields: (targets) => {
        const names = toolNames(targets);
        return fields.filter((field) => field.tools.some((tool) => names.includes(tool)));
      },
      logs: { logRetention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY },
    });
  }

  template(): Template {
    return Template.fromStack(this.stack);
  }

  /** The only document that is deployed. */
  deployedDocument(): unknown {
    const { directory } = this.app.synth();
    const [file] = readdirSync(directory).filter((name) => /^asset\..*\.json$/.test(name));
    return JSON.parse(readFileSync(join(directory, file ?? ''), 'utf8'));
  }

  /** Properties of the only gateway target. */
  targetProperties(): Record<string, unknown> {
    const [target] = Object.values(this.template().findResources('AWS::BedrockAgentCore::GatewayTarget'));
    return (target as { Properties: Record<string, unknown> }).Properties;
  }
}
