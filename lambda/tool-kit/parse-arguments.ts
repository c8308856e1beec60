import type * as z from 'zod';
import { isJsonObject, type JsonObject } from '../../lib/contract/json';
import type { Tool } from './define-tool';
import type { ArgumentIssue } from './tool-result';

export type ParsedArguments =
  | { readonly ok: true; readonly input: unknown; readonly trusted: unknown }
  /** A trusted field is missing or malformed: nobody vouches for the call. */
  | { readonly ok: false; readonly reason: 'untrusted'; readonly fields: readonly string[] }
  | { readonly ok: false; readonly reason: 'invalid'; readonly issues: readonly ArgumentIssue[] };

/** Splits a call's arguments into those of the agent and those of the REQUEST interceptor, and checks both. */
export async function parseArguments(tool: Tool, event: unknown): Promise<ParsedArguments> {
  if (!isJsonObject(event)) {
    return { ok: false, reason: 'invalid', issues: [{ path: '', message: 'Invalid input: expected object' }] };
  }
  const trustedNames = new Set(Object.keys(tool.trusted?.shape ?? {}));
  const part = (trusted: boolean): JsonObject =>
    Object.fromEntries(Object.entries(event).filter(([name]) => trustedNames.has(name) === trusted));

  const trusted = tool.trusted ? await tool.trusted.safeParseAsync(part(true)) : { success: true as const, data: {} };
  if (!trusted.success) {
    return { ok: false, reason: 'untrusted', fields: trusted.error.issues.map((issue) => pathText(issue.path)) };
  }
  const input = await tool.input.safeParseAsync(await withNulls(tool.input, part(false)));
  if (!input.success) return { ok: false, reason: 'invalid', issues: input.error.issues.map(issueOf) };
  return { ok: true, input: input.data, trusted: trusted.data };
}

/**
 * The published schema knows no null: an argument that may be null is published as one that may be absent. So absence and null mean the
 * same on the wire, and each argument gets the one that its schema takes.
 */
async function withNulls(schema: z.ZodObject, args: JsonObject): Promise<JsonObject> {
  const result = { ...args };
  for (const [name, member] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
    const value = args[name];
    if (value !== undefined && value !== null) continue;
    const takesNull = await takes(member, null);
    if (takesNull === (await takes(member, undefined))) continue;
    if (takesNull) result[name] = null;
    else delete result[name];
  }
  return result;
}

async function takes(schema: z.ZodType, value: null | undefined): Promise<boolean> {
  return (await schema.safeParseAsync(value)).success;
}

function issueOf(issue: z.core.$ZodIssue): ArgumentIssue {
  return { path: pathText(issue.path), message: issue.message };
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? String(step) : `${text}.${String(step)}`;
  }, '');
}
