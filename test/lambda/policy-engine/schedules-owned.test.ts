import { describe, it } from 'vitest';
import { runSchedules, seedOfCommit } from './schedules';

describe('random deployments into an engine of its own', () => {
  it('converge, lose nothing, open nothing', { timeout: 900_000 }, () =>
    runSchedules({ owned: true, runs: 300, seed: seedOfCommit() }),
  );
});
