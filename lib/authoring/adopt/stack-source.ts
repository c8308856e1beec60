import { type Code, call, literal, object, print, usesOf, verbatim } from '../project/code';
import type { ExpressedGateway } from './express-gateway';
import type { ExpressedTarget, Overrides } from './expressed';
import { CONSTRUCT_ID } from './import-files';

/** Modules of aws-cdk-lib by the names under which the stack has them. */
const NAMESPACES: { readonly [name: string]: string } = {
  apigateway: 'aws-cdk-lib/aws-apigateway',
  agentcore: 'aws-cdk-lib/aws-bedrockagentcore',
  kms: 'aws-cdk-lib/aws-kms',
  lambda: 'aws-cdk-lib/aws-lambda',
};

/** Values of aws-cdk-lib itself. */
const CORE = ['ArnFormat', 'Duration'];

const KEEP = `
/** Keeps what the deployed resource has and its construct has no word for. */
function keep(construct: IConstruct, properties: { readonly [path: string]: unknown }): void {
  const resource = construct.node.defaultChild as CfnResource;
  for (const [path, value] of Object.entries(properties)) resource.addPropertyOverride(path, value);
}
`;

/** The source of the stack that declares an adopted gateway. */
export function stackSource(
  gateway: ExpressedGateway,
  targets: readonly ExpressedTarget[],
  hasPolicies: boolean,
): string {
  const props = {
    ...gateway.props,
    targets:
      targets.length === 0 ? undefined : object(Object.fromEntries(targets.map(({ name, tools }) => [name, tools]))),
    policies: hasPolicies
      ? { kind: 'list' as const, items: [call('PolicySource.fromDirectory', [literal('policies')], 'PolicySource')] }
      : undefined,
  };
  const made = call('new GovernedGateway', [verbatim('this'), literal(CONSTRUCT_ID), object(props)], 'GovernedGateway');
  const all = [...gateway.constants, ...targets.flatMap((target) => target.constants)];
  const constants = [...new Map(all.map((one) => [one.name, one])).values()];
  const after = [
    ...kept('gateway.gateway', gateway.overrides),
    ...gateway.invoked.map((name) => call(`${name}.grantInvoke`, [verbatim('gateway.gateway.role')])),
    ...targets.flatMap(({ name, overrides }) => kept(`gateway.target(${literalText(name)}).gatewayTarget`, overrides)),
  ];
  const lines = [
    ...constants.map(({ name, value }) => declaration(name, value)),
    after.length === 0 ? statement(made) : declaration('gateway', made),
    ...after.map(statement),
  ];
  const codes = [made, ...constants.map(({ value }) => value)];
  const hasKeep = after.some(isKeep);
  return [
    imports(codes.flatMap(usesOf), hasKeep),
    '/** The gateway that was adopted, whose tools are governed by the policies in `policies/`. */',
    'export class GatewayStack extends Stack {',
    '  constructor(scope: Construct, id: string, props?: StackProps) {',
    '    super(scope, id, props);',
    ...lines,
    '  }',
    '}',
    hasKeep ? KEEP : '',
  ].join('\n');
}

function imports(uses: readonly string[], hasKeep: boolean): string {
  const used = [...new Set(uses)].sort();
  const core = [
    'Stack',
    'type StackProps',
    ...used.filter((one) => CORE.includes(one)),
    ...(hasKeep ? ['type CfnResource'] : []),
  ];
  const own = used.filter((one) => !CORE.includes(one) && NAMESPACES[one] === undefined);
  const byName = (one: string): string => one.replace('type ', '');
  const sorted = core.toSorted((one, other) => (byName(one) < byName(other) ? -1 : 1));
  return [
    `import { ${sorted.join(', ')} } from 'aws-cdk-lib';`,
    ...Object.entries(NAMESPACES)
      .filter(([name]) => used.includes(name))
      .map(([name, module]) => `import * as ${name} from '${module}';`),
    `import type { Construct${hasKeep ? ', IConstruct' : ''} } from 'constructs';`,
    `import { ${own.join(', ')} } from 'governed-gateway';`,
    '',
  ].join('\n');
}

function kept(construct: string, overrides: Overrides): Code[] {
  if (Object.keys(overrides).length === 0) return [];
  return [call('keep', [verbatim(construct), literal(overrides)])];
}

function isKeep(code: Code): boolean {
  return code.kind === 'call' && code.callee === 'keep';
}

function declaration(name: string, value: Code): string {
  const start = `    const ${name} = `;
  return `${start}${print(value, 4, start.length + 1)};`;
}

function statement(code: Code): string {
  return `    ${print(code, 4, 5)};`;
}

function literalText(text: string): string {
  return print(literal(text), 0, 0);
}
