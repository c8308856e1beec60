import * as cognito from 'aws-cdk-lib/aws-cognito';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Claim } from '../../../lib/constructs/identity/claim';
import type { CognitoIdentityOptions } from '../../../lib/constructs/identity/cognito-options';
import { Identity } from '../../../lib/constructs/identity/identity';
import { specErrors } from '../../house/template-spec';
import { bind } from './bind';

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/);
const words = fc.uniqueArray(word, { minLength: 1, maxLength: 4 });

const options: fc.Arbitrary<CognitoIdentityOptions> = fc
  .record({
    groups: words,
    machines: words,
    scopes: words,
    attribute: word,
    mfa: fc.constantFrom(...Object.values(cognito.Mfa)),
  })
  .map(({ groups, machines, scopes, attribute, mfa }) => {
    const clients = machines.filter((name) => name !== 'people');
    const of = <T>(names: readonly string[], value: T): { [name: string]: T } =>
      Object.fromEntries(names.map((name) => [name, value]));
    return {
      groups,
      mfa,
      scopes: of(scopes, 'a scope'),
      machines: of(clients, {}),
      claims: {
        x_attribute: Claim.fromAttribute(`custom:${attribute}`).withMachineValues(of(clients, 'machine')),
        x_groups: Claim.fromAllGroups(of(groups, 'value')),
        x_client: Claim.fromClient(of(['people', ...clients], 'value')),
      },
    };
  });

it('any options that are accepted make a template without cycles that the specification knows', () => {
  fc.assert(
    fc.property(options, (one) => {
      const { template } = bind(Identity.cognito(one));
      expect(specErrors(template.toJSON())).toEqual([]);
    }),
    { numRuns: 4 },
  );
});
