import { COMMAND } from './catalogue/command';
import { EMULATOR } from './catalogue/emulator';
import { GATEWAY } from './catalogue/gateway';
import { IDENTITY } from './catalogue/identity';
import { INTERCEPTOR } from './catalogue/interceptor';
import { INVARIANT } from './catalogue/invariant';
import { MANIFEST } from './catalogue/manifest';
import { POLICY } from './catalogue/policy';
import { TARGET } from './catalogue/target';
import { TEST } from './catalogue/test';

/** Every code, with its severity, message and help. One file per subject; the key is the code. */
export const CATALOGUE = {
  ...GATEWAY,
  ...IDENTITY,
  ...TARGET,
  ...INTERCEPTOR,
  ...POLICY,
  ...INVARIANT,
  ...TEST,
  ...MANIFEST,
  ...EMULATOR,
  ...COMMAND,
} as const;

export type DiagnosticCode = keyof typeof CATALOGUE;

/** The parameters that a code's message and help take. */
export type ParamsOf<C extends DiagnosticCode> = Parameters<(typeof CATALOGUE)[C]['message']>[0];
