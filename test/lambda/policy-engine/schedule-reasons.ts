import type { DesiredPolicy } from '../../../lib/contract/policy-set-document';
import type { Fault } from '../../doubles/control-plane/options';
import type { Disturbances } from './schedule-arbitraries';

/** What really happened to a deployment or deletion, beside what was asked for. */
export interface Happened {
  /** How often each fault was met. */
  readonly hits: ReadonlyMap<Fault, number>;
  readonly ticks: Disturbances['ticks'];
  readonly policies: readonly DesiredPolicy[];
  /** What somebody did to policies of the set, one after the other, by their names. */
  readonly tamperings: ReadonlyMap<string, readonly string[]>;
  /** Whether the engine holds policies that somebody added. */
  readonly holdsAdded: boolean;
  /** Whether the engine holds a policy whose signature somebody took away, in this deployment or before. */
  readonly holdsTakenOver: boolean;
  /** Whether a policy of another team has a declared name. */
  readonly takesForeignName: boolean;
}

type Rule = (reason: string, happened: Happened) => boolean;

const wasHit =
  (...faults: readonly Fault[]): Rule =>
  (_, { hits }) =>
    faults.some((fault) => hits.has(fault));

/** What a reason may say, and when: only after something happened that explains it. */
const EXPLANATIONS: readonly { readonly text: RegExp; readonly when: Rule }[] = [
  {
    text: /input\.limit/,
    when: (reason, { policies }) =>
      policies.some(
        ({ statementParts, origin }) =>
          statementParts.join('').includes('input.limit') && reason.includes(`${origin.file}:3:1`),
      ),
  },
  { text: /internal failure of the validation/, when: wasHit('failure') },
  { text: /the service gave no reason/, when: wasHit('silent-failure') },
  { text: /quota exceeded/, when: wasHit('quota') },
  { text: /still CREATING after \d+ s/, when: wasHit('stuck', 'slow') },
  { text: /locks could not be (removed|moved)/, when: wasHit('failure', 'silent-failure', 'quota', 'stuck', 'slow') },
  { text: /the process was killed/, when: (_, { ticks }) => ticks.some(({ deathIsFinal }) => deathIsFinal === true) },
  { text: /theirs.*did not make/, when: (_, { takesForeignName }) => takesForeignName },
  {
    // What is not the set's of before, and is not signed, is somebody else's: for the next tick too.
    text: /that this resource did not make/,
    when: (_, { tamperings, holdsTakenOver }) =>
      holdsTakenOver || [...tamperings.values()].some((kinds) => kinds.includes('relabel')),
  },
  {
    // Two write the same policies against each other: two ticks, of which one may be on the way back, or somebody else.
    text: /changes the policy at the same time/,
    when: (_, { ticks, tamperings }) =>
      ticks.some(({ twice }) => twice === true) || [...tamperings.values()].some((kinds) => kinds.length >= 3),
  },
  {
    text: /still holds policies that this stack did not make/,
    when: (_, { holdsAdded, holdsTakenOver }) => holdsAdded || holdsTakenOver,
  },
  {
    text: /still holds policies of this stack whose removal failed/,
    when: wasHit('failure', 'silent-failure', 'quota'),
  },
];

/** Whether a reason is true: something that happened explains it. */
export function isExplained(reason: string, happened: Happened): boolean {
  return EXPLANATIONS.some(({ text, when }) => text.test(reason) && when(reason, happened));
}
