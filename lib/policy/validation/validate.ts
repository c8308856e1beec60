import type { DesiredPolicy } from '../../contract/policy-set-document';
import { type Diagnostic, diagnostic, hasErrors } from '../../diagnostics/diagnostic';
import { type GeneratedSchema, generateSchema } from '../schema/schema';
import { evaluationArn } from '../source/gateway-arn';
import { parseProblems } from '../source/parse-problems';
import { parseStatement } from '../source/parsed-policy';
import { boundStatement, locateBytes } from '../text/statement-text';
import { invariantFindings } from './invariant-findings';
import type { LintContext } from './lint/lint';
import { isHopeless } from './lint/never-matches';
import { LINTS, NAME_LINTS } from './lint/registry';
import { staticTruth } from './truth/static-truth';
import type { CedarFinding } from './view/cedar-findings';
import { cedarFindings } from './view/cedar-findings';
import { PolicyView } from './view/policy-view';
import type { ValidationInput } from './view/validation-input';

/**
 * Every finding about a policy set and its tools, at once: Cedar's strict validation in the words of the platform, and one lint
 * per thing that the service refuses or a team regrets. Never throws, whatever the texts and schemas hold.
 *
 * @example
 * const { policies, texts } = loadPolicies([PolicySource.fromDirectory('policies')], { nameSeed: 'local' });
 * console.log(renderText(validatePolicySet({ policies, texts, targets, mode: 'ENFORCE', trustedContext: [] })));
 */
export function validatePolicySet(input: ValidationInput): Diagnostic[] {
  const gatewayArn = evaluationArn(input.policies, input.gatewayArn);
  const schema = generateSchema(input.targets, input.switches, input.toolClasses);
  const { policies, unparsed } = viewsOf(input.policies, input, gatewayArn, schema);
  const invariants = viewsOf(input.invariants ?? [], input, gatewayArn, schema);
  const findings = cedarFindings([...policies, ...invariants.policies], schema.json);
  const broken = policies.filter((policy) => findings.get(policy)?.some(({ severity }) => severity === 'error'));
  const impossible = policies.filter((policy) => findings.get(policy)?.some(isHopeless));
  const truth = staticTruth({
    policies,
    broken: new Set(broken),
    impossible: new Set(impossible),
    tools: [...schema.tools.values()],
    gatewayArn,
    principalType: input.principalType,
    claims: input.claims,
  });
  const context: LintContext = { input, gatewayArn, schema, policies, truth };
  const perPolicy = policies.flatMap((policy) =>
    withoutConsequence([
      ...explained(findings.get(policy) ?? [], policy, context),
      ...LINTS.flatMap((lint) => lint.policy?.(policy, context) ?? []),
    ]),
  );
  const perSet = LINTS.flatMap((lint) => lint.set?.(context) ?? []);
  const perInvariant = nameFindingsOf(invariants.policies, findings, context);
  const found = [...schema.diagnostics, ...sorted([...unparsed, ...perPolicy, ...perInvariant]), ...perSet];
  // Of a set in which something is wrong, nothing is worth a proof.
  const unproved = hasErrors(found) ? [] : invariantFindings(input.invariants ?? [], input, gatewayArn);
  return distinct([...found, ...unproved]);
}

/** Wrong names in statements that are not deployed: a misspelled claim or tool would describe no call. */
export function nameFindings(statements: readonly DesiredPolicy[], input: ValidationInput): Diagnostic[] {
  const gatewayArn = evaluationArn(statements, input.gatewayArn);
  const schema = generateSchema(input.targets, input.switches, input.toolClasses);
  const { policies, unparsed } = viewsOf(statements, input, gatewayArn, schema);
  const nothing = staticTruth({ policies: [], broken: new Set(), impossible: new Set(), tools: [], gatewayArn });
  const context: LintContext = { input, gatewayArn, schema, policies, truth: nothing };
  const findings = cedarFindings(policies, schema.json);
  return distinct(sorted([...unparsed, ...nameFindingsOf(policies, findings, context)]));
}

function nameFindingsOf(
  statements: readonly PolicyView[],
  findings: ReturnType<typeof cedarFindings>,
  context: LintContext,
): Diagnostic[] {
  return statements.flatMap((statement) => [
    ...NAME_LINTS.flatMap((lint) => lint.policy?.(statement, context) ?? []),
    ...explained(
      (findings.get(statement) ?? []).filter(({ severity }) => severity === 'error'),
      statement,
      context,
    ),
  ]);
}

function viewsOf(all: readonly DesiredPolicy[], input: ValidationInput, gatewayArn: string, schema: GeneratedSchema) {
  const policies: PolicyView[] = [];
  const unparsed: Diagnostic[] = [];
  for (const policy of all) {
    const text = boundStatement(policy, gatewayArn);
    const source = input.texts.get(policy.origin.file);
    const parsed = parseStatement(text);
    if (parsed.ok) policies.push(new PolicyView({ policy, text, json: parsed.json }, gatewayArn, source, schema.tools));
    else
      unparsed.push(...parseProblems(parsed.errors, (from, to) => locateBytes(policy, gatewayArn, from, to, source)));
  }
  return { policies, unparsed };
}

/** Cedar's findings in our words. That a policy with an error is impossible only repeats the error. */
function explained(findings: readonly CedarFinding[], policy: PolicyView, context: LintContext): Diagnostic[] {
  const isBroken = policy.isGiven || findings.some(({ severity }) => severity === 'error');
  const kept = isBroken ? findings.filter((finding) => !isHopeless(finding)) : findings;
  return kept.map((finding) => {
    for (const lint of LINTS) {
      const diagnosed = lint.explain?.(finding, policy, context);
      if (diagnosed) return diagnosed;
    }
    const { message, help } = finding;
    return diagnostic('POLICY_CEDAR', help === null ? { message } : { message, help }, {
      location: policy.atBytes(finding),
    });
  });
}

/** That a policy never matches is no news when an error of it says why. */
function withoutConsequence(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const causes = diagnostics.filter(({ code }) => code !== 'POLICY_NEVER_MATCHES');
  return hasErrors(causes) ? causes : diagnostics;
}

/** By place. Findings of one place keep the order of the lints. */
function sorted(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const files = [...new Set(diagnostics.map(({ location }) => location?.file))];
  const order = ({ location }: Diagnostic): [number, number, number] => [
    files.indexOf(location?.file),
    location?.line ?? 0,
    location?.column ?? 0,
  ];
  return diagnostics.toSorted((a, b) => {
    const [[fileA, lineA, columnA], [fileB, lineB, columnB]] = [order(a), order(b)];
    return fileA - fileB || lineA - lineB || columnA - columnB;
  });
}

/** One finding of a kind per place: Cedar repeats itself for every tool and type of principal. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ code, message, location }) => {
    const place = location && `${location.file}:${location.line}:${location.column}`;
    const key = place === undefined ? `${code} ${message}` : `${code} ${place} ${REPEATED.has(code) ? '' : message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Codes whose message differs from tool to tool, or from type to type, for the same mistake. */
const REPEATED: ReadonlySet<string> = new Set(['POLICY_INPUT_UNKNOWN', 'POLICY_TRUSTED_FIELD_ABSENT']);
