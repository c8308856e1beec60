import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { principalFromClaims } from '../../lib/contract/claims';
import { LOCAL_GATEWAY_ARN } from '../../lib/contract/local-arn';
import type { DesiredPolicy } from '../../lib/contract/policy-set-document';
import { deployedPart, deployedPolicies, sourceId } from '../../lib/contract/tool-classes/deployed-policies';
import { renderMatrix } from '../../lib/policy/access/render-matrix';
import { authorize } from '../../lib/policy/decision/authorize';
import { explain } from '../../lib/policy/decision/explain';
import { listTools } from '../../lib/policy/decision/list-tools';
import { type PolicySet, preparePolicySet } from '../../lib/policy/decision/policy-set';
import type { CatalogTarget } from '../../lib/policy/schema/catalog-target';
import { type PolicyStatementProps, permit } from '../../lib/policy/statements/policy-statement';
import { ToolAction } from '../../lib/policy/statements/tool-action';
import { findingsOf, NOW, policiesOf } from './subject';

const CLASSES = ['read', 'write', 'destructive', 'pii'];
const action = (name: string) => `AgentCore::Action::"${name}"`;

/** Names that are long, so that few tools fill a statement. */
const LONG = 'x'.repeat(900);

const targets: fc.Arbitrary<CatalogTarget[]> = fc
  .array(fc.array(fc.subarray(CLASSES), { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 3 })
  .map((all) =>
    all.map((tools, index) => ({
      name: `target-${index}`,
      tools: tools.map((classes, at) => ({
        name: `${LONG}_${at}`,
        description: '',
        classes,
        inputSchema: { type: 'object', properties: { id: { type: 'string' } } },
      })),
    })),
  );

const actions = fc.oneof(
  fc.constantFrom(...CLASSES).map((name) => `action in ${action(`class:${name}`)}`),
  fc.subarray([...CLASSES.map((name) => `class:${name}`), 'target-0'], { minLength: 1 }).map((names) => {
    return `action in [${names.map(action).join(', ')}]`;
  }),
  fc.constant('action'),
);
const conditions = fc.constantFrom(
  '',
  'when { principal.hasTag("team") && principal.getTag("team") == "a" }',
  `unless { action in ${action('class:pii')} }`,
  `when { action in [${action('class:read')}, ${action('class:write')}] && principal.hasTag("team") }`,
);
const statement = fc
  .tuple(fc.constantFrom('permit', 'forbid'), actions, conditions)
  .map(([effect, on, when]) => `${effect}(principal is AgentCore::OAuthUser, ${on}, resource == ?resource) ${when};`);

function setOf(policies: readonly DesiredPolicy[], all: readonly CatalogTarget[]): PolicySet {
  return preparePolicySet({ policies, targets: all, mode: 'ENFORCE', gatewayArn: LOCAL_GATEWAY_ARN });
}

/** What the service knows: no classes. */
function withoutClasses(all: readonly CatalogTarget[]): CatalogTarget[] {
  return all.map((target) => ({ ...target, tools: target.tools.map((tool) => ({ ...tool, classes: [] })) }));
}

describe('policies on classes', () => {
  it('decide and list as what is deployed of them does, on a gateway that knows no classes', () => {
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 4 }), targets, (texts, all) => {
        const written = policiesOf(texts.join('\n'));
        const deployed = deployedPolicies(written, all);
        const [own, service] = [setOf(written, all), setOf(deployed, withoutClasses(all))];
        for (const team of [undefined, 'a']) {
          const principal = principalFromClaims({ sub: 'u', ...(team && { team }) });
          expect(listTools(own, principal, NOW)).toEqual(listTools(service, principal, NOW));
          for (const tool of [...own.schema.tools.keys()].slice(0, 3)) {
            const call = { principal, tool, input: {}, now: NOW };
            const [here, there] = [authorize(own, call), authorize(service, call)];
            expect(there.outcome).toBe(here.outcome);
            const parts = there.determining.map((id) => deployed.find((policy) => policy.id === id));
            expect(parts.flatMap((policy) => (policy ? sourceId(policy) : [])).toSorted()).toEqual(
              here.determining.toSorted(),
            );
            for (const id of here.determining) expect(parts).toContain(deployedPart(deployed, id, tool));
          }
        }
      }),
      { numRuns: 10 },
    );
  });

  it('are written in code, beside tools by name', () => {
    const tool = new ToolAction('orders', 'get');
    const scope = (props: PolicyStatementProps) => permit(props).toCedar().replace(/\s+/g, ' ');
    expect(scope({ classes: ['read'] })).toContain(`action in ${action('class:read')}, resource == ?resource`);
    expect(scope({ classes: ['read', 'pii'], actions: [tool] })).toContain(
      `action in [ ${action('class:read')}, ${action('class:pii')}, ${action('orders___get')} ]`,
    );
  });

  it('stand beside the tools in the matrix, where there are any', () => {
    const row = (classes: string[]) => ({ tool: 'orders___get', classes, cells: [] });
    expect(renderMatrix({ personas: [], tools: [row(['read', 'pii'])] })).toContain('| `orders___get` | read, pii |');
    expect(renderMatrix({ personas: [], tools: [row([])] })).toContain('| tool |\n');
  });

  it('hold for tools that come later, and are explained by what is written', () => {
    const written = policiesOf(
      `@id("no-destruction") forbid(principal, action in ${action('class:destructive')}, resource == ?resource);`,
    );
    const tool = { name: 'wipe', description: '', inputSchema: { type: 'object' }, classes: ['write', 'destructive'] };
    const set = setOf(written, [{ name: 'disks', tools: [tool] }]);
    const call = { principal: principalFromClaims({ sub: 'u' }), tool: 'disks___wipe', input: {}, now: NOW };
    expect(authorize(set, call).determining).toEqual(['no-destruction']);
    expect(explain(set, call).candidates.map(({ policy, outcome }) => [policy.id, outcome])).toEqual([
      ['no-destruction', 'matched'],
    ]);
  });

  it('are measured as they are deployed, and say nothing where no policy names a class', () => {
    const tools = Array.from({ length: 100 }, (_, index) => ({
      name: `${'x'.repeat(180)}_${index}`,
      description: '',
      classes: index === 0 ? [] : ['read'],
      inputSchema: { type: 'object' },
    }));
    const all = [{ name: 'wide', tools }];
    const codes = (text: string) => findingsOf(text, { targets: all }).map(({ code }) => code);
    const permit = (on: string) =>
      `permit(principal is AgentCore::OAuthUser, ${on}, resource == ?resource) when { principal.id == "a" };`;
    expect(codes(permit(`action in ${action('class:read')}`))).toEqual([
      'POLICY_TOOL_UNREACHABLE',
      'TOOL_WITHOUT_CLASS',
    ]);
    expect(codes(permit(`action in ${action('wide')}`))).toEqual([]);
    expect(codes(Array.from({ length: 11 }, () => permit(`action in ${action('class:read')}`)).join('\n'))).toContain(
      'POLICY_SET_LENGTH',
    );
  });
});
