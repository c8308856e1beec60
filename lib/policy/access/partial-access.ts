import { namesOfPointer } from '../../contract/decision-record/pointer';
import type { TrustedValue } from '../../contract/trusted-value';
import { ask, CedarFailure, type CedarRequest, messages, type PolicyJson } from '../cedar/cedar';
import { requestOfUnknownInput } from '../decision/cedar-request';
import type { PolicySet } from '../decision/policy-set';
import { readsOfTool } from '../decision/projection';
import type { ToolSchema } from '../schema/schema-json';
import type { Persona } from '../testing/file/test-file';
import type { GatewayUnderTest } from '../testing/run/gateway-under-test';
import { DEFAULT_NOW } from '../testing/run/offline-backend';
import { claimsOf, principalOf } from '../testing/run/persona-claims';
import { intercept } from '../testing/run/trusted-values';
import type { Access } from './access';
import { type KnownInput, withKnownInput } from './known-input';

/** Optional arguments that are tried present and absent; more would take too many combinations. */
const TRIED_OPTIONALS = 6;

/** Whether a persona may use a tool, by Cedar's partial evaluation of the policies at the default time. */
export function partialAccess(gateway: GatewayUnderTest, set: PolicySet, tool: ToolSchema, persona: Persona): Access {
  const candidates = set.candidates(tool).filter(({ policy }) => policy.enforcementMode === 'ACTIVE');
  const request = requestOfUnknownInput(set, tool, principalOf(persona, gateway.identity), DEFAULT_NOW);
  const answers = inputsOf(gateway, set, tool, persona).map((input) => {
    const policies = candidates.map(({ policy, json }) => [
      policy.id,
      input === undefined ? json : withKnownInput(json, input),
    ]);
    return decide(Object.fromEntries(policies), request);
  });
  if (answers.every((answer) => answer === 'never')) return 'never';
  return answers.every((answer) => answer === 'always') ? 'always' : 'sometimes';
}

/**
 * The inputs to ask about: one that is unknown as a whole, or, where the interceptor fills fields, those fields with every
 * other argument unknown, in each combination of present and absent ones that a policy reads. None when the interceptor denies every call.
 */
function inputsOf(
  gateway: GatewayUnderTest,
  set: PolicySet,
  tool: ToolSchema,
  persona: Persona,
): (KnownInput | undefined)[] {
  const claims = persona.iam !== undefined || persona.anonymous ? {} : claimsOf(persona, gateway.identity);
  const catalogued = gateway.targets
    .find(({ name }) => name === tool.target)
    ?.tools.find(({ name }) => name === tool.tool);
  const about = { name: tool.action, inputSchema: catalogued?.inputSchema };
  const filled = intercept(gateway.trusted, about, {}, persona.trusted, { claims, now: DEFAULT_NOW });
  if ('denied' in filled) return [];
  const trusted = Object.entries(filled.arguments) as [string, TrustedValue][];
  if (trusted.length === 0) return [undefined];
  const others = [...tool.input.attributes].filter(([name]) => !Object.hasOwn(filled.arguments, name));
  const isRead = argumentsRead(set, tool);
  const optional = others.filter(([name, { required }]) => !required && isRead(name)).map(([name]) => name);
  if (optional.length > TRIED_OPTIONALS) return [undefined];
  const required = others.filter(([, attribute]) => attribute.required).map(([name]) => name);
  return subsets(optional).map((present) => {
    const unknown = [...required, ...present].map((name) => [name, undefined] as const);
    return new Map<string, TrustedValue | undefined>([...trusted, ...unknown]);
  });
}

/** Whether a policy reads an argument, or whether it is there. */
function argumentsRead(set: PolicySet, tool: ToolSchema): (name: string) => boolean {
  const { arguments: values, testedArguments } = readsOfTool(set, tool);
  const pointers = [...values, ...testedArguments];
  const names = new Set(pointers.map((pointer) => namesOfPointer(pointer)[0]));
  return (name) => pointers.includes('') || names.has(name);
}

function subsets(names: readonly string[]): string[][] {
  const [first, ...others] = names;
  if (first === undefined) return [[]];
  return subsets(others).flatMap((set) => [set, [first, ...set]]);
}

function decide(policies: { readonly [id: string]: PolicyJson }, request: CedarRequest): Access {
  if (Object.keys(policies).length === 0) return 'never';
  const asked = { ...request, validateRequest: false, policies: { staticPolicies: { ...policies } } };
  const answer = ask((cedar) => cedar.isAuthorizedPartial(asked));
  if (answer.type === 'failure') throw new CedarFailure(messages(answer.errors));
  // A policy that errs whatever the input is fails every call.
  if (answer.response.decision === 'deny' || answer.response.errored.length > 0) return 'never';
  return answer.response.decision === 'allow' ? 'always' : 'sometimes';
}
