import { expect, it } from 'vitest';
import { read, sourceFiles } from './source-files';

/** Gives up a call through the time that `ServiceCalls` leaves for it. */
const RACED = ['lambda/policy-engine/service/proof-secret.ts'];

it('no function waits for a service that never answers: each of its clients bounds its calls', () => {
  const withClients = sourceFiles('lambda/').filter((file) => /new (?:\w+\.)?\w+Client\(/.test(read(file)));
  expect(withClients.length).toBeGreaterThan(8);
  const unbounded = withClients.filter((file) => {
    const isOurs = /policy-engine\/index/.test(file);
    return !isOurs && !RACED.includes(file) && !/throwOnRequestTimeout: true|abortSignal/.test(read(file));
  });
  expect(unbounded).toEqual([]);
});
