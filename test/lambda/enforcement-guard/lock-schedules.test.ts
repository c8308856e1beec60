import { describe, it } from 'vitest';
import { currentCommit, seedOf } from '../policy-engine/commit-seed';
import { runLockSchedules } from './lock-schedules';

describe('locks, guard and deployments at the same time', () => {
  it('lose no lock, and leave no gateway open', { timeout: 300_000 }, () =>
    runLockSchedules({ runs: 30, seed: seedOf(currentCommit()) }),
  );
});
