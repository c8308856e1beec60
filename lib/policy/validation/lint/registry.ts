import { allowsEverything } from './allows-everything';
import { bareAction } from './bare-action';
import { canFail } from './can-fail';
import { changesNothing } from './changes-nothing';
import { claimAttribute } from './claim-attribute';
import { claimText } from './claim-text';
import { classPlace } from './class-place';
import { confusingText } from './confusing-text';
import { decimalDigits } from './decimal-digits';
import { deniesEverything } from './denies-everything';
import { enumUnverified } from './enum-unverified';
import { gatewayArn } from './gateway-arn';
import { gatewayUnnamed } from './gateway-unnamed';
import { groupCompared } from './group-compared';
import { groupMatching } from './group-matching';
import { iamId } from './iam-id';
import { impossibleValue } from './impossible-value';
import { inputType } from './input-type';
import { inputUnderGroup } from './input-under-group';
import type { Lint } from './lint';
import { literalValue } from './literal-value';
import { names } from './names';
import { neverFilled } from './never-filled';
import { neverMatches } from './never-matches';
import { noPermit } from './no-permit';
import { numberTypes } from './number-types';
import { objectClaim } from './object-claim';
import { permitOfServer } from './permit-of-server';
import { principalEmail } from './principal-email';
import { scopeWords } from './scope-words';
import { serviceLimits } from './service-limits';
import { timeLiterals } from './time-literals';
import { toolClasses } from './tool-classes';
import { trustedFieldTools } from './trusted-field-tools';
import { typesDiffer } from './types-differ';
import { unauthenticatedPrincipal } from './unauthenticated-principal';
import { unguardedClaim } from './unguarded-claim';
import { unguardedInput } from './unguarded-input';
import { unknownAction } from './unknown-action';
import { unknownClaim } from './unknown-claim';
import { unknownContext } from './unknown-context';
import { unknownInput } from './unknown-input';
import { unknownType } from './unknown-type';
import { unreachableTools } from './unreachable-tools';
import { untypedPrincipal } from './untyped-principal';
import { wildcardResource } from './wildcard-resource';

/** Every check of policies. A complaint of Cedar goes to the first that explains it, so that the special come before the general. */
export const LINTS: readonly Lint[] = [
  wildcardResource,
  gatewayUnnamed,
  gatewayArn,
  bareAction,
  unknownAction,
  groupCompared,
  classPlace,
  permitOfServer,
  unknownType,
  untypedPrincipal,
  unauthenticatedPrincipal,
  principalEmail,
  iamId,
  claimAttribute,
  unguardedClaim,
  claimText,
  unknownClaim,
  groupMatching,
  scopeWords,
  objectClaim,
  inputUnderGroup,
  unguardedInput,
  unknownInput,
  trustedFieldTools,
  enumUnverified,
  impossibleValue,
  unknownContext,
  numberTypes,
  decimalDigits,
  literalValue,
  timeLiterals,
  inputType,
  typesDiffer,
  neverFilled,
  neverMatches,
  changesNothing,
  canFail,
  confusingText,
  allowsEverything,
  deniesEverything,
  noPermit,
  unreachableTools,
  toolClasses,
  serviceLimits,
  names,
];

/** Checks of names, which invariants go through too: a misspelled claim or tool would make a proof about nothing. */
export const NAME_LINTS: readonly Lint[] = [
  unknownAction,
  unknownType,
  unknownClaim,
  unknownInput,
  unknownContext,
  impossibleValue,
];
