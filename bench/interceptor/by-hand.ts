import { createHash } from 'node:crypto';
import type { JsonObject } from '../../lib/contract/json';

/** The parts of an event that the other candidates read. */
export interface BenchEvent {
  readonly mcp: {
    readonly gatewayRequest: {
      readonly headers: { readonly [name: string]: string };
      readonly body: {
        readonly id: number;
        readonly params: { readonly name: string; readonly arguments: JsonObject };
      };
    };
  };
}

/** Claims of the bearer token, as a team would read them by hand. */
function claimsOf(event: BenchEvent): JsonObject {
  const [, payload = ''] = (event.mcp.gatewayRequest.headers['authorization'] ?? '').split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as JsonObject;
}

/** Arguments with the trusted field, within their bounds. */
export function trustedArguments(event: BenchEvent, declared: ReadonlySet<string>): JsonObject {
  const { name: tool, arguments: sent } = event.mcp.gatewayRequest.body.params;
  if (Object.hasOwn(sent, 'geography')) {
    process.stdout.write(`${JSON.stringify({ level: 'WARN', message: 'client sent a trusted field', tool })}\n`);
  }
  const args: JsonObject = { ...sent, geography: claimsOf(event)['region'] ?? '' };
  if (Object.keys(args).some((name) => !declared.has(name))) throw new Error('undeclared argument');
  if (Buffer.byteLength(JSON.stringify(args)) > 20_000 || depthOf(args) > 8) throw new Error('too large');
  return args;
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

/** What the audit line says. */
export function auditLine(event: BenchEvent, args: JsonObject): JsonObject {
  const { name } = event.mcp.gatewayRequest.body.params;
  const { sub = null, region = null } = claimsOf(event);
  return { sub, region, tool: name, arguments: createHash('sha256').update(JSON.stringify(args)).digest('hex') };
}

/** The answer that lets the call go on. */
export function goOn(event: BenchEvent, args: JsonObject): JsonObject {
  const { body } = event.mcp.gatewayRequest;
  const changed = { ...body, params: { ...body.params, arguments: args } };
  return { interceptorOutputVersion: '1.0', mcp: { transformedGatewayRequest: { body: changed } } };
}
