/**
 * How much a finding weighs: `stop` says that something could not run at all, `error` that what was read is wrong; both end synth
 * and commands. A `warning` can be acknowledged, an `info` only tells.
 */
export type Severity = 'stop' | 'error' | 'warning' | 'info';
