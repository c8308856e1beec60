import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { Claim, GovernedGateway, Identity } from '../../lib';
import type { GatewayManifest } from '../../lib/contract/manifest';
import { notesProps } from './notes-gateway';

function synthesized(stackName: string): { manifest: GatewayManifest; nested: NestedStack } {
  const app = new App();
  const nested = new NestedStack(new NestedStack(new Stack(app, 'Notes', { stackName }), 'Outer'), 'Inner');
  const identity = Identity.cognito({ claims: { tier: Claim.fromClient({ people: 'interactive' }) } });
  new GovernedGateway(nested, 'Gateway', { ...notesProps(), identity });
  const path = join(app.synth().directory, `${nested.artifactId}.Gateway.gateway.json`);
  return { manifest: JSON.parse(readFileSync(path, 'utf8')) as GatewayManifest, nested };
}

/** Names that nobody else in the account and Region may have. */
function namesIn(stack: NestedStack): string[] {
  const template = Template.fromStack(stack);
  const named = ['AWS::SSM::Parameter', 'AWS::Cognito::UserPoolDomain'].flatMap((type) =>
    Object.values(template.findResources(type)),
  );
  return named.map(({ Properties }) => JSON.stringify(Properties.Name ?? Properties.Domain));
}

describe('a gateway in a nested stack', () => {
  it('belongs to the stack that somebody deploys, and its manifest holds no token', () => {
    const { manifest } = synthesized('notes-of-ours');
    expect(manifest.stackName).toBe('notes-of-ours');
    expect(JSON.stringify(manifest)).not.toContain('${Token');
  });

  it('shares no name with the same app that is deployed under another stack name', () => {
    const ours = namesIn(synthesized('notes-of-ours').nested);
    const theirs = namesIn(synthesized('notes-of-theirs').nested);
    expect(ours).toHaveLength(2);
    for (const name of ours) expect(theirs).not.toContain(name);
  });
});
