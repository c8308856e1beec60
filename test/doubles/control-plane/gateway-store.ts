import type { GatewayView } from './engine-store';
import { conflict, notFound, SLOW } from './options';
import type { Ending } from './policy-store';

type Members = { readonly [member: string]: unknown };

/** What only the service says of a gateway; everything else is what the last update sent. */
const READ_ONLY = [
  'gatewayId',
  'gatewayArn',
  'gatewayUrl',
  'createdAt',
  'workloadIdentityDetails',
  'webAclArn',
  'tools',
  'targets',
  'rateLimits',
  'tags',
];

interface Change {
  readonly at: number;
  readonly members?: Members;
  readonly status: string;
  readonly reasons: readonly string[];
}

/** Changes of gateways. An update replaces every member: what it does not name is gone. */
export class GatewayStore {
  private readonly changes = new Map<string, Change>();
  private readonly status = new Map<
    string,
    { readonly status: string; readonly reasons: readonly string[]; readonly at: number }
  >();

  constructor(
    private readonly gateways: Map<string, GatewayView>,
    private readonly now: () => number,
    private readonly activation: number,
    private readonly changed: () => void,
  ) {}

  /** The answer of GetGateway. */
  reply(gatewayId: string): object {
    const { tools: _, targets: __, rateLimits: ___, tags: ____, ...gateway } = this.current(gatewayId);
    const { status, reasons, at } = this.status.get(gatewayId) ?? { status: 'READY', reasons: [], at: 0 };
    const createdAt = new Date(0).toISOString();
    const times = { createdAt, updatedAt: new Date(at).toISOString() };
    return { authorizerType: 'CUSTOM_JWT', ...gateway, ...times, status, statusReasons: reasons };
  }

  update(gatewayId: string, input: Members, { failsWith, stuck, slow }: Ending): object {
    const view = this.current(gatewayId);
    if (this.status.get(gatewayId)?.status === 'UPDATING') throw conflict(`gateway ${gatewayId} is UPDATING`);
    if (input['name'] !== view.name) throw conflict('the name of a gateway cannot be changed');
    const { gatewayIdentifier: _, ...members } = input;
    this.status.set(gatewayId, { status: 'UPDATING', reasons: [], at: this.now() });
    const at = this.now() + (stuck || slow ? SLOW : this.activation);
    this.changes.set(
      gatewayId,
      failsWith
        ? { at, status: 'UPDATE_UNSUCCESSFUL', reasons: failsWith }
        : { at, members, status: 'READY', reasons: [] },
    );
    this.changed();
    return this.reply(gatewayId);
  }

  current(gatewayId: string): GatewayView {
    const view = this.gateways.get(gatewayId);
    if (view === undefined) throw notFound(gatewayId);
    const change = this.changes.get(gatewayId);
    if (change === undefined || change.at > this.now()) return view;
    this.changes.delete(gatewayId);
    this.status.set(gatewayId, { status: change.status, reasons: change.reasons, at: change.at });
    if (change.members !== undefined) {
      const kept = Object.fromEntries(Object.entries(view).filter(([member]) => READ_ONLY.includes(member)));
      this.gateways.set(gatewayId, { ...kept, ...change.members } as unknown as GatewayView);
    }
    this.changed();
    return this.current(gatewayId);
  }
}
