import type { DeclaredTrustedField, ProofSource } from '../../../../lib/contract/trusted-context';
import { type TrustedValue, trustedValue } from '../../../../lib/contract/trusted-value';
import type { StepContext } from '../../chain/step';
import type { RememberedSecret } from '../remembered-secret';

type Proof = TrustedValue | undefined;

/** The proof that the gateway's guards ask for, derived once from each value of the secret. */
export class KnownProof {
  /** By fingerprint. */
  private readonly derived = new Map<string, { readonly secret: string; readonly proof: Proof }>();

  constructor(private readonly secret: RememberedSecret) {}

  /** The proof itself where the secret is remembered. Rejects when the secret cannot be read. */
  find(field: DeclaredTrustedField, source: ProofSource, context: StepContext): Proof | Promise<Proof> {
    const secret = this.secret.read(source.secretVariable, context.now, context);
    if (typeof secret === 'string') return this.derive(field, source, secret, context);
    return secret.then((value) => this.derive(field, source, value, context));
  }

  private derive(
    field: DeclaredTrustedField,
    { fingerprint }: ProofSource,
    secret: string,
    { claims, now }: StepContext,
  ): Proof {
    const known = this.derived.get(fingerprint);
    if (known?.secret === secret) return known.proof;
    const proof = trustedValue(field, { claims, now, secret });
    this.derived.set(fingerprint, { secret, proof });
    return proof;
  }
}
