import type { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { app as byHandApp } from '../../bench/synth/by-hand-app';
import { app as governedApp } from '../../bench/synth/governed-app';
import { contentsOf } from '../applications/synthesized';

interface Resource {
  readonly Type: string;
  readonly Properties?: {
    readonly TargetConfiguration?: {
      readonly Mcp: {
        readonly Lambda: { readonly ToolSchema: { readonly InlinePayload: { readonly Name: string }[] } };
      };
    };
  };
}

const STACKS = ['Devops', 'Lakehouse', 'Underwriting'];

/** Per stack, by type: the policy set's custom resources and their provider, in place of an engine and policies of CloudFormation's own. */
const OF_THE_PROVIDER = {
  'Custom::AgentCorePolicyEngine': 1,
  'Custom::AgentCorePolicySet': 1,
  'AWS::BedrockAgentCore::PolicyEngine': -1,
  // Two handlers and the framework's three functions.
  'AWS::Lambda::Function': 5,
  'AWS::Logs::LogGroup': 3,
  'AWS::StepFunctions::StateMachine': 1,
  // Of the handlers, of the framework's functions, and of its state machine.
  'AWS::IAM::Role': 5,
  // One per role, what the handlers may do, and what the gateway must be allowed before it exists.
  'AWS::IAM::Policy': 7,
};

/** Functions that record decisions, with a role and its policies each, the secret of their proof, and what the gateway must be allowed before it exists. */
const OF_RECORDS = {
  'AWS::Lambda::Function': 2,
  'AWS::Logs::LogGroup': 2,
  'AWS::IAM::Role': 2,
  'AWS::IAM::Policy': 3,
  'AWS::SecretsManager::Secret': 1,
};

/** What only the governed app has of interceptors. That of the lakehouse has some by hand too, without the secrets of the proof and of pseudonyms. */
const OF_INTERCEPTORS = {
  Devops: OF_RECORDS,
  Lakehouse: { 'AWS::IAM::Policy': 1, 'AWS::SecretsManager::Secret': 2 },
  Underwriting: OF_RECORDS,
};

const POLICIES = { Devops: 4, Lakehouse: 9, Underwriting: 2 };

describe('the two apps of the synth benchmark', () => {
  const templates = { governed: resourcesOf(governedApp), byHand: resourcesOf(byHandApp) };

  it.each(STACKS)('make the same resources in %s, but for the provider of the policy set', (stack) => {
    const governed = countsOf(templates.governed.get(stack));
    const byHand = countsOf(templates.byHand.get(stack));
    const types = [...new Set([...Object.keys(governed), ...Object.keys(byHand)])];
    const differences = types.map((type) => [type, (governed[type] ?? 0) - (byHand[type] ?? 0)] as const);
    expect(Object.fromEntries(differences.filter(([, difference]) => difference !== 0))).toEqual({
      ...sumOf(OF_THE_PROVIDER, OF_INTERCEPTORS[stack as keyof typeof OF_INTERCEPTORS]),
      'AWS::BedrockAgentCore::Policy': -POLICIES[stack as keyof typeof POLICIES],
    });
  });

  it.each(STACKS)('publish the same tools in %s', (stack) => {
    expect(toolsOf(templates.byHand.get(stack))).toEqual(toolsOf(templates.governed.get(stack)));
  });
});

function sumOf(
  a: { readonly [type: string]: number },
  b: { readonly [type: string]: number },
): { [type: string]: number } {
  const types = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...types].map((type) => [type, (a[type] ?? 0) + (b[type] ?? 0)]));
}

/** Resources by the name of their stack. */
function resourcesOf(app: App): Map<string, Resource[]> {
  const templates = contentsOf(app.synth().directory, /\.template\.json$/);
  return new Map(
    [...templates].map(([path, text]) => {
      const stack = STACKS.find((name) => path.includes(name)) ?? path;
      return [stack, Object.values((JSON.parse(text) as { Resources: { [id: string]: Resource } }).Resources)];
    }),
  );
}

function countsOf(resources: readonly Resource[] = []): { [type: string]: number } {
  const counts: { [type: string]: number } = {};
  for (const { Type } of resources) counts[Type] = (counts[Type] ?? 0) + 1;
  return counts;
}

function toolsOf(resources: readonly Resource[] = []): string[] {
  return resources.flatMap(
    ({ Properties }) =>
      Properties?.TargetConfiguration?.Mcp.Lambda.ToolSchema.InlinePayload.map((tool) => tool.Name) ?? [],
  );
}
