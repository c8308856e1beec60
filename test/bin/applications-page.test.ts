import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../lib/cli/commands';
import type { JsonObject } from '../../lib/contract/json';
import type { Persona } from '../../lib/policy/testing/file/test-file';
import { OfflineBackend } from '../../lib/policy/testing/run/offline-backend';
import { outcomeOf } from '../../lib/policy/testing/run/verification-backend';
import { type SynthesizedGateway, synthesizedGateways } from '../policies/synthesized-gateways';

const PAGE = readFileSync('docs/applications.md', 'utf8');

/** Rows of the tables of calls to try. */
const calls = [...PAGE.matchAll(/^\| `(\w+)` \| `(\w+?)___(\w+)` \| `(\{.*?\})` \| (.+) \|$/gm)].map(
  ([, username = '', target = '', tool = '', args = '', happens = '']) => ({ username, target, tool, args, happens }),
);

describe('docs/applications.md', () => {
  let gateways: ReadonlyMap<string, SynthesizedGateway>;
  beforeAll(() => {
    gateways = synthesizedGateways();
  });

  it('has calls to try for every application', () => {
    expect(new Set(calls.map(({ target }) => target))).toEqual(new Set(['lakehouse', 'underwriting', 'devops']));
    expect(calls).toHaveLength(PAGE.match(/^\| `\w+\d{3}` \|/gm)?.length ?? 0);
  });

  it.each(calls)('tells the truth of $username calling $tool with $args', async (call) => {
    const { gateway, manifest } = gateways.get(call.target) ?? {};
    const user = manifest?.local.personas.find(({ username }) => username === call.username);
    if (gateway === undefined || user === undefined) throw new Error(`no user ${call.username}`);
    const persona: Persona = { name: user.username, ...user, claims: {}, anonymous: false, trusted: {} };
    const args = JSON.parse(call.args) as JsonObject;
    const options = { trusted: {}, fixesTrusted: false, bypassesInterceptor: false };
    const result = await new OfflineBackend(gateway).call(persona, `${call.target}___${call.tool}`, args, options);
    expect(outcomeOf(result)).toBe(call.happens.startsWith('denied') ? 'DENY' : 'ALLOW');
  });

  it('names commands and options that exist', async () => {
    const lines = [...PAGE.matchAll(/^\$ npx governed-gateway (\w+) ?(.*)$/gm)];
    expect(lines.length).toBeGreaterThan(3);
    for (const [line, name, rest = ''] of lines) {
      const entry = COMMANDS.find((command) => command.name === name);
      const parser = new Command(name);
      (await entry?.load())?.command.configure(parser);
      expect(parser.parseOptions(rest.split(' ').filter((word) => word !== '')).unknown, line).toEqual([]);
    }
  });

  it('names files that exist', () => {
    const names = [...PAGE.matchAll(/`((?:bin|lambda|policies)\/[\w/.-]+)`/g)].map(([, path = '']) => path);
    expect(names.filter((path) => !existsSync(path))).toEqual([]);
    const policies = [...PAGE.matchAll(/`([\w-]+\.cedar)`/g)].map(([, file = '']) => file);
    expect(policies.filter((file) => !existsSync(`policies/lakehouse/${file}`))).toEqual([]);
  });
});
