import { describe, it } from 'vitest';
import { runSchedules } from './schedules';

/** Other schedules each time, per engine kind; a hundred thousand take about half an hour on a core of its own. */
const runs = Number(process.env['TORTURE_RUNS'] ?? 100_000);

describe.each([true, false])('random deployments (owned engine: %s)', (owned) => {
  it('converge, lose nothing, open nothing', () => runSchedules({ owned, runs, seed: Date.now() % 2 ** 31 }));
});
