import { describe, it } from 'vitest';
import { runSchedules } from './schedules';

describe('random deployments into an engine of its own', () => {
  it('converge, lose nothing, open nothing', { timeout: 900_000 }, () =>
    runSchedules({ owned: true, runs: 60, seed: 42 }),
  );
});
