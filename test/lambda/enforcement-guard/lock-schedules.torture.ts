import { describe, it } from 'vitest';
import { runLockSchedules } from './lock-schedules';

describe('locks, guard and deployments at the same time, for long', () => {
  it('lose no lock, and leave no gateway open', { timeout: 3_600_000 }, () =>
    runLockSchedules({ runs: Number(process.env['TORTURE_RUNS'] ?? 2_000), seed: Date.now() % 2 ** 31 }),
  );
});
