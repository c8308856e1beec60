import { expect, it } from 'vitest';
import { publicNames } from '../../scripts/public-names';
import { SOURCES } from '../docs/program-folder';
import { examples } from './examples';
import { ROOT, read } from './source-files';

/** Made by something else that has an example. */
const MADE_BY_OTHERS = ['PolicyCondition', 'GovernedTarget', 'InterceptorStep'];

/** Where people begin in entries that export parts as well; of the others, every class and function is a beginning. */
const BEGINNINGS: { readonly [specifier: string]: readonly string[] } = {
  'governed-gateway/interceptor': [
    ...['requestInterceptor', 'responseInterceptor', 'configuredSteps', 'tryRequest', 'tryResponse'],
    ...['proceed', 'deny', 'answer'],
  ],
  'governed-gateway/policy': [
    ...['loadPolicies', 'preparePolicySet', 'generateSchema', 'authorize', 'explain', 'listTools'],
    ...['validatePolicySet', 'testPolicies', 'testGateway'],
  ],
};

it('every public class and function that is a beginning has an example', () => {
  const shown = new Set(
    examples().map(({ file, declaration }) => `${file} ${/(?:class|function) (\w+)/.exec(declaration)?.[1]}`),
  );
  const beginnings = Object.entries(SOURCES).flatMap(([specifier, source]) => {
    const names = publicNames(source.slice(ROOT.length + 1));
    const only = BEGINNINGS[specifier];
    for (const name of only ?? []) expect(names.map((known) => known.name)).toContain(name);
    return names.filter(({ name }) => only === undefined || only.includes(name));
  });
  const missing = beginnings
    .filter(
      ({ name, typeOnly, file }) =>
        !typeOnly && new RegExp(`^export .*(class|function) ${name}\\b`, 'm').test(read(file)),
    )
    .filter(({ name, file }) => !MADE_BY_OTHERS.includes(name) && !shown.has(`${file} ${name}`));
  expect([...new Set(missing.map(({ name, file }) => `${file}: ${name}`))]).toEqual([]);
});
