import { onTestFinished } from 'vitest';
import type { GatewayManifest } from '../../lib/contract/manifest';
import type { Emulator, EmulatorOptions } from '../../lib/emulator';
import { claimsApp, FixtureApp } from './fixture';

/** Runs the application of {@link claimsApp} until the test ends. */
export async function startClaimsApp(
  parts: (app: FixtureApp) => Partial<GatewayManifest> = () => ({}),
  options: EmulatorOptions = {},
): Promise<Emulator> {
  const app = new FixtureApp();
  onTestFinished(() => app.remove());
  const emulator = await app.start(claimsApp(app, parts(app)), options);
  onTestFinished(() => emulator.stop());
  return emulator;
}
