import { testFileJsonSchema } from '../../lib/policy/testing/file/test-file-schema';

/** docs/schemas/policy-test.schema.json: what editors check `*.test.yaml` files with. */
export function policyTestSchema(): string {
  return `${JSON.stringify(testFileJsonSchema(), undefined, 2)}\n`;
}
