import type { GatewayReport } from '../../lib/report/gateway-report';

/** Text of somebody who wants to be more than text, on every medium that a report has. */
export const HOSTILE =
  '<img src=x onerror="window.injected=1"></td><script>window.injected=1</script> | [a](javascript:alert(1)) `x` \u001b[2J\u202Edlrow';

const known = <T>(value: T): { known: true; value: T } => ({ known: true, value });

const ACCESS = [
  { access: 'always', tests: { ALLOW: 2, DENY: 0, ERROR: 0 } },
  {
    access: 'sometimes',
    dependsOn: [{ on: 'amount', examples: [{ value: 1, outcome: 'ALLOW' }] }],
    tests: { ALLOW: 1, DENY: 1, ERROR: 0 },
  },
] as const;

/** A report in which every section has something to show. `text` stands wherever a name, a reason or a description goes. */
export function fullReport(text: string = 'pays invoices'): GatewayReport {
  const counts = { allowed: 40, denied: 3 };
  const row = (key: string): { key: string; counts: typeof counts; total: number } => ({ key, counts, total: 43 });
  const test = { persona: 'ann', expected: 'ALLOW', unchecked: [], location: { file: 'a.yaml', line: 1, column: 1 } };
  return {
    reportVersion: 1,
    made: '2026-11-29T12:00:00.000Z',
    gateway: { path: `Pay/${text}`, name: text, stack: 'Pay', mode: 'ENFORCE', authorization: 'jwt' },
    tools: [{ name: 'Pay___pay', kind: 'lambda', description: text, trusted: ['tenant', text] }],
    policies: [
      {
        id: `cap-${text}`,
        effect: 'forbid',
        enforcement: 'ACTIVE',
        description: text,
        place: 'policies/cap.cedar:3',
        sentence: `Nobody may call any tool if the argument note is "${text}".`,
        statement: `forbid(principal, action, resource)\nwhen { context.input.note == "${text}" };\n\`\`\``,
      },
      {
        id: 'guard',
        effect: 'forbid',
        enforcement: 'LOG_ONLY',
        description: undefined,
        place: undefined,
        sentence: 'Nobody may call any tool.',
        statement: 'forbid(principal, action, resource);',
      },
    ],
    findings: [{ severity: 'warning', text }],
    access: known({
      personas: ['ann', text],
      tools: [{ tool: 'Pay___pay', classes: ['write'], cells: ACCESS.map((one) => ({ persona: 'ann', ...one })) }],
    }),
    tests: known({
      report: {
        backend: 'offline',
        passed: 1,
        failed: 1,
        notApplicable: 0,
        unchecked: 0,
        files: [
          {
            file: 'pay.test.yaml',
            cases: [
              { ...test, name: 'pays', status: 'passed', got: 'ALLOW', why: [] },
              { ...test, name: text, status: 'failed', got: 'DENY', why: [text] },
            ],
          },
        ],
      },
      coverage: 87.66,
      gaps: [{ policy: text, seen: 2, total: 3 }],
    }),
    invariants: known([
      { sentence: text, verdict: 'proved', tools: ['Pay___pay'] },
      { sentence: 'nobody pays a million', verdict: 'broken', tools: ['Pay___pay'], detail: text },
    ]),
    decisions: known({
      summary: {
        from: '2026-11-20T10:00:00.000Z',
        to: '2026-11-21T10:00:00.000Z',
        total: 43,
        verdicts: { allowed: 40, denied: 3, 'would be denied': 0, undecided: 0, refused: 0, unknown: 0 },
        callers: [row(text)],
        tools: [row('Pay___pay')],
        policies: [row(text)],
        days: [row('2026-11-20'), row('2026-11-21')],
        sources: [{ key: 'record', counts: { calls: 43 }, total: 43 }],
        unknown: ['log lines have no claims'],
      },
      denials: [
        {
          verdict: 'denied',
          tool: text,
          caller: text,
          policies: [],
          reason: text,
          calls: 3,
          from: '2026-11-20T10:00:00.000Z',
          to: '2026-11-21T10:00:00.000Z',
        },
      ],
      modes: [{ mode: 'LOG_ONLY', from: '2026-11-01T10:00:00.000Z', to: '2026-11-19T10:00:00.000Z' }],
      missing: ['aws/spans'],
    }),
    deployment: known({
      mode: 'LOG_ONLY',
      differences: [
        { text, isDrift: true },
        { text: 'an attribute', isDrift: false },
      ],
      locks: [
        { what: text, reason: text, start: '2026-11-29T11:00:00.000Z', end: '2026-11-29T13:00:00.000Z', inForce: true },
      ],
    }),
    changes: known({
      from: '2026-10-30T12:00:00.000Z',
      calls: [
        {
          time: '2026-11-28T02:37:00.000Z',
          operation: 'UpdateGateway',
          caller: text,
          from: '203.0.113.7',
          subject: 'pay-a1b2c3d4e5',
          mode: 'LOG_ONLY',
        },
        {
          time: '2026-11-27T02:37:00.000Z',
          operation: 'DeletePolicy',
          caller: undefined,
          from: undefined,
          subject: text,
          mode: undefined,
          error: 'AccessDenied',
        },
      ],
    }),
  };
}
