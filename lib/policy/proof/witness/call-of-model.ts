import type { CedarAttributes, CedarType } from '../../../contract/arguments/cedar-type';
import { type Claims, claimToTag, OAUTH_USER, type Principal, principalFromClaims } from '../../../contract/claims';
import type { JsonObject, JsonValue } from '../../../contract/json';
import type { Model } from '../decide/theory';
import { presenceAt, variableAt } from '../encode/argument-values';
import type { CallSpace } from '../encode/call-space';
import { NOON } from '../encode/call-variables';
import { elementsOfModel } from './elements-of-model';
import { decimalOfUnits, durationOfMilliseconds } from './number-text';
import type { Witness } from './witness';

/** Id of a caller about whom nothing is asked. */
export const ANYBODY = 'caller';

/** A call in which every variable has its value; variables without one are absent, empty or zero. */
export function callOfModel(model: Model, calls: CallSpace, spaced: boolean): Witness {
  const { tool } = calls.kind;
  const input = new Arguments(model, calls).record(['input'], tool.input.attributes);
  const now = new Date(Number((model.get('now') as bigint | undefined) ?? NOON));
  const { claims, principal } = callerOfModel(model, calls, spaced);
  return { ...(claims === undefined ? {} : { claims }), call: { principal, tool: tool.action, input, now } };
}

function callerOfModel(model: Model, calls: CallSpace, spaced: boolean): { claims?: Claims; principal: Principal } {
  const { principalType: type, subTag } = calls.kind;
  const id = (model.get('principal.id') as string | undefined) || ANYBODY;
  if (type !== OAUTH_USER)
    return { principal: { type, id: calls.principal.attributes.size === 0 ? '' : id, tags: {} } };
  const claims: [string, JsonValue][] = [['sub', id]];
  for (const [name, value] of model) {
    if (!name.startsWith('claim?') || value !== true) continue;
    const claim = name.slice('claim?'.length);
    claims.push([claim, claimValue(claim, model, calls, spaced)]);
  }
  const all = Object.fromEntries(claims);
  return { claims: all, principal: principalFromClaims(all, { subTag: subTag === true, spacedArrays: spaced }) };
}

function claimValue(claim: string, model: Model, calls: CallSpace, spaced: boolean): JsonValue {
  const name = `claim:${claim}`;
  const language = calls.variables(spaced).texts.get(name);
  const fallback =
    language?.kind === 'json-array' ? '[]' : language?.kind === 'listed' ? (language.values[0] ?? '') : '';
  const text = (model.get(name) as string | undefined) ?? fallback;
  const declared = calls.kind.claims?.find((one) => one.name === claim);
  if (declared?.multiValued === true) return JSON.parse(text) as JsonValue;
  const values = [...Object.values(declared?.values ?? {}), ...Object.values(declared?.machineValues ?? {})];
  return values.find((value) => claimToTag(value) === text) ?? text;
}

class Arguments {
  constructor(
    private readonly model: Model,
    private readonly calls: CallSpace,
  ) {}

  record(path: readonly string[], attributes: CedarAttributes): JsonObject {
    const members: [string, JsonValue][] = [];
    for (const [name, { type, required }] of attributes) {
      const at = [...path, name];
      if (required || this.model.get(presenceAt(at)) === true) members.push([name, this.value(at, type)]);
    }
    return Object.fromEntries(members);
  }

  private value(path: readonly string[], type: CedarType): JsonValue {
    const name = variableAt(path);
    const text = this.model.get(name) as string | undefined;
    const number = this.model.get(name) as bigint | undefined;
    switch (type.kind) {
      case 'string':
        return text ?? '';
      case 'bool':
        return this.model.get(name) === true;
      case 'long':
        return Number(number ?? 0n);
      case 'decimal':
        return Number(decimalOfUnits(number ?? 0n));
      case 'decimal-string':
        return decimalOfUnits(number ?? 0n);
      case 'datetime':
        return new Date(Number(number ?? NOON)).toISOString();
      case 'duration':
        return durationOfMilliseconds(number ?? 0n);
      case 'ipaddr':
        return '192.0.2.1';
      case 'enum':
        return text ?? type.values[0] ?? '';
      case 'record':
        return this.record(path, type.attributes);
      case 'set':
        return elementsOfModel(name, type.element, this.model, this.calls);
      case 'tuple':
        return type.items.map((item, index) => this.value([...path, `proj${index}`], item));
      case 'choice':
        return this.choice(path, type.choices);
      case 'tagged':
        return this.tagged(path, type);
      case 'unknown':
        return 0;
      case 'null':
        return null;
    }
  }

  /** The choice that the model names, else the first one that has a value. */
  private choice(path: readonly string[], choices: readonly CedarType[]): JsonValue {
    const chosen = choices.findIndex(
      (_, index) => this.model.get(presenceAt([...path, `typeChoice${index}`])) === true,
    );
    const index = chosen >= 0 ? chosen : choices.findIndex(({ kind }) => kind !== 'null');
    const type = choices[index];
    return type === undefined ? null : this.value([...path, `typeChoice${index}`], type);
  }

  private tagged(path: readonly string[], type: CedarType & { readonly kind: 'tagged' }): JsonObject {
    const tags: [string, JsonValue][] = [];
    for (const [name, value] of this.model) {
      if (value !== true || !name.startsWith('[') || !name.endsWith('?')) continue;
      const at = JSON.parse(name.slice(0, -1)) as string[];
      const member = at[path.length];
      if (member === undefined || at.length !== path.length + 1 || type.attributes.has(member)) continue;
      if (path.every((part, index) => at[index] === part)) tags.push([member, this.value(at, type.tags)]);
    }
    return { ...this.record(path, type.attributes), ...Object.fromEntries(tags) };
  }
}
