import type { Emulator } from '../../emulator';
import type { GatewayAccess } from './agent-client';

/** What programs are told of the gateway that an emulator runs. */
export function accessOf(emulator: Emulator): GatewayAccess {
  const { gateway, local } = emulator.manifest();
  const clients = emulator.clients();
  const people = clients.find(({ flow }) => flow === 'code');
  const machine = clients.find(({ flow }) => flow === 'client-credentials');
  return {
    name: gateway.name,
    mcpUrl: emulator.mcpUrl,
    emulatorUrl: emulator.url,
    clientId: people?.clientId,
    callbackUrls: people?.callbackUrls,
    caller: local.personas[0]?.username ?? machine?.name,
  };
}
