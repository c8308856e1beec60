import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';

interface ReportedViolation {
  readonly ruleName: string;
  readonly description: string;
  readonly severity?: string;
  readonly violatingConstructs: readonly { readonly constructPath?: string }[];
}

/** Unacknowledged findings of every validation plugin after a synth, as `rule at path`. */
export function findingsOf(app: App): string[] {
  return violationsOf(app).flatMap(({ ruleName, violatingConstructs }) =>
    violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
  );
}

/** What unacknowledged findings of one rule say after a synth. */
export function messagesOf(app: App, rule: string): string[] {
  return violationsOf(app).flatMap(({ ruleName, description }) => (ruleName === rule ? [description] : []));
}

function violationsOf(app: App): ReportedViolation[] {
  let directory: string;
  try {
    directory = app.synth().directory;
  } catch {
    directory = app.outdir;
  }
  const report = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as {
    pluginReports: { violations: ReportedViolation[] }[];
  };
  return report.pluginReports.flatMap(({ violations }) => violations);
}
