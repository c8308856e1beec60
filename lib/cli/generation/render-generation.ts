import { renderJson } from '../../diagnostics/render-json';
import { sentenceLine } from '../../policy/sentence/layout';
import { policySentence } from '../../policy/sentence/policy-sentence';
import type { GatewayDiff } from '../access-diff/gateway-diff';
import { diffJson } from '../access-diff/render-json';
import { diffText } from '../access-diff/render-text';
import type { Draft, DraftedGateway } from './drafted-gateway';

/** Files written from drafts, and what they change. */
export interface WrittenDrafts {
  readonly change: GatewayDiff;
  /** Paths, relative to the app's directory. */
  readonly written: readonly string[];
}

/** The drafts as they would have been written. */
export function draftTexts({ drafts }: DraftedGateway): string {
  return drafts.map(({ text }) => text).join('\n');
}

/** Each request beside what its policy says, and whose access changes. */
export function generationText(drafted: DraftedGateway, change: GatewayDiff): string {
  const pairs = drafted.drafts.map(
    (draft) => `you said:  ${request(draft)}\nit says:   ${sentence(drafted, draft) ?? ''}\n`,
  );
  return `${pairs.join('\n')}\n${diffText(change)}\n`;
}

/** The same for a program. */
export function generationJson(drafted: DraftedGateway, done: WrittenDrafts | undefined): object {
  return {
    policies: drafted.drafts.map((draft) => ({
      id: draft.id,
      request: request(draft),
      sentence: sentence(drafted, draft) ?? null,
      file: draft.file,
      text: draft.text,
    })),
    access: done === undefined ? null : diffJson(done.change),
    written: done?.written ?? [],
    diagnostics: renderJson(drafted.findings),
  };
}

function request({ fragment }: Draft): string {
  return fragment.replace(/\s+/gu, ' ').trim();
}

/** Undefined for a draft that is no policy. */
function sentence({ gateway }: DraftedGateway, { id }: Draft): string | undefined {
  const policy = gateway.policies.find((one) => one.id === id);
  return policy === undefined ? undefined : sentenceLine(policySentence(policy));
}
