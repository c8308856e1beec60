import type { Failure } from './policies';

/** Reasons that this resource finds itself, in the place of the service's. */
export const REASON = {
  foreignName: 'the engine holds a policy of this name that this resource did not make',
  nameTaken: 'the name is taken by a policy that is not in this engine',
  busy: 'the service keeps answering that the policy is busy',
  neverEqual: 'the service accepts the policy, but keeps returning another one',
  neverGone: 'the service accepts the removal, but keeps returning the policy',
  vanished: 'the service accepts the policy, but never returns it',
} as const;

/** Texts in the service's reasons, and what to do about them. Source: platform notes on validation and permissions. */
const KNOWN: readonly { readonly text: RegExp; readonly help: string; readonly passing?: true }[] = [
  {
    text: /InterceptorException|interceptor/i,
    help: 'the REQUEST interceptor refused the call with which the service inspects the gateway: let discovery messages without a bearer token pass',
    // Also of a gateway whose right to invoke its interceptor is new.
    passing: true,
  },
  {
    text: /Insufficient permissions to call gateway/i,
    help: 'allow `bedrock-agentcore:InvokeGateway` on the gateway to the role of this custom resource',
    passing: true,
  },
  {
    text: /unrecognized action|is not defined in the schema|unable to find an applicable action/i,
    help: 'no READY target of the gateway has this tool: write the action as `<target>___<tool>` with three underscores, and let the policy set depend on the target',
  },
  {
    text: /wildcard resource was detected|constrain the resource to a specific/i,
    help: 'write `resource == ?resource` to name the gateway that the policy is deployed to',
  },
  {
    text: /Overly Permissive/i,
    help: 'add a condition, or acknowledge the finding with `@validation("IGNORE_ALL_FINDINGS")` above the policy',
  },
  {
    text: /Overly Restrictive/i,
    help: 'narrow the forbid (its principal type is often missing), or acknowledge the finding with `@validation("IGNORE_ALL_FINDINGS")`',
  },
  {
    text: /did not make$/,
    help: 'rename the policy, or remove the other one: in an engine that was passed in, only policies of this resource are touched',
  },
  {
    text: /name is taken|already exists/i,
    help: 'policy names are unique in an account and Region: look for the name in other engines, and choose another one',
  },
  {
    text: /^still CREATING/,
    help: 'the service did not decide on the statement, even after it was removed and created again: simplify the statement, and ask AWS Support',
  },
  {
    text: /keeps returning|never returns it$/,
    help: 'most likely somebody else, or a second run of this deployment, changes the policy at the same time: deploy again when that has ended',
  },
];

/** Help for a reason, when it is a known one. */
function helpFor(reason: string): string | undefined {
  return KNOWN.find(({ text }) => text.test(reason))?.help;
}

/** Whether a failure may be over by itself soon, as a permission that IAM has not propagated yet. */
export function isPassing(reasons: readonly string[]): boolean {
  return (
    reasons.length > 0 && reasons.every((reason) => KNOWN.some(({ text, passing }) => passing && text.test(reason)))
  );
}

/**
 * Bytes of a message. CloudFormation takes 4,096 bytes of a custom resource's whole answer, ids and the framework's own lines included.
 * Source: CloudFormation user guide, custom resource response objects.
 */
export const MESSAGE_MAX_BYTES = 2_800;

/**
 * The message of a failed change: every failure at its place in the sources, then each help once. Too long reasons are cut, all to
 * the same length, so that every failure is named; only when that is not enough, the last ones are counted.
 */
export function renderFailures(headline: string, failures: readonly Failure[], maxBytes = MESSAGE_MAX_BYTES): string {
  const helps = [...new Set(failures.flatMap(({ reasons }) => reasons.map(helpFor)))].filter(
    (help) => help !== undefined,
  );
  const tail = helps.map((help) => `help: ${help}`);
  for (const width of [Number.POSITIVE_INFINITY, 600, 300, 200, 120, 80, 40]) {
    const text = [headline, ...failures.map((failure) => line(failure, width)), ...tail].join('\n');
    if (bytes(text) <= maxBytes) return text;
  }
  return counted(headline, failures, tail.slice(0, 1), maxBytes);
}

function line({ name, target, reasons }: Failure, width: number): string {
  const place = target === undefined ? name : `${target.origin.file}:${target.origin.line}:${target.origin.column}`;
  const title = target === undefined ? '' : ` \`${target.id}\``;
  const all = reasons.length > 0 ? reasons.join('; ') : 'the service gave no reason';
  const flat = all.replace(/\s+/g, ' ');
  return `${place}${title}: ${flat.length > width ? `${flat.slice(0, width - 1)}…` : flat}`;
}

/** As many places as there is room for, and the number of the others. */
function counted(headline: string, failures: readonly Failure[], tail: readonly string[], maxBytes: number): string {
  const lines = failures.map((failure) => line(failure, 40));
  for (let shown = lines.length - 1; shown > 0; shown -= 1) {
    const text = [headline, ...lines.slice(0, shown), `and ${lines.length - shown} more`, ...tail].join('\n');
    if (bytes(text) <= maxBytes) return text;
  }
  return headline.slice(0, maxBytes / 4);
}

/** Length as it travels: as JSON in UTF-8. */
function bytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text), 'utf8');
}
