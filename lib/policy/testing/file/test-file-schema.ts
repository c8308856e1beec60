import * as z from 'zod';
import type { JsonValue } from '../../../contract/json';

const name = z.string().min(1);
const names = z.array(name);
const json: z.ZodType<JsonValue> = z.json();
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const time = z.iso
  .datetime({ offset: true, error: 'a time such as `2026-11-20T10:00:00Z`' })
  .describe('Time of the call in UTC, for example 2026-11-20T10:00:00Z.');
const trusted = z
  .record(name, scalar)
  .describe('Values that the REQUEST interceptor fills in. A value of the same name in `arguments` is a spoof.');

const persona = z
  .strictObject({
    description: z.string().describe('Who this is.').optional(),
    username: name.describe('Name of the user in the identity provider; also the `sub` offline.').optional(),
    groups: names.describe('Groups of the user.').optional(),
    attributes: z.record(name, z.string()).describe('User attributes, from which claims are derived.').optional(),
    client: name.describe('Machine client that calls without a user.').optional(),
    scopes: names.describe('Scopes of the token.').optional(),
    claims: z
      .record(name, json)
      .describe('Claims of the token, over the derived ones; null takes one away.')
      .optional(),
    iam: name.describe('ARN of an IAM caller, for gateways with IAM authorization.').optional(),
    anonymous: z.literal(true).describe('A caller of a gateway without authorization.').optional(),
    trusted: trusted.optional(),
  })
  .describe('A caller.');

/** What the answer to an allowed call must hold. Checked by backends that run the tools. */
const resultExpectation = z
  .strictObject({
    rowsAt: name.describe('Dotted path to the list of rows; by default the answer itself or its only list.').optional(),
    rows: z
      .union([z.literal('some'), z.literal('none'), z.int().min(0)])
      .describe('How many rows there must be.')
      .optional(),
    every: z
      .record(name, scalar)
      .describe('Field and value of every row; fails when there is no row, for then nothing was proven.')
      .optional(),
    masked: names.describe('Columns that every row has, empty, null or made of `*`; fails without rows.').optional(),
    without: names.describe('Fields that no row may have; fails without rows.').optional(),
    contains: z.string().describe('Text that the answer must contain.').optional(),
  })
  .describe('What the answer to an allowed call must hold; only where the tools really run.');

const outcome = z.enum(['ALLOW', 'DENY', 'ERROR']);
const expectation = z
  .strictObject({
    decision: outcome.describe('How the call must end.'),
    determining: names.describe('Ids of exactly the policies that decide.').optional(),
    by: z
      .enum(['policy', 'interceptor'])
      .describe('Who denies. A denial by the interceptor counts only where this or the reason says so.')
      .optional(),
    reason: z.string().describe('Text that the reason must contain.').optional(),
    flips: names.describe('Ids of the LOG_ONLY policies that would change the decision.').optional(),
    result: resultExpectation.optional(),
  })
  .describe('The decision and what else must hold.');

const as = z.union([name, names.min(1)]).describe('Persona, or several for one case each.');
const common = { name: name.describe('What the case shows.').optional(), as, now: time.optional() };

const CALL_CASE = z
  .strictObject({
    ...common,
    call: name.describe('Full name of the tool, target___tool.'),
    arguments: z.record(z.string(), json).describe('Arguments as the client sends them.').optional(),
    trusted: trusted.optional(),
    interceptor: z
      .literal('bypassed')
      .describe('Decides as if no interceptor had run: arguments go to the policies as they are. Offline only.')
      .optional(),
    expect: z.union([outcome, expectation]).describe('How the call must end.'),
  })
  .describe('One `tools/call`.');

const LIST_CASE = z
  .strictObject({
    ...common,
    list: z
      .union([
        names,
        z.strictObject({
          includes: names.describe('Tools that must be listed.').optional(),
          excludes: names.describe('Tools that must not be listed.').optional(),
        }),
      ])
      .describe('Exactly the tools that `tools/list` shows, in any order, or some that it does and does not.'),
  })
  .describe('One `tools/list`.');

/** A `*.test.yaml` file. The JSON Schema for editors is made from this. */
export const TEST_FILE = z
  .strictObject({
    gateway: name
      .describe('Construct path of the gateway, or of a stack or stage above it, where an app has several.')
      .optional(),
    onSpoof: z
      .enum(['overwrite', 'reject'])
      .describe('What the interceptor does with a spoofed trusted field, where no manifest says so.')
      .optional(),
    alone: names
      .min(1)
      .describe(
        'Ids of the only policies that decide, whatever else there is; what they leave open is allowed if all of them forbid.',
      )
      .optional(),
    now: time.optional(),
    personas: z.record(name, persona).describe('Callers by name.'),
    tests: z.array(z.union([CALL_CASE, LIST_CASE])).describe('Calls and lists, each with what it must end in.'),
    survivors: z
      .array(
        z.strictObject({
          mutant: name.describe('The mutant as `test --mutate` prints it.'),
          reason: name.describe('Why no call that matters can tell it from the policy.'),
        }),
      )
      .describe('Mutants that no test has to notice. Those that equal the policy are known without.')
      .optional(),
  })
  .describe('Policy tests for a governed gateway.');

export type TestFileData = z.infer<typeof TEST_FILE>;
export type PersonaData = z.infer<typeof persona>;
export type CallCaseData = z.infer<typeof CALL_CASE>;
export type ListCaseData = z.infer<typeof LIST_CASE>;
export type ResultExpectation = z.infer<typeof resultExpectation>;

/** The JSON Schema of test files, which editors read by `# yaml-language-server: $schema=...`. */
export function testFileJsonSchema(): object {
  const schema = z.toJSONSchema(TEST_FILE, { io: 'input' });
  return { ...schema, title: 'Governed gateway policy tests' };
}
