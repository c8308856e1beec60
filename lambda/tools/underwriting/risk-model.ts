import type { RiskBand } from './applications';

/** Losses per year that were seen in a region, as a factor on the premium. Regions that are not listed count as average. */
const REGION_FACTORS: { readonly [region: string]: number } = { US: 1.1, EU: 0.9, UK: 0.95, CA: 0.85, APAC: 1.25 };

export interface RiskAssessment {
  /** 0 to 100. */
  readonly score: number;
  readonly band: RiskBand;
}

/** A model of the kind that actuaries start with: exposure grows with the logarithm of the coverage, times a factor of the region. */
export function assessRisk(coverageAmount: number, region: string): RiskAssessment {
  const exposure = 10 * Math.log10(Math.max(coverageAmount, 1));
  const factor = Object.hasOwn(REGION_FACTORS, region) ? (REGION_FACTORS[region] ?? 1) : 1;
  const score = Math.min(100, Math.round(exposure * factor));
  return { score, band: score < 50 ? 'low' : score < 65 ? 'medium' : 'high' };
}
