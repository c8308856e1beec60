import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FunctionManifest } from '../../contract/manifest';
import { INTERCEPTOR_CONFIG_FILE } from '../../contract/steps/interceptor-config';
import { GovernanceError } from '../../diagnostics/governance-error';
import { missingPackage } from '../../diagnostics/load-package';

/** Packages that bundles leave out because Lambda has them. */
const LEFT_OUT =
  /\b(?:require|import)\(\s*["'](@(?:aws-sdk|smithy)\/[a-z0-9-]+)["']|\bfrom\s*["'](@(?:aws-sdk|smithy)\/[a-z0-9-]+)["']/g;

/**
 * Packages that steps of the interceptors load at their first call, and what of the configuration makes them. A chain of a team's own
 * holds every step, configured or not.
 */
const BY_CONFIGURATION: { readonly [name: string]: RegExp } = {
  '@aws-sdk/client-dynamodb': /"kind":"lookup"/,
  '@aws-sdk/client-secrets-manager': /"kind":"proof"|"keyVariable"/,
  '@aws-sdk/client-sts': /"step":"token-exchange"/,
  '@aws-sdk/client-firehose': /"streamVariable"/,
  '@aws-sdk/client-bedrock-runtime': /"step":"guardrail"/,
};

/** What the trigger loads only to learn the names of clients, for which an emulated pool does not ask. */
const NOT_HERE = new Set(['@aws-sdk/client-ssm']);

/**
 * Checks that everything is installed that functions leave out of their bundles, so that none of them fails at its first call.
 *
 * @param modules `node_modules` folders in which functions look
 * @throws GovernanceError `PACKAGE_MISSING` for each package, with the command that installs it
 */
export function checkPackages(
  functions: readonly (readonly [name: string, FunctionManifest])[],
  directory: string,
  modules: readonly string[],
): void {
  const users = new Map<string, string>();
  for (const [name, { asset, runtime }] of functions) {
    if (runtime !== undefined) continue;
    for (const wanted of packagesOf(resolve(directory, asset))) {
      if (name === 'pre-token-generation' && NOT_HERE.has(wanted)) continue;
      if (!users.has(wanted) && !modules.some((folder) => existsSync(join(folder, wanted)))) users.set(wanted, name);
    }
  }
  const findings = [...users].map(([name, user]) => missingPackage({ name, use: `the function \`${user}\`` }));
  if (findings.length > 0) throw new GovernanceError(findings);
}

function packagesOf(bundle: string): string[] {
  if (!existsSync(bundle)) return [];
  const files = readdirSync(bundle).filter((file) => /\.[cm]?js$/.test(file));
  const texts = files.map((file) => readFileSync(join(bundle, file), 'utf8'));
  const found = texts.flatMap((text) =>
    [...text.matchAll(LEFT_OUT)].flatMap(([, called, from]) => called ?? from ?? []),
  );
  const config = join(bundle, INTERCEPTOR_CONFIG_FILE);
  const configured = existsSync(config) ? readFileSync(config, 'utf8') : undefined;
  return [...new Set(found)].filter(
    (name) => configured === undefined || (BY_CONFIGURATION[name]?.test(configured) ?? true),
  );
}
