import {
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyValidationPluginReport,
  type PolicyViolation,
  Validations,
} from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { renderWithoutHelp } from '../../diagnostics/render-text';
import type { Severity } from '../../diagnostics/severity';

/** Namespace of findings: acknowledge a warning as `governed-gateway::POLICY_TOOL_UNREACHABLE`, with a reason. */
const PLUGIN_NAME = 'governed-gateway';

/** An error stops synth and cannot be acknowledged; CDK calls that fatal. */
const CDK_SEVERITY: { readonly [severity in Severity]: string } = {
  stop: 'fatal',
  error: 'fatal',
  warning: 'warning',
  info: 'info',
};

/** Findings of every construct that reports some, in one section of CDK's validation report. */
class SynthFindings implements IPolicyValidationPlugin {
  readonly name = PLUGIN_NAME;
  private readonly reporters: { readonly path: string; readonly findings: () => readonly Diagnostic[] }[] = [];

  add(scope: Construct, findings: () => readonly Diagnostic[]): void {
    this.reporters.push({ path: scope.node.path, findings });
  }

  validate(_context: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = this.reporters.flatMap(({ path, findings }) =>
      findings().map((finding) => toViolation(finding, path)),
    );
    return { success: violations.every((violation) => violation.severity !== CDK_SEVERITY.error), violations };
  }
}

const pluginOfApp = new WeakMap<IConstruct, SynthFindings>();

/**
 * Reports findings of a construct when the app is synthesized, through CDK's `Validations`: errors fail the synth, warnings can be
 * acknowledged with a reason, and all of them are in `validation-report.json`.
 */
export function reportAtSynth(scope: Construct, findings: () => readonly Diagnostic[]): void {
  const app = scope.node.root;
  let plugin = pluginOfApp.get(app);
  if (plugin === undefined) {
    plugin = new SynthFindings();
    pluginOfApp.set(app, plugin);
    Validations.of(app).addPlugins(plugin);
  }
  plugin.add(scope, findings);
}

function toViolation(finding: Diagnostic, constructPath: string): PolicyViolation {
  return {
    ruleName: finding.code,
    description: renderWithoutHelp(finding),
    fix: finding.help,
    severity: CDK_SEVERITY[finding.severity],
    violatingResources: [{ constructPath, locations: [] }],
  };
}
