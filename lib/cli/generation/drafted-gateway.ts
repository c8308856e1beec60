import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { draftName, draftPolicy, type TranslatedPart } from '../../authoring/generation/draft-policy';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { GovernanceError } from '../../diagnostics/governance-error';
import { slashed } from '../../policy/assembly/source-hash';
import { plainUid } from '../../policy/cedar/expression';
import { parseStatement } from '../../policy/source/parsed-policy';
import { PolicyLoading } from '../../policy/source/policy-loading';
import type { GatewayInput } from '../gateway-input';
import { validateGateway } from '../validate-gateway';

/** A policy that is to be written. */
export interface Draft {
  readonly id: string;
  /** What it was made of. */
  readonly fragment: string;
  /** Path of its file, relative to the app's directory, and of the test file beside it. */
  readonly file: string;
  readonly testFile: string;
  readonly text: string;
}

/** A gateway as it would be with drafts among its policies. */
export interface DraftedGateway {
  readonly gateway: GatewayInput;
  readonly drafts: readonly Draft[];
  /** New findings about the policies. */
  readonly findings: readonly Diagnostic[];
}

/** @param folder where the drafts are to lie, relative to the app's directory */
export function draftedGateway(
  gateway: GatewayInput,
  parts: readonly TranslatedPart[],
  folder: string,
  gatewayArn: string,
): DraftedGateway {
  const loading = new PolicyLoading('draft');
  const ids = new Set(gateway.policies.map(({ id }) => id));
  const drafts = parts.map((part): Draft => {
    const name = draftName(part.fragment, (one) => isTaken(gateway, ids, folder, one));
    const file = slashed(join(folder, `${name}.cedar`));
    const draft = {
      id: idOf(gateway, folder, name),
      fragment: part.fragment,
      file,
      testFile: slashed(join(folder, `${name}.test.yaml`)),
      text: draftPolicy(part, gatewayArn),
    };
    ids.add(draft.id);
    loading.add({ file, text: draft.text, defaultId: draft.id, kind: 'policies' });
    return draft;
  });
  const drafted = {
    ...gateway,
    policies: [...gateway.policies, ...loading.policies],
    texts: new Map([...gateway.texts, ...loading.texts]),
  };
  const before = validateGateway(gateway);
  const strayed = drafts.flatMap(({ fragment, text }) => {
    const arn = gatewayWrittenOut(text);
    return arn === undefined ? [] : [diagnostic('GENERATION_OTHER_GATEWAY', { fragment, arn })];
  });
  const after = [...loading.diagnostics, ...strayed, ...validateGateway(drafted)];
  const isNew = (finding: Diagnostic): boolean => !before.some((one) => isDeepStrictEqual(one, finding));
  return { gateway: drafted, drafts, findings: after.filter(isNew) };
}

/** The gateway in the scope of a draft; this one is the slot there. */
function gatewayWrittenOut(text: string): string | undefined {
  const parsed = parseStatement(text);
  if (!parsed.ok || !('entity' in parsed.json.resource)) return undefined;
  return plainUid(parsed.json.resource.entity).id;
}

/** The folder for new policies: what the user names, else the first that the gateway's policies come from. Throws `GENERATION_FOLDER`. */
export function draftFolder({ sources, label }: GatewayInput, out: string | undefined, cwd: string): string {
  if (out !== undefined) return relative(sources.directory, resolve(cwd, out));
  const folder = sources.paths.find((path) => isFolder(resolve(sources.directory, path)));
  if (folder === undefined) throw GovernanceError.of('GENERATION_FOLDER', { path: label });
  return folder;
}

function isTaken(gateway: GatewayInput, ids: ReadonlySet<string>, folder: string, name: string): boolean {
  const path = resolve(gateway.sources.directory, folder, name);
  return ids.has(idOf(gateway, folder, name)) || existsSync(`${path}.cedar`) || existsSync(`${path}.test.yaml`);
}

/** The id that the app gives to a file: its path below the folder that the policies come from. */
function idOf({ sources }: GatewayInput, folder: string, name: string): string {
  const path = resolve(sources.directory, folder, name);
  const below = sources.paths.map((source) => relative(resolve(sources.directory, source), path));
  return slashed(below.find((one) => !one.startsWith('..')) ?? name);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
