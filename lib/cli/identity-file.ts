import * as z from 'zod';
import type { IdentityManifest } from '../contract/manifest';
import { GovernanceError } from '../diagnostics/governance-error';
import { parseJson } from './read-value';

const claim = z.union([
  z
    .string()
    .min(1)
    .transform((name) => ({ name, source: 'declared' as const, multiValued: false })),
  z.object({
    name: z.string().min(1),
    source: z.enum(['attribute', 'groups', 'client', 'standard', 'declared']).default('declared'),
    attribute: z.string().optional(),
    values: z.record(z.string(), z.json()).optional(),
    machineValues: z.record(z.string(), z.json()).optional(),
    multiValued: z.boolean().default(false),
  }),
]);

const identity = z.object({
  kind: z.enum(['cognito', 'existing-user-pool', 'oidc', 'iam', 'none']).default('oidc'),
  authorization: z.enum(['jwt', 'iam', 'none']).default('jwt'),
  allowedClients: z.array(z.json()).default([]),
  allowedAudiences: z.array(z.string()).default([]),
  allowedScopes: z.array(z.string()).default([]),
  customClaims: z.array(z.record(z.string(), z.json())).default([]),
  claims: z.array(claim).optional(),
  groups: z.array(z.string()).default([]),
  clients: z
    .array(
      z.object({
        name: z.string(),
        clientId: z.json(),
        flow: z.enum(['code', 'client-credentials']),
        scopes: z.array(z.string()).default([]),
      }),
    )
    .default([]),
});

const file = z.union([z.object({ identity }).transform((manifest) => manifest.identity), identity]);

/** What an identity provider puts into tokens: `{"claims": [...]}`, the `identity` of a manifest, or a whole manifest. */
export function readIdentity(path: string, text: string): IdentityManifest {
  const parsed = file.safeParse(parseJson(text, path));
  if (parsed.success) return parsed.data as IdentityManifest;
  const [issue] = parsed.error.issues;
  const at = issue?.path.join('.') ?? '';
  const problem = `${at === '' ? '' : `\`${at}\`: `}${issue?.message.toLowerCase() ?? 'it is empty'}`;
  throw GovernanceError.of('COMMAND_IDENTITY_INVALID', { path, problem });
}
