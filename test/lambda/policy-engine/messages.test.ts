import { describe, expect, it } from 'vitest';
import { MESSAGES, type Message } from '../../../lambda/policy-engine/messages/messages';
import { helpFor, REASONS, SERVICE_REASONS } from '../../../lambda/policy-engine/messages/reasons';
import { type Spoken, VOICE } from '../../diagnostics/voice';

/** Parameters that answer every name with `<name>`. */
const placeholders: object = new Proxy({}, { get: (_, name) => `<${String(name)}>` });

const messages = Object.entries(MESSAGES as { [key: string]: Message<object> }).map(([key, { message, help }]) => ({
  key,
  message: message(placeholders),
  help: help(placeholders),
}));
const reasons = Object.entries(REASONS).map(([key, { reason, help }]) => ({ key, message: reason, help }));
const service = SERVICE_REASONS.map(({ text, help }) => ({ key: text.source, message: 'the service says so', help }));
const spoken: readonly (Spoken & { readonly key: string })[] = [...messages, ...reasons, ...service];

describe('what the handlers say', () => {
  it.each(Object.entries(VOICE))('%s', (_, isKept) => {
    expect(spoken.filter((entry) => !isKept(entry))).toEqual([]);
  });

  it('has a help for each of its own reasons, also when the service has more to say', () => {
    for (const { reason, help } of Object.values(REASONS)) expect(helpFor(`${reason}: more`)).toBe(help);
  });

  // Covers policy.reasons
  it('helps with what the service is known to say', () => {
    const said = [
      'InterceptorException',
      'Insufficient permissions to call gateway with ID notes-0123456789',
      'unrecognized action `AgentCore::Action::"T___nope"`',
      "Validation failed: Action 'nope' is not defined in the schema for any associated gateway",
      'When parsing the policy statement, a wildcard resource was detected.',
      'please constrain the resource to a specific AgentCore::Gateway resource when creating tool-specific policies',
      'Overly Permissive: Policy Engine will allow every request for the specified principal',
      'Overly Restrictive: Policy Engine will deny every request for the specified principal, action and resource',
    ];
    expect(said.filter((reason) => helpFor(reason) === undefined)).toEqual([]);
    expect(helpFor('something that nobody has seen yet')).toBeUndefined();
  });
});
