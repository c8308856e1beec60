/** How much a finding weighs: an error stops synth, a warning can be acknowledged, an info only tells. */
export type Severity = 'error' | 'warning' | 'info';
