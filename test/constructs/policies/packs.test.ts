import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { afterAll, describe, expect, it } from 'vitest';
import {
  EnforcementMode,
  GovernedGateway,
  type GovernedGatewayProps,
  Observability,
  PolicyPack,
  PolicySource,
  Steps,
} from '../../../lib';
import type { GatewayManifest } from '../../../lib/contract/manifest';
import { testGateway } from '../../../lib/policy';
import { CommandLine } from '../../cli/command-line';
import { notesToolsWith } from '../notes-gateway';
import { findingsOf } from '../synth-findings';

const line = new CommandLine();
const outputs: string[] = [];
afterAll(() => {
  line.remove();
  for (const folder of outputs) rmSync(folder, { recursive: true, force: true });
});

const packs = (): PolicySource[] => [
  PolicyPack.groups({ readers: ['class:read'], editors: ['class:read', 'class:write'] }),
  PolicyPack.officeHours({
    tools: ['class:write'],
    timeZone: 'Europe/Berlin',
    from: '08:00',
    to: '18:00',
    years: [2126],
  }),
];

interface Synthesized {
  readonly directory: string;
  readonly manifest: GatewayManifest;
  readonly findings: readonly string[];
}

function synthesized(policies: PolicySource[], props: Partial<GovernedGatewayProps> = {}): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), 'governed-gateway-packs-'));
  outputs.push(outdir);
  const app = new App({ outdir });
  new GovernedGateway(new Stack(app, 'Notes'), 'Gateway', {
    mode: EnforcementMode.ENFORCE,
    targets: { notes: notesToolsWith({ classes: { read_note: ['read'], delete_note: ['write'] } }) },
    policies,
    ...props,
  });
  const findings = findingsOf(app);
  const manifest = JSON.parse(readFileSync(join(outdir, 'Notes.Gateway.gateway.json'), 'utf8')) as GatewayManifest;
  return { directory: outdir, manifest, findings };
}

/** What is deployed, wherever it was written. */
function deployed({ policies }: GatewayManifest): object[] {
  const origin = { file: '', line: 0, column: 0 };
  return policies.map((policy) => ({ ...policy, origin })).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

describe('a gateway with packs', () => {
  const before = synthesized(packs());

  it('has their policies, proves their invariants and runs their tests', async () => {
    expect(before.findings).toEqual([]);
    expect(before.manifest.packs?.map(({ id }) => id)).toEqual(['groups', 'office-hours']);
    const { report } = await testGateway(before.directory);
    expect(report.files.map(({ file }) => file)).toEqual(['pack groups', 'pack office-hours']);
    expect(report).toMatchObject({ failed: 0, notApplicable: 0 });
    expect(await line.run(['test', '--app', before.directory], '', process.cwd())).toMatchObject({ code: 0 });
  });

  it('is the same gateway once they are ejected', async () => {
    const { code, out, err } = await line.run(['eject', '--app', before.directory]);
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'policies/groups.cedar',
      'policies/groups.test.yaml',
      'policies/groups.invariant.cedar',
      'policies/office-hours.cedar',
      'policies/office-hours.test.yaml',
      'policies/office-hours.invariant.cedar',
      '',
    ]);
    expect(err).toBe(
      'groups: now take `PolicyPack.groups(...)` out of `Notes/Gateway`\n' +
        'office-hours: now take `PolicyPack.officeHours(...)` out of `Notes/Gateway`\n' +
        "add `PolicySource.fromDirectory('policies')` to its policies\n",
    );
    const after = synthesized([PolicySource.fromDirectory(join(line.cwd, 'policies'))]);
    expect(after.findings).toEqual([]);
    expect(deployed(after.manifest)).toEqual(deployed(before.manifest));
    const sentences = ({ invariants }: GatewayManifest) => invariants.map(({ sentence }) => sentence).toSorted();
    expect(sentences(after.manifest)).toEqual(sentences(before.manifest));
    expect(after.manifest.packs).toBeUndefined();
    const counted = async ({ directory }: Synthesized) => (await testGateway(directory)).report.passed;
    expect(await counted(after)).toBe(await counted(before));
  });

  it('overwrites no file, and knows its packs by name', async () => {
    expect(await line.run(['eject', 'groups', '--app', before.directory])).toMatchObject({ code: 1 });
    const { code, err } = await line.run(['eject', 'office-hour', '--app', before.directory, '--to', 'other']);
    expect(code).toBe(1);
    expect(err).toContain('did you mean `office-hours`?');
  });

  it('warns of the end of a pack, and of what is wrong with another one', () => {
    const hours = { tools: ['class:write'], from: '08:00', to: '18:00' };
    const policies = (years: number[], timeZone: string) => [
      ...packs().slice(0, 1),
      PolicyPack.officeHours({ ...hours, years, timeZone }),
    ];
    expect(synthesized(policies([2001], 'Europe/Berlin')).findings).toEqual(['PACK_ENDED at Notes/Gateway']);
    expect(synthesized(policies([2126], 'Berlin')).findings).toContain('PACK_OPTION_INVALID at Notes/Gateway');
  });

  it('sets off an alarm whenever somebody breaks the glass, and asks for alarms and an audit', () => {
    const policies = (): PolicySource[] => [
      PolicyPack.groups({ readers: ['class:read'] }, { exclusive: false }),
      PolicyPack.breakGlass({ group: 'firefighters', tools: ['class:write'] }),
    ];
    expect(synthesized(policies()).findings.toSorted()).toEqual([
      'PACK_UNAUDITED at Notes/Gateway',
      'PACK_UNOBSERVED at Notes/Gateway',
    ]);
    const observability = Observability.standard();
    const { directory, findings } = synthesized(policies(), { observability, steps: [Steps.audit()] });
    expect(findings.filter((finding) => finding.startsWith('PACK'))).toEqual([]);
    const template = Template.fromJSON(JSON.parse(readFileSync(join(directory, 'Notes.template.json'), 'utf8')));
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('emergency access'),
      MetricName: 'AllowDecisions',
      Period: 60,
      Threshold: 0,
      Dimensions: Match.arrayWith([{ Name: 'Policy', Value: { 'Fn::GetAtt': Match.anyValue() } }]),
    });
  });
});
