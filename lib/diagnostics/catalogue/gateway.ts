import { didYouMean, error } from './entry';

/** Findings about the gateway itself and the construct's props. */
export const GATEWAY = {
  GATEWAY_PROP_INVALID: error(
    (p: { prop: string; expected: string }) => `\`${p.prop}\` is missing, or no value of its type`,
    (p) => `write ${p.expected}; \`npx tsc --noEmit\` finds such mistakes, tsx alone does not`,
  ),
  GATEWAY_LIST_GIVEN: error(
    (p: { name: string }) => `\`${p.name}\` takes its values one by one, and was given a list`,
    (p) => `spread the list: \`${p.name}(...list)\``,
  ),
  GATEWAY_NAME_INVALID: error(
    (p: { name: string; suggestion: string }) => `gateway name \`${p.name}\` is not one that the service takes`,
    (p) => `use up to 48 letters, digits and single hyphens, no underscore, for example \`${p.suggestion}\``,
  ),
  GATEWAY_TEXT_LENGTH: error(
    (p: { prop: string; length: number; max: number }) => `\`${p.prop}\` has ${p.length} characters`,
    (p) => `write 1 to ${p.max} characters, or leave the prop out`,
  ),
  GATEWAY_SESSION_TIMEOUT: error(
    (p: { seconds: number }) => `\`sessionTimeout\` is ${p.seconds} seconds`,
    () => 'choose 15 minutes to 8 hours, for example `Duration.hours(1)`',
  ),
  GATEWAY_NO_PROTOCOL_VERSION: error(
    () => '`protocolVersions` is empty, so that no client could speak to the gateway',
    () => 'leave the prop out to offer every version that the platform supports',
  ),
  GATEWAY_DUPLICATE_TARGET: error(
    (p: { name: string }) => `the gateway has two targets named \`${p.name}\``,
    () => 'give each target a name of its own; the name is part of every tool name and Cedar action below it',
  ),
  GATEWAY_UNKNOWN_TARGET: error(
    (p: { name: string; targets: readonly string[]; suggestion: string | undefined }) =>
      `the gateway has no target \`${p.name}\``,
    (p) =>
      p.suggestion === undefined
        ? `its targets are ${p.targets.map((name) => `\`${name}\``).join(', ') || 'none'}`
        : `did you mean \`${p.suggestion}\`?`,
  ),
  GATEWAY_TOO_MANY_TARGETS: error(
    (p: { count: number; max: number }) => `the gateway has ${p.count} targets, and the service takes ${p.max}`,
    () => 'merge small targets, or split the gateway',
  ),
  GATEWAY_LOCAL_FILE_MISSING: error(
    (p: { file: string }) => `the local table's file \`${p.file}\` does not exist`,
    () => 'paths are relative to the directory that the app is synthesized in; correct it or add the file',
  ),
  GATEWAY_METRIC_UNKNOWN: error(
    (p: { name: string; suggestion: string | undefined }) => `gateways have no metric \`${p.name}\``,
    (p) =>
      p.suggestion === undefined
        ? 'the names are in docs/operations.md; for a metric of your own use `new cloudwatch.Metric`'
        : `did you mean \`${p.suggestion}\`?`,
  ),
  GATEWAY_METRIC_DIMENSIONS: error(
    (p: { name: string; given: readonly string[]; sets: readonly (readonly string[])[] }) =>
      `metric \`${p.name}\` has no series with \`${p.given.join('`, `')}\` beside the dimensions of the gateway`,
    (p) => `it has series with exactly ${p.sets.map((set) => `\`${set.join(', ')}\``).join(' or ')}`,
  ),
  GATEWAY_POLICY_UNKNOWN: error(
    (p: { id: string; suggestion: string | undefined }) =>
      `the id on the service of policy \`${p.id}\` is asked for, and the gateway has no such policy`,
    (p) => didYouMean(p.suggestion, 'give the `@id` of a policy, or its file and place where it has none'),
  ),
  GATEWAY_POLICY_IN_PARTS: error(
    (p: { id: string; parts: readonly string[] }) =>
      `the id on the service of policy \`${p.id}\` is asked for, which is deployed in ${p.parts.length} parts`,
    (p) =>
      p.parts.length === 0
        ? 'ask for the ids of policies that are for some tool'
        : `ask for the id of each part and add them up: ${p.parts.map((part) => `\`${part}\``).join(', ')}`,
  ),
  GATEWAY_POLICY_IDS: error(
    (p: { count: number; limit: number }) =>
      `the ids of ${p.count} policies are asked for, and one deployment can answer for ${p.limit}`,
    () => 'ask about fewer policies; a chart by SEARCH expression over the metric shows those of all policies',
  ),
  GATEWAY_NAME_UNKNOWN: error(
    (p: { path: string }) =>
      `the id of imported gateway \`${p.path}\` is only known at deployment, and its name with it`,
    () => 'give `gatewayName` beside `gatewayId`: metrics of this library are published by name',
  ),
  GATEWAY_ENFORCE_WITHOUT_POLICIES: error(
    (p: { path: string }) => `gateway \`${p.path}\` enforces an empty policy set, so that every call is denied`,
    () => 'add a policy source to `policies`, or start with `mode: EnforcementMode.LOG_ONLY`',
  ),
};
