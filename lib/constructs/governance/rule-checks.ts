import type { BaselineRuleName } from '../../contract/baseline';
import { joinToolName } from '../../contract/tool-name';
import type { DiagnosticCode } from '../../diagnostics/catalogue';
import type { BaselineRules } from './baseline-rules';
import type { JudgedGateway, RuleCheck } from './judged-gateway';

/** One rule: whether a baseline has it, what it asks, and what is wrong with a gateway. */
export interface RuleEntry {
  /** The rule in words; undefined where the baseline does not ask. */
  readonly asks: (rules: BaselineRules) => string | undefined;
  readonly problem: RuleCheck;
  readonly code: DiagnosticCode &
    `BASELINE_${'AUTHORIZATION' | 'MODE' | 'IDENTITY' | 'TOKEN_LIFETIME' | 'STEPS' | 'OBSERVABILITY' | 'TOOL_CLASSES' | 'UNTOUCHED'}`;
}

/** Every rule. To add one: its name in `lib/contract/baseline.ts`, and an entry here. */
export const RULES: { readonly [rule in BaselineRuleName]: RuleEntry } = {
  authorization: {
    code: 'BASELINE_AUTHORIZATION',
    asks: () => 'callers are known',
    problem: ({ identity }) =>
      identity.authorization === 'none'
        ? 'anybody may call it, and the service refuses policies about nobody'
        : undefined,
  },
  mode: {
    code: 'BASELINE_MODE',
    asks: ({ enforceIn }) => {
      if (enforceIn === undefined) return 'policies decide';
      return enforceIn.length === 0 ? undefined : `policies decide in ${listed(enforceIn)}`;
    },
    problem: ({ view, environments }, { enforceIn }) => {
      const where = enforceIn?.find((name) => environments.includes(name));
      if (view.mode === 'ENFORCE' || (enforceIn !== undefined && where === undefined)) return undefined;
      return `its mode is LOG_ONLY${where === undefined ? '' : ` in ${where}`}, so that no policy denies a call`;
    },
  },
  identity: {
    code: 'BASELINE_IDENTITY',
    asks: ({ allowedIdentities }) => allowedIdentities && `callers have ${named(allowedIdentities)}`,
    problem: ({ identity }, { allowedIdentities = [] }) =>
      allowedIdentities.some((allowed) => allowed._allows(identity))
        ? undefined
        : `its identity is of kind ${identity.kind}, and allowed is ${named(allowedIdentities) || 'none'}`,
  },
  'token-lifetime': {
    code: 'BASELINE_TOKEN_LIFETIME',
    asks: ({ maxTokenLifetime }) =>
      maxTokenLifetime && `access tokens live at most ${maxTokenLifetime.toHumanString()}`,
    problem: ({ identity }, { maxTokenLifetime, allowedIdentities = [] }) => {
      if (identity.authorization !== 'jwt' || maxTokenLifetime === undefined) return undefined;
      const said = allowedIdentities.find((allowed) => allowed._allows(identity))?._tokenSeconds;
      const seconds = identity.accessTokenSeconds ?? said;
      if (seconds === undefined) return 'nobody knows how long its access tokens live';
      return seconds > maxTokenLifetime.toSeconds() ? `its access tokens live ${seconds} seconds` : undefined;
    },
  },
  steps: {
    code: 'BASELINE_STEPS',
    asks: ({ requiredSteps = [] }) => (requiredSteps.length > 0 ? `steps run: ${listed(requiredSteps)}` : undefined),
    problem: ({ steps }, { requiredSteps = [] }) => {
      const missing = requiredSteps.filter((step) => !steps.includes(step));
      return missing.length > 0 ? `these steps do not run for every tool: ${listed(missing)}` : undefined;
    },
  },
  observability: {
    code: 'BASELINE_OBSERVABILITY',
    asks: ({ observability = false }) => (observability ? 'log, traces and alarms exist' : undefined),
    problem: ({ isObserved }, { observability = false }) =>
      observability && !isObserved ? 'it has no log, no traces and no alarms' : undefined,
  },
  'tool-classes': {
    code: 'BASELINE_TOOL_CLASSES',
    asks: ({ requiredToolClasses: classes }) => classes && `every tool is in a class of ${listed(classes)}`,
    problem: ({ view }, { requiredToolClasses: required }) => {
      if (required === undefined) return undefined;
      const without = unclassified(view, required);
      return without.length > 0 ? `these tools are in no class of ${listed(required)}: ${listed(without)}` : undefined;
    },
  },
  untouched: {
    code: 'BASELINE_UNTOUCHED',
    asks: () => 'what the construct made is as it was made',
    problem: ({ touched }) => (touched.length > 0 ? touched.join('; ') : undefined),
  },
};

function unclassified({ targets }: JudgedGateway['view'], required: readonly string[]): string[] {
  return targets.flatMap(({ name, tools, excludedTools = [] }) =>
    tools
      .filter((tool) => !excludedTools.includes(tool.name))
      .filter(({ classes = [] }) => !classes.some((one) => required.includes(one)))
      .map((tool) => joinToolName(name, tool.name)),
  );
}

function named(identities: NonNullable<BaselineRules['allowedIdentities']>): string {
  return identities.map(({ _name }) => _name).join(', or ');
}

function listed(names: readonly string[]): string {
  return names.join(', ');
}
