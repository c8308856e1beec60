import type { GatewayReport } from '../gateway-report';
import { cell, notKnown, type Section, timeText } from '../render/block';
import { modeTone } from './tones';

/** What the gateway is, and which tools agents see. */
export function gatewaySection({ gateway, tools }: GatewayReport): Section {
  return {
    id: 'gateway',
    title: 'Gateway',
    blocks: [
      {
        kind: 'facts',
        facts: [
          ['Construct', cell(gateway.path)],
          ['Name', cell(gateway.name)],
          ['Stack', cell(gateway.stack)],
          ['Declared mode', cell(gateway.mode, modeTone(gateway.mode))],
          ['Inbound authorization', cell(gateway.authorization)],
        ],
      },
      {
        kind: 'table',
        head: ['Tool', 'Kind of target', 'What agents are told', 'Set by the gateway'],
        rows: tools.map(({ name, kind, description, trusted }) => [
          cell(name),
          cell(kind),
          cell(description),
          cell(trusted.join(', ') || undefined),
        ]),
      },
    ],
  };
}

/** The mode that is declared, deployed and seen, and who changed it. */
export function modeSection({ gateway, deployment, decisions, changes }: GatewayReport): Section {
  const deployed = deployment.known ? (deployment.value.mode ?? 'no engine is attached') : 'not known';
  const set = changes.known ? changes.value.calls.filter(({ mode }) => mode !== undefined) : [];
  return {
    id: 'mode',
    title: 'Mode of enforcement',
    blocks: [
      {
        kind: 'facts',
        facts: [
          ['Declared', cell(gateway.mode, modeTone(gateway.mode))],
          ['Deployed', cell(deployed, deployment.known ? modeTone(deployment.value.mode) : 'unknown')],
          ...(decisions.known ? decisions.value.modes : []).map(
            ({ mode, from, to }) => [`Calls decided in ${mode}`, cell(`${timeText(from)} to ${timeText(to)}`)] as const,
          ),
        ],
      },
      ...(deployment.known ? [] : [notKnown(deployment.why)]),
      changes.known
        ? {
            kind: 'table',
            head: ['Time', 'Call', 'Sets the mode to', 'By', 'Answer'],
            rows: set.map(({ time, operation, mode, caller, error }) => [
              cell(timeText(time)),
              cell(operation),
              cell(mode, modeTone(mode)),
              cell(caller),
              cell(error ?? 'accepted'),
            ]),
          }
        : notKnown(`who set the mode before: ${changes.why}`),
    ],
  };
}
