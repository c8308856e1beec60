/** An application for insurance on its way through underwriting. */
export interface Application {
  readonly application_id: string;
  readonly coverage_amount: number;
  readonly region: string;
  readonly status: 'created' | 'assessed' | 'approved';
  readonly risk_score?: number;
  readonly risk_band?: RiskBand;
}

export type RiskBand = 'low' | 'medium' | 'high';

/** Where applications are kept. */
export interface Applications {
  create(application: Application): Promise<void>;
  find(id: string): Promise<Application | undefined>;
  /** Replaces an application unless its status is no longer the expected one; says whether it did. */
  replace(application: Application, expected: Application['status']): Promise<boolean>;
}

/** Applications in memory, for local runs and tests. */
export function applicationsInMemory(examples: readonly Application[] = []): Applications {
  const kept = new Map(examples.map((application) => [application.application_id, application]));
  return {
    async create(application) {
      kept.set(application.application_id, application);
    },
    async find(id) {
      return kept.get(id);
    },
    async replace(application, expected) {
      if (kept.get(application.application_id)?.status !== expected) return false;
      kept.set(application.application_id, application);
      return true;
    },
  };
}
