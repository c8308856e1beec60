import { describe, it } from 'vitest';
import { currentCommit, seedOf } from './commit-seed';
import { runSchedules } from './schedules';

describe('random deployments into an engine of its own', () => {
  it('converge, lose nothing, open nothing', { timeout: 900_000 }, () =>
    runSchedules({ owned: true, runs: 50, time: 40_000, seed: seedOf(currentCommit()) }),
  );
});
