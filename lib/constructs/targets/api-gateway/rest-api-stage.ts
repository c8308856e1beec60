import { Stack, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import type { JsonValue } from '../../../contract/json';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { suggest } from '../../../diagnostics/suggest';

/** The stage that a target calls. */
export interface TargetStage {
  /** Undefined for an API that has none. */
  readonly name: string | undefined;
  /** The stage's construct, which must exist before the target reads the API. */
  readonly construct: Construct | undefined;
  readonly findings: readonly Diagnostic[];
}

/** The named stage, or the one that the API deploys by itself. What this app's constructs declare is only deployed to this app's stages. */
export function stageOf(restApi: apigateway.IRestApi, wanted: string | undefined): TargetStage {
  const stages = stagesOf(restApi);
  if (wanted === undefined) {
    const own = restApi instanceof apigateway.RestApiBase ? deploymentStage(restApi) : undefined;
    if (own !== undefined) return { name: own.stageName, construct: own, findings: [] };
    const path = restApi.node.path;
    return { name: undefined, construct: undefined, findings: [diagnostic('TARGET_API_WITHOUT_STAGE', { path })] };
  }
  const found = stages.find(({ name }) => name === wanted);
  if (found !== undefined || stages.length === 0 || Token.isUnresolved(wanted)) {
    return { name: wanted, construct: found?.construct, findings: [] };
  }
  const names = stages.map(({ name }) => name);
  const finding = diagnostic('TARGET_API_STAGE', { stage: wanted, stages: names, suggestion: suggest(wanted, names) });
  return { name: wanted, construct: undefined, findings: [finding] };
}

/** `deploy: false` leaves the property empty, whatever its type says. */
function deploymentStage(restApi: apigateway.RestApiBase): apigateway.Stage | undefined {
  return restApi.deploymentStage as apigateway.Stage | undefined;
}

/** The stages of this app's template that belong to the API and have a literal name. */
function stagesOf(restApi: apigateway.IRestApi): { readonly name: string; readonly construct: Construct }[] {
  const stack = Stack.of(restApi);
  const id = JSON.stringify(stack.resolve(restApi.restApiId));
  return stack.node.findAll().flatMap((construct) => {
    if (!(construct instanceof apigateway.CfnStage)) return [];
    if (JSON.stringify(stack.resolve(construct.restApiId)) !== id) return [];
    const name = stack.resolve(construct.stageName) as JsonValue | undefined;
    return typeof name === 'string' ? [{ name, construct }] : [];
  });
}
