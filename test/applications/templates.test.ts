import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApplicationStage } from '../../bin/application-stage';
import { EnforcementMode } from '../../lib';
import type { JsonObject } from '../../lib/contract/json';
import { CATALOGUE } from '../../lib/diagnostics/catalogue';
import { findingsOf } from '../constructs/synth-findings';
import { checkByAllRules } from '../constructs/template-rules';
import { specErrors } from '../constructs/template-spec';
import { ROOT } from '../house/source-files';
import { contentsOf, synthesize } from './synthesized';
import { unconditional } from './unconditional';

const TEMPLATE = /\.template\.json$/;
const MANIFEST = /\.gateway\.json$/;

/** Codes of what only informs. */
const INFOS = new Set(Object.entries(CATALOGUE).flatMap(([code, { severity }]) => (severity === 'info' ? [code] : [])));

/** A grant of the lake's administrator to the deployment. */
const LAKE_GRANT = 'Custom::LakePermission';

describe('the example applications, synthesized without credentials', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'governed-gateway-synth-'));
  const first = join(scratch, 'first');
  beforeAll(() => synthesize(ROOT, first), 180_000);
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it('are three stacks per environment, each with its gateway manifest', () => {
    const stacks = [...contentsOf(first, TEMPLATE).keys()];
    expect(stacks).toHaveLength(9);
    expect([...contentsOf(first, MANIFEST).keys()]).toHaveLength(9);
  });

  it('log in dev and staging and enforce in prod', () => {
    for (const [path, text] of contentsOf(first, MANIFEST)) {
      const mode = (JSON.parse(text) as { gateway: { mode: string } }).gateway.mode;
      expect(mode, path).toBe(path.includes('prod') ? 'ENFORCE' : 'LOG_ONLY');
    }
  });

  it('say nothing that the resource specification does not know', () => {
    for (const [path, text] of contentsOf(first, TEMPLATE)) {
      expect(specErrors(JSON.parse(text) as JsonObject), path).toEqual([]);
    }
  });

  it('let nobody assume a role or call a function but on behalf of a named account or resource', () => {
    for (const [path, text] of contentsOf(first, TEMPLATE)) {
      expect(unconditional(JSON.parse(text) as JsonObject), path).toEqual([]);
    }
  });

  it('make an administrator of the lake before its database, and let every group look for the default one', () => {
    const lakehouses = [...contentsOf(first, TEMPLATE)].filter(([path]) => path.includes('Lakehouse'));
    expect(lakehouses).toHaveLength(3);
    for (const [path, text] of lakehouses) {
      const template = Template.fromString(text);
      const [settings] = Object.keys(template.findResources('AWS::LakeFormation::DataLakeSettings'));
      const [database] = Object.values(template.findResources('AWS::Glue::Database'));
      const dependsOn: string[] = database?.['DependsOn'] ?? [];
      const [grant] = dependsOn.filter((id) => id in template.findResources(LAKE_GRANT));
      expect(template.findResources(LAKE_GRANT)[grant ?? '']?.['DependsOn'], path).toContain(settings);
      expect(text, path).not.toMatch(/"DataLakePrincipalIdentifier": \{\s*"Fn::Sub"/);
      for (const filter of Object.values(template.findResources('AWS::LakeFormation::DataCellsFilter'))) {
        expect(filter['Properties'].Name, 'replaced for any change').toMatch(/^[a-z]+_[a-z_]+_[0-9a-f]{8}$/);
      }
      const groups = Object.values(template.findResources('AWS::IAM::Policy')).filter((policy) =>
        JSON.stringify(policy).includes('athena:StartQueryExecution'),
      );
      expect(groups, path).toHaveLength(3);
      for (const policy of groups) expect(JSON.stringify(policy), path).toContain(':database/default"');
    }
  });

  it('have the Cedar schema of their tools beside the manifest, for editors', () => {
    const schemas = contentsOf(first, /\.cedarschema$/);
    for (const [path, text] of contentsOf(first, MANIFEST)) {
      const { schema, targets } = JSON.parse(text) as { schema: string; targets: { tools: { name: string }[] }[] };
      const written = schemas.get(join(dirname(path), schema)) ?? '';
      for (const { name } of targets.flatMap(({ tools }) => tools)) expect(written, path).toContain(name);
    }
  });

  it('are the same bytes when they are synthesized again, in another directory', () => {
    const elsewhere = join(scratch, 'another', 'checkout');
    for (const path of [
      'bin',
      'lib',
      'lambda',
      'policies',
      'dist/lambda',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'cdk.json',
    ]) {
      cpSync(join(ROOT, path), join(elsewhere, path), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(elsewhere, 'node_modules'), 'dir');
    const second = join(scratch, 'second');
    // Templates are checked by CDK's rules once.
    synthesize(elsewhere, second, '--app', 'CDK_VALIDATION=false node --liftoff-only --import tsx bin/app.ts');
    // What is for people says where in the checkout something was made.
    const again = new Map(
      [...contentsOf(second, /\.json$/)].map(([path, text]) => [path, text.replaceAll(elsewhere, ROOT)]),
    );
    const before = contentsOf(first, /\.json$/);
    expect([...again.keys()]).toEqual([...before.keys()]);
    for (const [path, text] of before) expect(again.get(path), path).toBe(text);
  });

  it('name no machine', () => {
    for (const [path, text] of contentsOf(first, /\.(template|assets|gateway)\.json$|asset\.[0-9a-f]+\.json$/)) {
      expect(text.includes(ROOT), path).toBe(false);
    }
  });
});

describe('the example applications under cdk-nag', () => {
  it.each([EnforcementMode.LOG_ONLY, EnforcementMode.ENFORCE])('have no unacknowledged finding in mode %s', (mode) => {
    const app = new App({ analyticsReporting: false });
    checkByAllRules(app);
    new ApplicationStage(app, 'prod', { mode });
    // What only informs asks for nothing, and is not acknowledged.
    const asking = findingsOf(app).filter((finding) => !INFOS.has(finding.split(' ', 1)[0] ?? ''));
    expect(asking).toEqual([]);
  });
});
