// What docs/identity.md imports from the package.
export { Claim } from '../../../lib/constructs/identity/claim';
export { CustomClaim } from '../../../lib/constructs/identity/custom-claim';
export { Identity } from '../../../lib/constructs/identity/identity';
