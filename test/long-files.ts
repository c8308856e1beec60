/**
 * Test files that take longest, or folders of them, longest first: they begin first, or the last of them would run alone. Whoever finds another
 * at the end of a run puts it here. A clean clone knows no times, and vitest would go by the size of the files.
 */
export const LONG_FILES = [
  'test/matrix/',
  'test/consumer/',
  'test/applications/templates.test.ts',
  'test/bin/start.test.ts',
  'test/verify/applications.test.ts',
  'test/emulator/suites.test.ts',
  'test/lambda/interceptor-kit/hostile-input.property.test.ts',
  'test/lambda/interceptor-kit/time.property.test.ts',
  'test/lambda/policy-engine/',
  'test/emulator/load.test.ts',
  'test/policy/decision/',
  'test/policy/validation/static-truth.test.ts',
  'test/policy/proof/encoding.property.test.ts',
] as const;
