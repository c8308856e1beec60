import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Callers } from './user-pool';

export interface HandmadeGatewayProps {
  readonly name: string;
  readonly description: string;
  readonly callers: Callers;
  readonly interceptors?: agentcore.IInterceptor[];
}

/** A gateway with a policy engine, both on the L2. */
export class HandmadeGateway extends Construct {
  private readonly engine: agentcore.PolicyEngine;
  private readonly gateway: agentcore.Gateway;

  constructor(scope: Construct, id: string, props: HandmadeGatewayProps) {
    super(scope, id);
    const stack = Stack.of(this);
    this.engine = new agentcore.PolicyEngine(this, 'PolicyEngine', { policyEngineName: props.name.replace(/-/g, '_') });
    this.gateway = new agentcore.Gateway(this, 'Resource', {
      gatewayName: props.name,
      description: props.description,
      role: new iam.Role(this, 'Role', {
        description: `Execution role of gateway ${props.name}`,
        assumedBy: new iam.ServicePrincipal('bedrock-agentcore.amazonaws.com', {
          conditions: {
            StringEquals: { 'aws:SourceAccount': stack.account },
            ArnLike: {
              'aws:SourceArn': `arn:${stack.partition}:bedrock-agentcore:${stack.region}:${stack.account}:gateway/${props.name.toLowerCase()}-*`,
            },
          },
        }),
      }),
      authorizerConfiguration: props.callers.authorizer,
      interceptorConfigurations: props.interceptors ?? [],
      protocolConfiguration: agentcore.GatewayProtocol.mcp({
        supportedVersions: ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26'].map((version) =>
          agentcore.MCPProtocolVersion.of(version),
        ),
        searchType: agentcore.McpGatewaySearchType.SEMANTIC,
      }),
      policyEngineConfiguration: { policyEngine: this.engine, mode: agentcore.PolicyEngineMode.ENFORCE },
    });
    this.addOutputs(props.callers);
  }

  addTools(name: string, description: string, fn: lambda.IFunction, tools: agentcore.ToolDefinition[]): Construct {
    return this.gateway.addLambdaTarget(`Target-${name}`, {
      gatewayTargetName: name,
      description,
      lambdaFunction: fn,
      toolSchema: agentcore.ToolSchema.fromInline(tools),
    });
  }

  /** One policy per file of a folder. They name the target's tools, so they come after it. */
  addPolicies(directory: string, after: Construct): void {
    for (const file of readdirSync(directory).sort()) {
      if (file.endsWith('.cedar') && !file.endsWith('.invariant.cedar'))
        this.addPolicy(basename(file, '.cedar'), readFileSync(join(directory, file), 'utf8'), after);
    }
  }

  addPolicy(name: string, text: string, after: Construct): void {
    const statement = text
      .slice(text.search(/^(permit|forbid)/m))
      .replace('?resource', `AgentCore::Gateway::"${this.gateway.gatewayArn}"`);
    const policy = this.engine.addPolicy(name, {
      policyName: name.replace(/-/g, '_'),
      description: /^@description\("(.*)"\)$/m.exec(text)?.[1],
      statement: agentcore.PolicyStatement.fromCedar(statement),
    });
    policy.node.addDependency(after);
  }

  private addOutputs({ userPool, people, machine, domain }: Callers): void {
    const outputs = {
      GatewayUrl: this.gateway.gatewayUrl ?? '',
      GatewayId: this.gateway.gatewayId,
      PolicyEngineId: this.engine.policyEngineId,
      UserPoolId: userPool.userPoolId,
      PeopleClientId: people.userPoolClientId,
      MachineClientId: machine.userPoolClientId,
      TokenEndpointUrl: `${domain.baseUrl()}/oauth2/token`,
      AuthorizationEndpointUrl: `${domain.baseUrl()}/oauth2/authorize`,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
