import { BASELINE_RULES, type DeclaredBaseline, type DeclaredRule } from '../../contract/baseline';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import type { GatewayPart } from '../parts/gateway-part';
import type { GatewayView } from '../parts/gateway-view';
import type { AddedBaseline } from './added-baselines';
import type { BaselineRules } from './baseline-rules';
import type { JudgedGateway } from './judged-gateway';
import { RULES } from './rule-checks';

/** The baselines of a gateway as a part of it: what it breaks, and what the manifest tells of them. */
export function baselinePart(
  baselines: () => readonly AddedBaseline[],
  judged: (view: GatewayView) => JudgedGateway,
): GatewayPart {
  return {
    findings: (view) => {
      const gateway = judged(view);
      return baselines().flatMap(({ rules }) => findingsOf(rules, gateway));
    },
    manifest: (view) => {
      const gateway = judged(view);
      const declared = baselines().map((baseline) => declaredBaseline(baseline, gateway));
      return declared.length === 0 ? {} : { baselines: declared };
    },
  };
}

function declaredBaseline({ scope, rules }: AddedBaseline, gateway: JudgedGateway): DeclaredBaseline {
  return { name: rules.name, scope: scope.node.path, rules: declaredRules(rules, gateway) };
}

function declaredRules(rules: BaselineRules, gateway: JudgedGateway): DeclaredRule[] {
  return BASELINE_RULES.flatMap((rule) => {
    const asks = RULES[rule].asks(rules);
    if (asks === undefined) return [];
    const problem = RULES[rule].problem(gateway, rules);
    const left = rules.exceptions?.find((one) => one.rule === rule && one.scopes.some((scope) => isIn(scope, gateway)));
    const isPartial = rule === 'mode' && rules.enforceIn !== undefined;
    return [
      {
        rule,
        asks,
        ...(isPartial && { isPartial }),
        ...(problem !== undefined && { problem }),
        ...(left && { leftBecause: left.reason }),
      },
    ];
  });
}

function findingsOf(rules: BaselineRules, gateway: JudgedGateway): Diagnostic[] {
  return declaredRules(rules, gateway).flatMap(({ rule, problem, leftBecause: reason }) => {
    if (problem === undefined) return [];
    const broken = { baseline: rules.name, path: gateway.path, problem };
    if (reason === undefined) return [diagnostic(RULES[rule].code, broken)];
    return [diagnostic('BASELINE_EXCEPTION', { ...broken, rule, reason })];
  });
}

function isIn(scope: string, { path }: JudgedGateway): boolean {
  return path === scope || path.startsWith(`${scope}/`);
}
