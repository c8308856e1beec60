import type { DeclaredRule } from '../../contract/baseline';
import { type ListedGateway, stateOf } from './listed-gateway';

/** A block of lines for each gateway. */
export function renderText(gateways: readonly ListedGateway[]): string {
  return gateways.map(textOf).join('\n');
}

function textOf({ gateway, baselines }: ListedGateway): string {
  if (baselines.length === 0) return `${gateway}\n  no baseline\n`;
  const blocks = baselines.map(({ name, scope, rules, policies, invariants }) => [
    `  ${name} (added to ${scopeName(scope)})`,
    ...policies.map((id) => `    policy     ${id}`),
    ...invariants.map((sentence) => `    invariant  ${sentence}`),
    ...rules.map((rule) => `    ${stateOf(rule).padEnd(9)}  ${rule.rule}: ${rule.asks}${remark(rule)}`),
  ]);
  return `${[gateway, ...blocks.flat()].join('\n')}\n`;
}

function remark({ problem, leftBecause }: DeclaredRule): string {
  if (problem === undefined) return '';
  return leftBecause === undefined ? `; ${problem}` : `; ${problem}; left to this scope: ${leftBecause}`;
}

/** One table, a row for each rule, policy and invariant. */
export function renderMarkdown(gateways: readonly ListedGateway[]): string {
  const rows = gateways.flatMap(({ gateway, baselines }) =>
    baselines.flatMap(({ name, rules, policies, invariants }) => [
      ...policies.map((id) => [gateway, name, 'policy', id, 'kept']),
      ...invariants.map((sentence) => [gateway, name, 'invariant', sentence, 'kept']),
      ...rules.map((rule) => [gateway, name, rule.rule, `${rule.asks}${remark(rule)}`, stateOf(rule)]),
    ]),
  );
  const without = gateways.filter(({ baselines }) => baselines.length === 0);
  const table = [
    ['Gateway', 'Baseline', 'Rule', 'What it asks', 'State'],
    ['---', '---', '---', '---', '---'],
    ...rows,
  ];
  return [...table, ...without.map(({ gateway }) => [gateway, 'none', '', '', ''])]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`)
    .join('');
}

function scopeName(scope: string): string {
  return scope === '' ? 'the app' : scope;
}
