import { it } from 'vitest';
import { replayEqualsCall } from './replay-equals-call';

it('decides ten thousand recorded calls as the whole calls', { timeout: 600_000 }, () => replayEqualsCall(10_000));
