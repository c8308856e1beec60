import { policyPlace } from '../../contract/policy-place';
import { joinToolName } from '../../contract/tool-name';
import { accessMatrix } from '../../policy/access/access-matrix';
import { GUARD_ORIGIN } from '../../policy/guards/guard';
import { type CheckedInvariant, checkInvariants } from '../../policy/proof/invariants/check-invariants';
import { describeCall } from '../../policy/proof/invariants/describe-call';
import { sentenceLine } from '../../policy/sentence/layout';
import { policySentence } from '../../policy/sentence/policy-sentence';
import { policySetUnderTest } from '../../policy/testing/run/offline-backend';
import type {
  GatewayReport,
  Known,
  ReportedInvariant,
  ReportedPolicy,
  ReportedTool,
} from '../../report/gateway-report';
import type { GatewayInput } from '../gateway-input';
import { callersOf, policySetOf } from '../gateway-views';
import { runGatewayTests } from '../run-gateway-tests';
import type { Terminal } from '../terminal';
import { hasTests, readTests, type TestedGateway } from '../test-files';
import { validateGateway } from '../validate-gateway';

type DeclaredPart = Pick<GatewayReport, 'tools' | 'policies' | 'findings' | 'access' | 'tests' | 'invariants'>;

/** What an app says of its gateway, and what can be shown of it without AWS. Throws for test files in which something is wrong. */
export async function declaredPart(terminal: Terminal, gateway: GatewayInput): Promise<DeclaredPart> {
  const tested = hasTests(gateway) ? (await readTests(terminal, [gateway], []))[0] : undefined;
  return {
    tools: toolsOf(gateway),
    policies: gateway.policies.map(reportedPolicy),
    findings: validateGateway(gateway).map(({ severity, message }) => ({ severity, text: unquoted(message) })),
    access: accessOf(gateway, tested),
    tests: await testsOf(terminal, tested),
    invariants: invariantsOf(gateway),
  };
}

/** Sentences of findings stand in backticks where they name something, which means nothing on a page. */
export function unquoted(message: string): string {
  return message.replaceAll('`', '');
}

function toolsOf({ targets, trusted }: GatewayInput): ReportedTool[] {
  return targets.flatMap(({ name: target, kind = 'not known', tools }) =>
    tools.map((tool) => {
      const name = joinToolName(target, tool.name);
      const fields = (trusted.fields ?? []).filter(({ tools: of }) => of.includes(name));
      return { name, kind, description: tool.description ?? '', trusted: fields.map((field) => field.name) };
    }),
  );
}

function reportedPolicy(policy: GatewayInput['policies'][number]): ReportedPolicy {
  const { id, effect, enforcementMode, description, origin, statementParts } = policy;
  return {
    id,
    effect,
    enforcement: enforcementMode,
    description,
    place: origin.file === GUARD_ORIGIN ? undefined : policyPlace(policy),
    sentence: unquoted(sentenceLine(policySentence(policy))),
    statement: statementParts.join('(this gateway)'),
  };
}

const NO_TESTS = 'the app has no policy tests, so that nobody names callers to ask for';

function accessOf(gateway: GatewayInput, tested: TestedGateway | undefined): GatewayReport['access'] {
  if (tested === undefined) return { known: false, why: NO_TESTS };
  const matrix = accessMatrix(gateway, policySetUnderTest(gateway), tested.files, { exact: true });
  return { known: true, value: matrix };
}

async function testsOf(terminal: Terminal, tested: TestedGateway | undefined): Promise<GatewayReport['tests']> {
  if (tested === undefined) return { known: false, why: 'the app has no policy tests' };
  const options = { coverage: true, mutate: false, suggest: false };
  const { report, gateways } = await runGatewayTests(terminal, [tested], options);
  const coverage = gateways[0]?.coverage;
  const gaps = (coverage?.policies ?? []).map(({ policy, points }) => ({ policy, ...points }));
  return {
    known: true,
    value: { report, coverage: coverage?.percent, gaps: gaps.filter(({ seen, total }) => seen < total) },
  };
}

function invariantsOf(gateway: GatewayInput): Known<readonly ReportedInvariant[]> {
  const { invariants = [] } = gateway;
  if (invariants.length === 0) return { known: false, why: 'the app declares no invariants to prove' };
  const checked = checkInvariants({ invariants, set: policySetOf(gateway), ...callersOf(gateway) });
  return { known: true, value: checked.map(reportedInvariant) };
}

function reportedInvariant({ invariant: { sentence }, verdict }: CheckedInvariant): ReportedInvariant {
  const tools = verdict.kind === 'vacuous' ? [] : verdict.tools;
  const detail =
    verdict.kind === 'broken'
      ? unquoted(describeCall(verdict.counterexample))
      : verdict.kind === 'undecided'
        ? verdict.reason
        : undefined;
  return { sentence, verdict: verdict.kind, tools, ...(detail === undefined ? {} : { detail }) };
}
