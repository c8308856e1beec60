import { noStandIn, startService } from './aws-protocol';
import type { EdgeContext, RunningService } from './edge-service';
import { EDGE_SERVICES } from './edge-services';

/** The AWS services that functions reach, all on this machine. */
export interface Edge {
  /** Variables that point AWS clients here. */
  readonly environment: { readonly [name: string]: string };
  /** Packages of the AWS SDK whose services have a stand-in. */
  readonly sdkClients: readonly string[];
  stop(): Promise<void>;
}

/** Starts the stand-ins that an application needs. Every other service answers with an error instead of a request that leaves this machine. */
export async function startEdge(context: EdgeContext): Promise<Edge> {
  const others = await startService(noStandIn);
  const running: RunningService[] = [others];
  const environment: { [name: string]: string } = { AWS_ENDPOINT_URL: others.url };
  const sdkClients: string[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((one) => one.stop()));
  };
  try {
    for (const service of Object.values(EDGE_SERVICES)) {
      const started = await service.start(context);
      if (started === undefined) continue;
      running.push(started);
      sdkClients.push(...service.sdkClients());
      Object.assign(environment, service.environment(started.url));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { environment, sdkClients, stop };
}
