import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GatewayManifest } from '../../lib/contract/manifest';
import type { ToolDefinition } from '../../lib/contract/mcp';
import {
  deployedGateway,
  deployedLimits,
  deployedStatement,
  deployedTargets,
  GATEWAY_ID,
  POLICIES,
  STACK,
  TEMPLATE,
} from '../contract/drift/drift-fixture';
import { CloudFormationDouble } from '../doubles/cloudformation';
import { type DoubleServer, serve } from '../doubles/control-plane/clients';
import { ControlPlane } from '../doubles/control-plane/control-plane';
import type { GatewayView } from '../doubles/control-plane/engine-store';
import type { ControlPlaneOptions } from '../doubles/control-plane/options';
import { claimsManifest } from '../emulator/fixture';
import { ServiceEndpoints } from './service-endpoints';

const UNCHECKED = {
  tools: new Set<string>(),
  hasPermit: true,
  findingsFail: false,
  interceptorRefuses: false,
  notInvocable: undefined,
};

const realClock = {
  now: () => Date.now(),
  sleep: (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

const tool = (name: string): ToolDefinition => ({ name, description: name, inputSchema: { type: 'object' } });

/** The gateway of the fixture, deployed: its assembly in a folder, and the services that know of it behind HTTP. */
export class Deployment {
  readonly directory = mkdtempSync(join(tmpdir(), 'deployment-'));
  readonly cloudFormation = new CloudFormationDouble();
  readonly controlPlane: ControlPlane;
  private readonly manifest: GatewayManifest;
  private readonly servers: DoubleServer[] = [];
  private readonly endpoints = new ServiceEndpoints();

  constructor(options: Partial<ControlPlaneOptions> = {}) {
    this.controlPlane = new ControlPlane(realClock, {
      activation: 30,
      deletion: 10,
      latency: 0,
      pageSize: 2,
      ...options,
    });
    this.cloudFormation.stacks.push({ ...STACK, template: TEMPLATE });
    this.manifest = {
      ...claimsManifest(),
      stackName: 'Notes',
      path: 'Notes/Gateway',
      policies: POLICIES,
      outputs: { GatewayId: 'IdOut', PolicyEngineId: 'EngineOut' },
      gateway: { ...claimsManifest().gateway, name: 'notes', logicalId: 'Gateway', mode: 'ENFORCE' },
      identity: { ...claimsManifest().identity, clients: [] },
      targets: [{ name: 'Notes', kind: 'lambda', tools: ['read', 'write'].map(tool) }],
    };
    this.change({});
    this.write('Notes.template.json', TEMPLATE);
    this.write('Other.template.json', { Resources: { Gateway: { Type: 'AWS::SNS::Topic' } } });
  }

  /** Writes the manifest with other members. */
  change(members: Partial<GatewayManifest>): void {
    this.write('Notes.Gateway.gateway.json', { ...this.manifest, ...members });
  }

  write(file: string, content: object): void {
    writeFileSync(join(this.directory, file), JSON.stringify(content));
  }

  /** Starts the services, and names them to every AWS client of this process. */
  async start(): Promise<void> {
    const { engines, policies, gateways } = this.controlPlane;
    const engine = engines.create({ name: 'Notes', description: undefined, encryptionKeyArn: undefined, tags: {} });
    engines.tamper(engine.policyEngineId, { status: 'ACTIVE' });
    for (const policy of POLICIES) {
      const { name, enforcementMode } = policy;
      const content = { statement: deployedStatement(policy), description: undefined, enforcementMode };
      const { policyId } = policies.create(engine.policyEngineId, name, content, UNCHECKED, {});
      policies.tamper(policyId, { status: 'ACTIVE' });
    }
    const answer = deployedGateway() as unknown as GatewayView;
    gateways.set(GATEWAY_ID, {
      ...answer,
      tools: ['Notes___read', 'Notes___write'],
      targets: deployedTargets(),
      rateLimits: deployedLimits(),
    });
    const [plane, stacks] = [await serve(this.controlPlane), await this.cloudFormation.serve()];
    this.servers.push(plane, stacks);
    this.endpoints.set({ BEDROCK_AGENTCORE_CONTROL: plane.url, CLOUDFORMATION: stacks.url });
  }

  async stop(): Promise<void> {
    this.endpoints.restore();
    await Promise.all(this.servers.map((server) => server.close()));
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Changes the gateway past every API that is watched here. */
  tamper(change: (gateway: { [member: string]: unknown }) => void): void {
    const view = structuredClone(this.controlPlane.gateways.get(GATEWAY_ID)) as { [member: string]: unknown };
    change(view);
    this.controlPlane.gateways.set(GATEWAY_ID, view as unknown as GatewayView);
  }
}
