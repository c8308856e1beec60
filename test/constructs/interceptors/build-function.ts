import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { HttpMessages } from '../../../lib/constructs/interceptors/http-messages';
import {
  InterceptorFunction,
  type InterceptorFunctionProps,
} from '../../../lib/constructs/interceptors/interceptor-function';
import type { InterceptionPoint, InterceptorStep } from '../../../lib/constructs/interceptors/interceptor-step';
import { PseudonymKey } from '../../../lib/constructs/interceptors/pseudonym-key';
import { NOTHING_RECORDED } from '../../../lib/constructs/interceptors/recorded-decisions';
import type { JsonObject } from '../../../lib/contract/json';
import type { InterceptorConfig } from '../../../lib/contract/steps/interceptor-config';
import type { CatalogTarget } from '../../../lib/policy/schema/catalog-target';

/** A tool of every target that tests name. */
const TARGETS: readonly CatalogTarget[] = [
  target('Claims', 'query', { q: { type: 'string' } }),
  target('Notes', 'read', {}),
];

function target(name: string, tool: string, properties: JsonObject): CatalogTarget {
  const inputSchema = { type: 'object', properties };
  return { name, kind: 'lambda', tools: [{ name: tool, description: tool, inputSchema }] };
}

export interface BuiltFunction {
  readonly stack: Stack;
  readonly interceptor: InterceptorFunction;
  readonly template: Template;
  /** The configuration file in the asset. */
  readonly config: InterceptorConfig;
  /** Absolute path of the asset. */
  readonly directory: string;
}

/** Synthesizes one interceptor in a stack of its own. The callback makes the steps, so that they can use resources of the stack. */
export function buildFunction(
  point: InterceptionPoint,
  steps: (stack: Stack) => readonly InterceptorStep[],
  more: Partial<InterceptorFunctionProps> = {},
): BuiltFunction {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const interceptor = new InterceptorFunction(stack, 'Interceptor', {
    point,
    steps: steps(stack),
    httpMessages: HttpMessages.REFUSE,
    view: () => ({ authorization: 'jwt', targets: TARGETS }),
    recorded: NOTHING_RECORDED,
    pseudonymKey: () => new PseudonymKey(stack, 'PseudonymKey', undefined),
    logRetention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
    ...more,
  });
  const assembly = app.synth().directory;
  const directory = join(assembly, interceptor.functionManifest().asset);
  const config = JSON.parse(readFileSync(join(directory, 'config.json'), 'utf8')) as InterceptorConfig;
  return { stack, interceptor, template: Template.fromStack(stack), config, directory };
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** Everything that the function may do, beside writing its logs. */
export function grantsOf(template: Template): { readonly actions: string[]; readonly resource: unknown }[] {
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  const statements = policies.flatMap((policy) => policy['Properties'].PolicyDocument.Statement as Statement[]);
  return statements
    .map(({ Action, Resource }) => ({ actions: [Action].flat(), resource: Resource }))
    .filter(({ actions }) => !actions.every((action) => action.startsWith('logs:')));
}

export function environmentOf(template: Template): { readonly [name: string]: unknown } {
  const [fn] = Object.values(template.findResources('AWS::Lambda::Function'));
  const { NODE_OPTIONS: _, ...own } = fn?.['Properties'].Environment?.Variables ?? {};
  return own as { [name: string]: unknown };
}
