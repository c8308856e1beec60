import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validations } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { Tools } from '../../../lib/constructs/targets/tools';
import { CLAIM_TOOLS, Fixture, GEOGRAPHY, toolModule } from './fixture-app';

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}

/** Findings of cdk-nag's AwsSolutions pack on targets and on the gateway's role. */
function findings(fixture: Fixture): string[] {
  Validations.of(fixture.app).addPlugins(new AwsSolutionsChecks(fixture.app));
  try {
    fixture.app.synth();
  } catch {
    // Errors are in the report as well.
  }
  const report = JSON.parse(readFileSync(join(fixture.app.outdir, 'validation-report.json'), 'utf8')) as Report;
  return report.pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.filter(({ constructPath }) => /Target-|ServiceRole/.test(constructPath)).map(() => ruleName),
    ),
  );
}

describe('cdk-nag', () => {
  it('finds nothing in targets but the grant to invoke versions, which the gateway acknowledges for all its functions', () => {
    const fixture = new Fixture();
    const vpc = new ec2.Vpc(fixture.stack, 'Vpc');
    fixture.add(Tools.fromTypeScript(toolModule(CLAIM_TOOLS), { vpc }), { trustedFields: [GEOGRAPHY] });
    const api = new apigateway.RestApi(fixture.stack, 'Pets');
    api.root.addMethod('GET', new apigateway.MockIntegration(), { operationName: 'getPets' });
    fixture.add(Tools.fromApiGateway(api), { name: 'Api' });
    expect(findings(fixture)).toEqual([
      expect.stringMatching(/^AwsSolutions-IAM5\[Resource::<TargetClaims\w+\.Arn>:\*\]$/),
    ]);
  });
});
