import * as z from 'zod';
import { defineTool, type Tool, ToolError } from '../../tool-kit/index';
import { ENVIRONMENTS, METRICS, type Operations } from './operations';

const HOUR_MS = 3_600_000;

const environment = z.enum(ENVIRONMENTS).describe(`One of ${ENVIRONMENTS.join(', ')}.`);
const service = z.string().regex(/^[A-Za-z0-9_-]{1,255}$/);

/**
 * The tools of operations. `log_group` and `service_name` are optional in the schema, so that the call reaches the policies, which ask for
 * them; a gateway that only logs lets the call through, and then the tool asks.
 */
export function devopsTools(operations: Operations, now: () => number): Tool[] {
  return [
    defineTool({
      name: 'restart_service',
      classes: ['write'],
      description: 'Restarts a service without an interruption: its tasks are replaced one after the other.',
      input: z.object({ environment, service: service.describe('Name of the service, for example checkout.') }),
      handler: async (input) => ({
        ...input,
        ...(await operations.restartService(input.environment, input.service)),
      }),
    }),

    defineTool({
      name: 'terminate_instance',
      classes: ['destructive'],
      description: 'Terminates an instance for good.',
      input: z.object({
        environment,
        instance_id: z
          .string()
          .regex(/^i-[0-9a-f]{8,17}$/)
          .describe('Id of the instance, for example i-0a1b2c3d4e5f60718.'),
      }),
      handler: async (input) => ({
        ...input,
        ...(await operations.terminateInstance(input.environment, input.instance_id)),
      }),
    }),

    defineTool({
      name: 'clean_logs',
      classes: ['destructive'],
      description: 'Deletes log streams of one log group that got no event for a while.',
      input: z.object({
        log_group: z
          .string()
          .regex(/^\/apps\/[\w.#/-]{1,480}$/)
          .optional()
          .describe('Name of the log group, for example /apps/staging/checkout.'),
        older_than_days: z
          .int()
          .min(7)
          .max(3650)
          .optional()
          .describe('Days without an event: 7 or more, by default 30.'),
      }),
      handler: async ({ log_group, older_than_days = 30 }) => {
        const logGroup = required(log_group, 'log_group');
        const before = new Date(now() - older_than_days * 24 * HOUR_MS);
        return { log_group: logGroup, ...(await operations.cleanLogs(logGroup, before)) };
      },
    }),

    defineTool({
      name: 'get_metrics',
      classes: ['read'],
      description: 'Returns the load of a service, as averages of five minutes.',
      input: z.object({
        service_name: service.optional().describe('Name of the service, for example checkout.'),
        environment: environment.optional().describe(`One of ${ENVIRONMENTS.join(', ')}; by default production.`),
        metric: z
          .enum(METRICS)
          .optional()
          .describe(`One of ${METRICS.join(', ')}; by default ${METRICS[0]}.`),
        hours: z.int().min(1).max(24).optional().describe('How far to look back: 1 to 24, by default 3.'),
      }),
      handler: async ({ service_name, environment = 'production', metric = 'CPUUtilization', hours = 3 }) => {
        const name = required(service_name, 'service_name');
        const points = await operations.getMetrics(environment, name, metric, new Date(now() - hours * HOUR_MS));
        return { service_name: name, environment, metric, points };
      },
    }),
  ];
}

function required(value: string | undefined, argument: string): string {
  if (value === undefined) throw new ToolError('ARGUMENT_MISSING', `the tool needs \`${argument}\``);
  return value;
}
