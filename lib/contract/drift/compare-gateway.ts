import { GATEWAY_MEMBERS, TARGET_MEMBERS } from '../gateway-update';
import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import { joinToolName } from '../tool-name';
import { comparePolicies } from './compare-policies';
import { compareValues, type ValueDifference } from './compare-values';
import type { DeclaredGateway } from './declared-gateway';
import type { Difference, DriftSubject } from './difference';
import type { DeployedGateway } from './read-deployed';
import { textMember } from './text-member';

const RATE_LIMIT_MEMBERS = ['dimensionKeys', 'entries', 'description'] as const;

/** Everything that is not as declared. Locks are no difference, see `deployedLocks`. */
export function compareGateway(declared: DeclaredGateway, deployed: DeployedGateway): Difference[] {
  const { gateway } = deployed;
  const name = textMember(gateway, 'name');
  const webAcl =
    declared.webAclArn === undefined ? [] : compareValues(declared.webAclArn, gateway['webAclArn'], ['webAclArn']);
  return [
    ...unsettled('gateway', name, gateway),
    ...[...compareMembers(GATEWAY_MEMBERS, declared.gateway, gateway), ...webAcl].map(at('gateway', name)),
    ...compareInterceptors(declared.gateway, gateway),
    ...comparePolicies(declared, deployed.policies),
    ...compareTargets(declared.targets, deployed.targets),
    ...compareRateLimits(declared.rateLimits, deployed.rateLimits),
  ];
}

/** Differences of the interceptors, by where they stand. */
export function compareInterceptors(declared: JsonObject, deployed: JsonObject): Difference[] {
  const found = byPoint(deployed['interceptorConfigurations']);
  return compareValues(byPoint(declared['interceptorConfigurations']), found).map(({ path, ...rest }) => {
    const [name = '', ...member] = path;
    return { ...rest, subject: 'interceptor' as const, name, ...memberOf(member) };
  });
}

/** Interceptors by where they stand, since their order says nothing. */
function byPoint(configurations: JsonValue | undefined): JsonObject {
  const found = Array.isArray(configurations) ? configurations.filter(isJsonObject) : [];
  return Object.fromEntries(
    found.map(({ interceptionPoints, ...rest }) => {
      const points = Array.isArray(interceptionPoints)
        ? interceptionPoints.filter((point) => typeof point === 'string').toSorted()
        : [];
      return [points.join('+') || 'none', rest] as const;
    }),
  );
}

function compareTargets(declared: readonly JsonObject[], deployed: readonly JsonObject[]): Difference[] {
  const found = new Map(deployed.map((target) => [textMember(target, 'name'), target]));
  const names = new Set(declared.map((target) => textMember(target, 'name')));
  return [
    ...declared.flatMap((target): Difference[] => {
      const name = textMember(target, 'name');
      const there = found.get(name);
      if (there === undefined) return [{ kind: 'missing', subject: 'target', name }];
      const differences = compareMembers(TARGET_MEMBERS, target, there).map(at('target', name));
      return [...unsettled('target', name, there), ...differences.map(ofTool)];
    }),
    ...[...found.keys()]
      .filter((name) => !names.has(name))
      .map((name): Difference => ({ kind: 'undeclared', subject: 'target', name })),
  ];
}

/** A difference below a tool of a target is one of that tool. */
function ofTool(difference: Difference): Difference {
  const { name, member = '', ...rest } = difference;
  const [, tool, rest_] = /\.inlinePayload\.([^.]+)(?:\.(.*))?$/.exec(member) ?? [];
  if (tool === undefined) return difference;
  return { ...rest, subject: 'tool', name: joinToolName(name, tool), ...(rest_ !== undefined && { member: rest_ }) };
}

function compareRateLimits(declared: readonly JsonObject[], deployed: readonly JsonObject[]): Difference[] {
  const key = (limit: JsonObject): string => textMember(limit, 'rateLimitId') || JSON.stringify(limit['dimensionKeys']);
  return declared.flatMap((limit): Difference[] => {
    const name = key(limit);
    const there = deployed.find(
      (one) => textMember(one, 'rateLimitId') === name || JSON.stringify(one['dimensionKeys']) === name,
    );
    if (there === undefined) return [{ kind: 'missing', subject: 'rate limit', name }];
    return compareMembers(RATE_LIMIT_MEMBERS, limit, there).map(at('rate limit', name));
  });
}

function unsettled(subject: DriftSubject, name: string, { status }: JsonObject): Difference[] {
  return status === 'READY' ? [] : [{ kind: 'unsettled', subject, name, deployed: status ?? null }];
}

function compareMembers(members: readonly string[], declared: JsonObject, deployed: JsonObject): ValueDifference[] {
  return members.flatMap((member) => compareValues(declared[member], deployed[member], [member]));
}

function at(subject: DriftSubject, name: string): (difference: ValueDifference) => Difference {
  return ({ path, ...rest }) => ({ ...rest, subject, name, ...memberOf(path) });
}

function memberOf(path: readonly string[]): Pick<Difference, 'member'> {
  return path.length === 0 ? {} : { member: path.join('.') };
}
