import type { GatewayReport } from '../gateway-report';
import { type Block, cell, type Section } from '../render/block';

/** The policies with what they are for, and what validation finds in them. */
export function policiesSection({ policies, findings }: GatewayReport): Section {
  const found: Block =
    findings.length === 0
      ? { kind: 'text', text: 'Validation finds nothing in them.', tone: 'good' }
      : {
          kind: 'table',
          head: ['Severity', 'Validation finds'],
          rows: findings.map(({ severity, text }) => [cell(severity, 'bad'), cell(text)]),
        };
  return {
    id: 'policies',
    title: 'Policies',
    blocks: [
      {
        kind: 'table',
        head: ['Policy', 'Effect', 'Enforcement', 'What it is for', 'What it says', 'Written at'],
        rows: policies.map(({ id, effect, enforcement, description, sentence, place }) => [
          cell(id),
          cell(effect),
          cell(enforcement, enforcement === 'ACTIVE' ? 'plain' : 'bad'),
          description === undefined ? cell('no description', 'unknown') : cell(description),
          cell(sentence),
          cell(place ?? 'added by the library'),
        ]),
      },
      found,
    ],
  };
}

/** The text of every policy, at the end of the page. */
export function statementsSection({ policies }: GatewayReport): Section {
  return {
    id: 'statements',
    title: 'Statements',
    blocks: policies.map(({ id, statement }): Block => ({ kind: 'code', title: id, text: statement })),
  };
}
