import { makeAtFirstUse } from './make-at-first-use';

export interface GuardrailRequest {
  readonly id: string;
  readonly version: string;
  readonly source: 'INPUT' | 'OUTPUT';
  readonly texts: readonly string[];
}

export interface GuardrailVerdict {
  readonly action: 'none' | 'masked' | 'blocked';
  /** Masked texts, in the order of the given ones. */
  readonly texts: readonly string[];
}

/** What Bedrock answers, as far as it is read. */
interface GuardrailOutput {
  readonly action?: string | undefined;
  readonly outputs?: readonly { readonly text?: string | undefined }[] | undefined;
  readonly assessments?: unknown;
}

const sdk = makeAtFirstUse(async () => {
  const loaded = await import('@aws-sdk/client-bedrock-runtime');
  return { ...loaded, client: new loaded.BedrockRuntimeClient({ maxAttempts: 2 }) };
});

/** Asks Bedrock Guardrails, one content block per text. The SDK loads with the first question. */
export async function applyGuardrail(request: GuardrailRequest, signal: AbortSignal): Promise<GuardrailVerdict> {
  const { client, ApplyGuardrailCommand } = await sdk();
  const command = new ApplyGuardrailCommand({
    guardrailIdentifier: request.id,
    guardrailVersion: request.version,
    source: request.source,
    content: request.texts.map((text) => ({ text: { text } })),
  });
  return verdictOf(await client.send(command, { abortSignal: signal }));
}

/**
 * The service says GUARDRAIL_INTERVENED for masking and blocking alike: only when every assessment that acted anonymized, it masked.
 * Source: Amazon Bedrock user guide, page guardrails-use-independent-api.
 */
export function verdictOf(output: GuardrailOutput): GuardrailVerdict {
  if (output.action === 'NONE') return { action: 'none', texts: [] };
  const actions = new Set(actionsIn(output.assessments));
  actions.delete('NONE');
  const onlyMasked = actions.size === 1 && actions.has('ANONYMIZED');
  if (!onlyMasked) return { action: 'blocked', texts: [] };
  return { action: 'masked', texts: (output.outputs ?? []).map(({ text }) => text ?? '') };
}

function actionsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'action' && typeof member === 'string' ? [member] : actionsIn(member),
  );
}
