import { createHash } from 'node:crypto';
import { pages, type Send } from '../contract/drift/read-deployed';
import { textMember } from '../contract/drift/text-member';
import type { JsonObject } from '../contract/json';
import { GovernanceError } from '../diagnostics/governance-error';
import { unlessMissing } from './unless-missing';

/** A request for policies in words. */
export interface GenerationRequest {
  readonly policyEngineId: string;
  /** The gateway whose tools the sentence is about. */
  readonly gatewayArn: string;
  /** 1 to 2,000 characters. */
  readonly sentence: string;
}

/** What the service made of a part of the sentence. */
export interface GeneratedPolicy {
  /** The part, as it stands in the sentence. */
  readonly fragment: string;
  /** Bound to the gateway. Undefined where the service could not translate the part. */
  readonly statement?: string;
  readonly findings: readonly ServiceFinding[];
}

/** A finding in the words of the service, such as `ALLOW_ALL`. */
export interface ServiceFinding {
  readonly type: string;
  readonly description: string;
}

/** Time as the generation sees it, in milliseconds, and who is told of it. */
export interface GenerationWaiting {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Called before every wait, with the time that has passed. */
  readonly onWait: (passed: number) => void;
}

/** Characters that the service takes. Source: API model, shape NaturalLanguage. */
const SENTENCE_MAX = 2_000;

/** A generation takes about 15 s. */
const PATIENCE = 180_000;

/** Waits are a quarter of what has passed, within these bounds. */
const SHORTEST_WAIT = 250;
const LONGEST_WAIT = 3_000;

/** How long a generation that was started may not be found: reads are older than writes. */
const LAG = 30_000;

/**
 * Has the service make policies of a sentence. It changes nothing: what it makes stays with the service, and expires after 7 days.
 *
 * @throws GovernanceError `GENERATION_SENTENCE`, `GENERATION_FAILED`, `GENERATION_OPEN`, `GENERATION_GONE`
 */
export async function generatePolicies(
  send: Send,
  request: GenerationRequest,
  waiting: GenerationWaiting,
): Promise<GeneratedPolicy[]> {
  const { policyEngineId, gatewayArn, sentence } = request;
  if (sentence.trim() === '' || sentence.length > SENTENCE_MAX) {
    const length = sentence.trim() === '' ? 0 : sentence.length;
    throw GovernanceError.of('GENERATION_SENTENCE', { length, max: SENTENCE_MAX });
  }
  const start = waiting.now();
  const name = `generate_${start.toString(36)}`;
  const input: JsonObject = {
    policyEngineId,
    name,
    resource: { arn: gatewayArn },
    content: { rawText: sentence },
    // A repeated request finds what the first one started.
    clientToken: createHash('sha256').update(`${name}\n${gatewayArn}\n${sentence}`).digest('hex'),
  };
  const started = (await unlessMissing(send('StartPolicyGeneration', input))) as JsonObject | undefined;
  if (started === undefined) throw GovernanceError.of('GENERATION_GONE', { id: policyEngineId });
  const generation = { policyEngineId, policyGenerationId: textMember(started, 'policyGenerationId') };
  await untilGenerated(send, generation, start, waiting);
  const assets = await pages(send, 'ListPolicyGenerationAssets', 'policyGenerationAssets', {
    ...generation,
    maxResults: 100,
  });
  return assets.map(generatedPolicy);
}

async function untilGenerated(
  send: Send,
  generation: JsonObject,
  start: number,
  { now, sleep, onWait }: GenerationWaiting,
): Promise<void> {
  const id = textMember(generation, 'policyGenerationId');
  for (;;) {
    const found = (await unlessMissing(send('GetPolicyGeneration', generation))) as JsonObject | undefined;
    const passed = now() - start;
    if (found === undefined && passed >= LAG) throw GovernanceError.of('GENERATION_GONE', { id });
    if (found?.['status'] === 'GENERATED') return;
    if (found !== undefined && found['status'] !== 'GENERATING') {
      const { statusReasons: reasons = [] } = found as { readonly statusReasons?: readonly string[] };
      throw GovernanceError.of('GENERATION_FAILED', { reasons });
    }
    if (passed >= PATIENCE) throw GovernanceError.of('GENERATION_OPEN', { id, seconds: PATIENCE / 1_000 });
    onWait(passed);
    await sleep(Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, passed / 4)));
  }
}

/** The statement stands under `policy` on a live engine; the model has it under `cedar` too. */
function generatedPolicy(asset: JsonObject): GeneratedPolicy {
  const definition = (asset['definition'] ?? {}) as { readonly [kind: string]: { readonly statement?: string } };
  const statement = (definition['policy'] ?? definition['cedar'])?.statement;
  const findings = (asset['findings'] ?? []) as readonly JsonObject[];
  return {
    fragment: textMember(asset, 'rawTextFragment'),
    ...(statement === undefined ? {} : { statement }),
    findings: findings.map((finding) => ({
      type: textMember(finding, 'type'),
      description: textMember(finding, 'description'),
    })),
  };
}
