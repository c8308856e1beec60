import type { Claims } from '../../../lib/contract/claims';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../lib/contract/json';
import type { RowScopeConfig } from '../../../lib/contract/steps/row-scope';
import { selectsCaller, selectsTool } from '../../../lib/contract/steps/selectors';
import type { StepFactory } from '../chain/configured-steps';
import { deny, proceed, type StepOutcome } from '../chain/outcome';
import type { Step, StepContext } from '../chain/step';
import { editMembers } from '../json/edit';
import { editPath } from '../json/edit-path';
import { errorWithoutData } from '../message/error-without-data';
import type { Result } from '../message/result';
import { editResult } from '../message/result-data';
import { isToolFailure } from '../message/tool-failure';

type Rule = RowScopeConfig['rules'][number];

/** Thrown inside of an edit when a result does not show whose rows it has. */
class NotScoped extends Error {}

/**
 * Filters rows of results to the caller's own. A row without owner is nobody's. A result in which the rows cannot be found, such as prose,
 * is withheld as a whole. Error messages of the tool are not, but for the data attached to them, nor are failures in the shape of the tool
 * kit.
 */
export function rowScope(config: RowScopeConfig): Step {
  function response({ kind, call, payload }: Result, { claims }: StepContext): StepOutcome {
    if (call.kind !== 'tools/call') return proceed();
    let scoped = payload;
    for (const rule of config.rules) {
      if (!selectsTool(rule.tools, call.tool.fullName)) continue;
      if (rule.exempt !== undefined && selectsCaller(rule.exempt, claims)) continue;
      if (kind === 'error') return proceed({ payload: errorWithoutData(payload) });
      if (kind !== 'result') continue;
      const owner = ownerOf(claims, rule);
      // Nobody has rows in an error, and why it is one may be said.
      if (owner === undefined && payload['isError'] !== true) return deny('context-unavailable');
      try {
        scoped = scopeResult(scoped, rule, owner);
      } catch (error) {
        if (error instanceof NotScoped) return deny('result-withheld');
        throw error;
      }
    }
    return proceed({ payload: scoped });
  }

  return { name: 'row-scope', response };
}

function ownerOf(claims: Claims | undefined, { claim }: Rule): string | undefined {
  const owner = claims !== undefined && Object.hasOwn(claims, claim) ? claims[claim] : undefined;
  return typeof owner === 'string' && owner !== '' ? owner : undefined;
}

function scopeResult(payload: JsonObject, rule: Rule, owner: string | undefined): JsonObject {
  const withhold = (): never => {
    throw new NotScoped();
  };
  const leaveOut = (): undefined => undefined;
  const data = (value: JsonValue): JsonValue => scopeData(value, rule, owner);
  const prose = payload['isError'] === true ? (text: string) => text : withhold;
  return editResult(payload, { data, prose, binary: withhold, beside: leaveOut });
}

function scopeData(value: JsonValue, rule: Rule, owner: string | undefined): JsonValue {
  let found = 0;
  let kept = 0;
  const own = (row: JsonValue): JsonValue | undefined => {
    const isOwn = isJsonObject(row) && Object.hasOwn(row, rule.ownerField) && row[rule.ownerField] === owner;
    if (isOwn) kept++;
    return isOwn ? row : undefined;
  };
  const scoped = editPath(value, rule.rows, (rows) => {
    if (rows === null) return rows;
    if (typeof rows !== 'object') throw new NotScoped();
    found++;
    return Array.isArray(rows) ? editMembers(rows, own) : own(rows);
  });
  if (scoped === undefined || (found === 0 && !isEmpty(value, rule))) {
    if (isToolFailure(value)) return value;
    throw new NotScoped();
  }
  return recount(scoped, rule.countFields, kept);
}

/** Rows that are null are no rows; any other result must have them. */
function isEmpty(value: JsonValue, rule: Rule): boolean {
  let nulls = 0;
  editPath(value, rule.rows, (rows) => {
    if (rows === null) nulls++;
    return rows;
  });
  return nulls > 0;
}

function recount(value: JsonValue, countFields: readonly string[], kept: number): JsonValue {
  if (!isJsonObject(value)) return value;
  return editMembers(value, (member, name = '') => (countFields.includes(name) ? kept : member));
}

/** The step of a configuration. */
export const make: StepFactory<'row-scope'> = (config) => rowScope(config);
