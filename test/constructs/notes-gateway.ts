import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type Environment, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  EnforcementMode,
  GovernedGateway,
  type GovernedGatewayProps,
  PolicySource,
  Tools,
  type TypeScriptToolsOptions,
} from '../../lib';
import type { GatewayManifest } from '../../lib/contract/manifest';

const fixture = (path: string): string => join(__dirname, 'fixtures', path);

export const notesToolsWith = (options: TypeScriptToolsOptions): Tools =>
  Tools.fromTypeScript(fixture('notes.ts'), options);
export const notesTools = (): Tools => notesToolsWith({});
export const notesPolicies = (): PolicySource => PolicySource.fromDirectory(fixture('policies'));

/** Props that are complete and right, with one target and two policies. */
export function notesProps(): GovernedGatewayProps {
  return { mode: EnforcementMode.ENFORCE, targets: { notes: notesTools() }, policies: [notesPolicies()] };
}

/** A stack with one gateway. The app's own validation is on, as in a real synth. */
export function stackWith(
  props: GovernedGatewayProps,
  app = new App(),
  env?: Environment,
): { app: App; stack: Stack; gateway: GovernedGateway } {
  const stack = new Stack(app, 'Notes', { env });
  return { app, stack, gateway: new GovernedGateway(stack, 'Gateway', props) };
}

export function templateWith(props: Partial<GovernedGatewayProps> = {}): Template {
  return Template.fromStack(stackWith({ ...notesProps(), ...props }).stack);
}

/** The gateway manifest that a synth with these props writes. */
export function manifestOf(props: GovernedGatewayProps): GatewayManifest {
  const { app, stack } = stackWith(props);
  const path = join(app.synth().directory, `${stack.artifactId}.Gateway.gateway.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as GatewayManifest;
}
