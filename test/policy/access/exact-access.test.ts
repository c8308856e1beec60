import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOCAL_GATEWAY_ARN } from '../../../lib/contract/local-arn';
import { type AccessMatrix, accessMatrix } from '../../../lib/policy/access/access-matrix';
import { ExactAccess } from '../../../lib/policy/access/exact-access';
import { renderMatrix } from '../../../lib/policy/access/render-matrix';
import { authorize } from '../../../lib/policy/decision/authorize';
import { policySetUnderTest } from '../../../lib/policy/testing/run/offline-backend';
import { principalOf } from '../../../lib/policy/testing/run/persona-claims';
import { runs } from '../../runs';
import { call, claims, DEPLOY, policyText, TARGETS } from '../proof/random-policies';
import { policiesOf } from '../subject';
import { bank, type FixtureOptions, GEOGRAPHY, permit, tests } from '../testing/fixture';

function matrixOf(policies: string, personas: string, options?: FixtureOptions): AccessMatrix {
  const gateway = bank(policies, options);
  const files = [tests(`personas: ${personas}\ntests: []`)];
  return accessMatrix(gateway, policySetUnderTest(gateway), files, { exact: true });
}

/** The cell of a tool and the only persona. */
function cell(policies: string, tool: string, personas = '{ ann: {} }', options?: FixtureOptions) {
  return matrixOf(policies, personas, options).tools.find((row) => row.tool === `Bank___${tool}`)?.cells[0];
}

describe('exact access', () => {
  it('says on which arguments a decision depends, with two calls that differ in one', () => {
    const condition = 'context.input.amount.lessThan(decimal("5.0")) && context.input has urgent';
    expect(cell(permit('transfer', ` when { ${condition} }`), 'transfer')).toMatchObject({
      access: 'sometimes',
      dependsOn: [
        { on: 'amount', examples: [{ outcome: 'ALLOW' }, { outcome: 'DENY' }] },
        {
          on: 'urgent',
          examples: [
            { value: false, outcome: 'ALLOW' },
            { value: undefined, outcome: 'DENY' },
          ],
        },
      ],
    });
  });

  it('sees through what only looks like a condition', () => {
    const always = '!(context.input.amount.lessThan(decimal("5.0"))) || context.input.amount.lessThan(decimal("6.0"))';
    expect(cell(permit('transfer', ` when { ${always} }`), 'transfer')?.access).toBe('always');
    const never = 'context.input["account-id"] like "a*" && context.input["account-id"] like "b*"';
    expect(cell(permit('transfer', ` when { ${never} }`), 'transfer')?.access).toBe('never');
  });

  it('knows the persona: an argument that has to be the caller is one that decides', () => {
    const own = permit('transfer', ' when { context.input["account-id"] == principal.id }');
    expect(cell(own, 'transfer')?.dependsOn?.map(({ on }) => on)).toEqual(['account-id']);
    const role = permit('close_account', ' when { principal.hasTag("role") && principal.getTag("role") == "admin" }');
    expect(cell(role, 'close_account', '{ ann: { claims: { role: admin } } }')?.access).toBe('always');
    expect(cell(role, 'close_account', '{ ann: { claims: { role: [admin] } } }')?.access).toBe('never');
  });

  it('knows what the interceptor fills in', () => {
    const policies = permit('transfer', ' when { context.input has geography && context.input.geography == "EU" }');
    const matrix = matrixOf(policies, '{ ann: {}, bob: {}, eve: {} }', { trusted: [GEOGRAPHY] });
    expect(matrix.tools[0]?.cells.map(({ access }) => access)).toEqual(['always', 'never', 'never']);
  });

  it('counts the time as an argument, and shows it', () => {
    const matrix = matrixOf(
      permit('close_account', ' when { context.system.now < datetime("2030-01-01") }'),
      '{ ann: {} }',
    );
    const text = renderMatrix(matrix);
    expect(text).toContain('| `Bank___close_account` | depends on the time (0) |');
    expect(text).toContain('`depends on x`: changing `x` alone can change the decision');
  });

  it('says where it does not know', () => {
    const opaque = permit(
      'read_statement',
      ' when { context.input has month && context.input.month * context.input.month < 50 }',
    );
    expect(cell(opaque, 'read_statement')).toMatchObject({ access: 'sometimes', dependsOn: [{ on: 'month' }] });
  });

  it('agrees with calls: none contradicts a cell, and an argument that is not named never decides', () => {
    let sometimes = 0;
    fc.assert(
      fc.property(
        fc.array(policyText, { minLength: 1, maxLength: 3 }),
        claims,
        fc.array(call, { minLength: 8, maxLength: 8 }),
        (texts, own, calls) => {
          const policies = policiesOf(texts.join('\n'));
          const gateway = {
            policies,
            targets: TARGETS,
            gatewayArn: LOCAL_GATEWAY_ARN,
            trusted: { onSpoof: 'overwrite', tables: {} },
          } as const;
          const set = policySetUnderTest(gateway);
          const tool = set.schema.tools.get(DEPLOY);
          if (tool === undefined) throw new Error('no tool');
          const persona = { name: 'alice', groups: [], attributes: {}, claims: own, anonymous: false, trusted: {} };
          const { access, dependsOn = [] } = new ExactAccess(gateway, set).of(tool, persona);
          expect(access).not.toBe('undecided');
          if (access === 'sometimes') expect(dependsOn).not.toEqual([]);
          sometimes += access === 'sometimes' ? 1 : 0;
          const principal = principalOf(persona);
          const named = new Set(dependsOn.map(({ on }) => on));
          const isAllowed = (input: (typeof calls)[number]['input'], now: Date): boolean =>
            authorize(set, { tool: DEPLOY, principal, input, now }).outcome === 'ALLOW';
          for (const [index, { input, now }] of calls.entries()) {
            const allowed = isAllowed(input, now);
            if (access !== 'sometimes') expect(allowed).toBe(access === 'always');
            const other = calls[(index + 1) % calls.length]?.input ?? {};
            for (const name of [...tool.input.attributes.keys()].filter((one) => !named.has(one))) {
              const { [name]: _, ...rest } = input;
              const changed = other[name] === undefined ? rest : { ...rest, [name]: other[name] };
              if (tool.input.attributes.get(name)?.required === true && other[name] === undefined) continue;
              expect(isAllowed(changed, now)).toBe(allowed);
            }
          }
        },
      ),
      runs(7),
    );
    expect(sometimes).toBeGreaterThan(2);
  });
});
