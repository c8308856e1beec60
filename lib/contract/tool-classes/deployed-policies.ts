import { createHash } from 'node:crypto';
import { quote } from '../cedar-string';
import { GATEWAY_ARN_MAX_LENGTH, LIMITS } from '../limits';
import type { DesiredPolicy } from '../policy-set-document';
import { joinToolName } from '../tool-name';
import { type ClassPlace, classPlaces, mayNameClass, scopeList } from './class-places';
import { classOfAction } from './names';

/** The tools of a target with their classes. */
export interface ClassifiedTarget {
  readonly name: string;
  readonly tools: readonly { readonly name: string; readonly classes?: readonly string[] }[];
}

/**
 * Policies as they are deployed: classes, which the service does not know, are written out as the tools that are in them. A policy whose tools
 * do not fit into one statement becomes several, which decide together as it would. Which tool is in which part depends on the names of tool
 * and target only, so that another tool changes the part that it falls in and no other. A policy whose action is a class without tools is
 * not deployed.
 */
export function deployedPolicies(
  policies: readonly DesiredPolicy[],
  targets: readonly ClassifiedTarget[],
): DesiredPolicy[] {
  const members = new Members(targets);
  return policies.flatMap((policy) => deployedParts(policy, members));
}

/** The id in the sources of a policy as it is deployed. */
export function sourceId({ id, partOf }: Pick<DesiredPolicy, 'id' | 'partOf'>): string {
  return partOf ?? id;
}

/** The part of a policy that is for a tool, by the policy's id in the sources. Undefined for a policy that is not deployed. */
export function deployedPart(deployed: readonly DesiredPolicy[], id: string, tool: string): DesiredPolicy | undefined {
  const [first, ...others] = deployed.filter((policy) => sourceId(policy) === id);
  if (others.length === 0) return first;
  const [target = ''] = tool.split('___', 1);
  const named = (name: string): DesiredPolicy | undefined =>
    [first, ...others].find((part) => part && scopeList(part.statementParts.join(''))?.includes(name));
  return named(tool) ?? named(target);
}

/** The tools of each class. */
class Members {
  private readonly byClass = new Map<string, string[]>();

  constructor(targets: readonly ClassifiedTarget[]) {
    for (const { name, tools } of targets)
      for (const tool of tools)
        for (const one of tool.classes ?? []) {
          const found = this.byClass.get(one);
          if (found) found.push(joinToolName(name, tool.name));
          else this.byClass.set(one, [joinToolName(name, tool.name)]);
        }
  }

  /** Classes give way to their tools. Sorted, so that the order of an app's code changes nothing. */
  of(actions: readonly string[]): string[] {
    const all = actions.flatMap((action) => {
      const name = classOfAction(action);
      return name === undefined ? [action] : (this.byClass.get(name) ?? []);
    });
    return [...new Set(all)].sort();
  }
}

function deployedParts(policy: DesiredPolicy, members: Members): DesiredPolicy[] {
  if (!policy.statementParts.some(mayNameClass)) return [policy];
  // Stands for the gateway's ARN, in a string of the statement, while places are found.
  let gateway = '\0';
  while (policy.statementParts.some((part) => part.includes(gateway))) gateway += '\0';
  const statement = policy.statementParts.join(gateway);
  const places = classPlaces(statement);
  const scope = places.find(({ isScope }) => isScope);
  const tools = scope === undefined ? [] : members.of(scope.actions);
  if (places.length === 0) return [policy];
  if (scope !== undefined && tools.length === 0) return [];
  const statementOf = (own: readonly string[]): string[] =>
    written(statement, places, ({ isScope, actions }) => (isScope ? own : members.of(actions))).split(gateway);
  const parts = scope === undefined ? [{ tools, path: '' }] : divided(tools, statementOf);
  return parts.map(({ tools: own, path }) => ({
    ...policy,
    ...(path !== '' && { id: `${policy.id} (part ${path})`, name: partName(policy.name, path), partOf: policy.id }),
    statementParts: statementOf(own),
  }));
}

/** A statement with lists of tools in place of classes. */
function written(
  statement: string,
  places: readonly ClassPlace[],
  toolsOf: (place: ClassPlace) => readonly string[],
): string {
  return places.reduceRight((text, place) => {
    const tools = toolsOf(place);
    const list = `[${tools.map((name) => `AgentCore::Action::${quote(name)}`).join(', ')}]`;
    // The service's validator takes no empty list, and nothing is in one.
    const isEmpty = tools.length === 0 && place.test !== undefined;
    return text.slice(0, isEmpty ? place.test : place.start) + (isEmpty ? 'false' : list) + text.slice(place.end);
  }, statement);
}

/** Some of a policy's tools. */
interface Part {
  readonly tools: readonly string[];
  /** Bits of the tools' hashes that all of them share. */
  readonly path: string;
}

/** Tools in as many parts as the limit of statements asks for. Each part is halved by itself, so that the others stay as they are. */
function divided(tools: readonly string[], statementOf: (tools: readonly string[]) => readonly string[]): Part[] {
  // Where not even one tool fits, nothing is gained; the length is a finding.
  const [longest = ''] = tools.toSorted((a, b) => b.length - a.length);
  if (!fits(statementOf([longest]))) return [{ tools, path: '' }];
  const halve = (part: Part): Part[] => {
    if (part.path.length === HASH_BITS || fits(statementOf(part.tools))) return [part];
    return ['0', '1'].flatMap((bit) => {
      const path = part.path + bit;
      const own = part.tools.filter((tool) => hashBits(tool).startsWith(path));
      return own.length === 0 ? [] : halve({ tools: own, path });
    });
  };
  return halve({ tools, path: '' });
}

function fits(parts: readonly string[]): boolean {
  const text = parts.join('x'.repeat(GATEWAY_ARN_MAX_LENGTH));
  return text.length <= LIMITS.statementMaxCharacters && Buffer.byteLength(text, 'utf8') <= LIMITS.statementMaxBytes;
}

const HASH_BITS = 32;

/** Bits of the target's hash, then bits of the tool's: the tools of a target stay together as long as they fit. */
function hashBits(action: string): string {
  const known = remembered.get(action);
  if (known !== undefined) return known;
  const [target = ''] = action.split('___', 1);
  const bits = [target, action].map((text) => {
    const hash = createHash('sha256').update(text).digest();
    return hash
      .readUInt16BE(0)
      .toString(2)
      .padStart(HASH_BITS / 2, '0');
  });
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(action, bits.join(''));
  return bits.join('');
}

/** The same tools are divided by every policy of every gateway of an app. */
const REMEMBERED = 10_000;
const remembered = new Map<string, string>();

/** The name of a part: that of the policy, whose hash stays at the end, shortened where the service takes no longer one. */
function partName(name: string, path: string): string {
  const at = name.lastIndexOf('_');
  const [start, hash] = [name.slice(0, at), name.slice(at)];
  // Paths are long only where one target has more tools than a statement can name.
  const part = `_p${path.length > 16 ? `${path.length}x${Number.parseInt(path, 2).toString(16)}` : path}`;
  return `${start.slice(0, LIMITS.policyNameMaxLength - hash.length - part.length)}${part}${hash}`;
}

const PART = /^(.*)_p(?:[01]{1,16}|\d+x[0-9a-f]+)(_[^_]*)$/;

/** Those of some names that a part, however its policy is divided, has its own name from. */
export function wholeNames(part: string, names: Iterable<string>): string[] {
  const [, start, hash] = PART.exec(part) ?? [];
  if (start === undefined || hash === undefined) return [];
  return [...names].filter((name) => name.startsWith(start) && name.endsWith(hash));
}
