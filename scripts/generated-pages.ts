import { diagnosticsPage } from './pages/diagnostics';
import { policyTestSchema } from './pages/policy-test-schema';
import { publicApiPage } from './pages/public-api';

/** A file that is made from code. */
export interface GeneratedPage {
  /** Relative to the checkout. */
  readonly path: string;
  readonly render: () => string;
}

/** Every generated file. To add one: a renderer in pages/ and a line here. */
export const GENERATED_PAGES: readonly GeneratedPage[] = [
  { path: 'docs/diagnostics.md', render: diagnosticsPage },
  { path: 'docs/public-api.md', render: publicApiPage },
  { path: 'docs/schemas/policy-test.schema.json', render: policyTestSchema },
];
