import { ToolError } from '../../tool-kit/index';
import type { Environment, Operations } from './operations';

interface LogStream {
  readonly name: string;
  /** Days since the last event. */
  readonly age: number;
}

const DAY_MS = 24 * 3_600_000;

const SERVICES = ['checkout', 'catalog', 'payments'];

/** Instances by environment. */
const INSTANCES: { readonly [environment in Environment]: readonly string[] } = {
  production: ['i-0aaa1111bbbb2222c', 'i-0aaa1111bbbb2222d'],
  staging: ['i-0ccc3333dddd4444e'],
  dev: ['i-0eee5555ffff6666a', 'i-0eee5555ffff6666b'],
};

/**
 * A small fleet in memory that behaves like the real one, for runs without AWS. It refuses nothing that policies should refuse: with a
 * gateway that only logs, production can be restarted here, which is what LOG_ONLY means.
 */
export function exampleFleet(now: () => number): Operations {
  const running = new Map<string, Environment>();
  for (const [environment, ids] of Object.entries(INSTANCES)) {
    for (const id of ids) running.set(id, environment as Environment);
  }
  const logs = new Map<string, LogStream[]>();
  for (const service of SERVICES) {
    const streams = [1, 12, 45, 90].map((age) => ({ name: `${service}-${age}`, age }));
    for (const environment of Object.keys(INSTANCES)) logs.set(`/apps/${environment}/${service}`, streams);
  }
  let deployments = 0;

  const find = (service: string): void => {
    if (!SERVICES.includes(service)) throw new ToolError('NOT_FOUND', 'there is no such service in this environment');
  };

  return {
    async restartService(_environment, service) {
      find(service);
      deployments += 1;
      return { deployment_id: `ecs-svc/${String(deployments).padStart(10, '0')}` };
    },

    async terminateInstance(environment, instanceId) {
      if (running.get(instanceId) !== environment) throw new ToolError('NOT_FOUND', 'there is no such instance');
      running.delete(instanceId);
      return { state: 'shutting-down' };
    },

    async cleanLogs(logGroup, before) {
      const streams = logs.get(logGroup);
      if (streams === undefined) throw new ToolError('NOT_FOUND', 'there is no such log group');
      const kept = streams.filter(({ age }) => now() - age * DAY_MS >= before.getTime());
      logs.set(logGroup, kept);
      return { deleted: streams.length - kept.length, more: false };
    },

    async getMetrics(_environment, service, metric, since) {
      find(service);
      const base = 20 + 15 * SERVICES.indexOf(service) + (metric === 'MemoryUtilization' ? 10 : 0);
      const points = [];
      for (let time = since.getTime(), step = 0; time < now(); time += 300_000, step += 1) {
        points.push({ time: new Date(time).toISOString(), value: base + (step % 6) });
      }
      return points;
    },
  };
}
