import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { Claim } from '../../../lib/constructs/identity/claim';
import { Identity } from '../../../lib/constructs/identity/identity';
import { checkByAllRules } from '../template-rules';
import { CONTEXT } from './bind';

/** Rules of the AwsSolutions pack that a stack breaks without an acknowledgement. */
function findings(build: (scope: Construct) => void): string[] {
  const app = new App();
  checkByAllRules(app);
  build(new Stack(app, 'Test'));
  try {
    app.synth();
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ValidationFailed')) throw error;
  }
  const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')) as {
    pluginReports: { violations: { ruleName: string }[] }[];
  };
  return report.pluginReports.flatMap((plugin) => plugin.violations.map((violation) => violation.ruleName));
}

describe('AwsSolutions checks', () => {
  it('are at work here', () => {
    expect(findings((scope) => new cognito.UserPool(scope, 'Pool'))).toEqual(
      expect.arrayContaining(['AwsSolutions-COG2']),
    );
  });

  it('find nothing that is not acknowledged with a reason', () => {
    const claims = { tier: Claim.fromClient({ people: 'interactive' }) };
    expect(findings((scope) => Identity.cognito({ claims })._bind(scope, CONTEXT))).toEqual([]);
  });
});
