import { CfnDeletionPolicy, Lazy } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { acknowledge } from '../findings/acknowledge';
import type { IdentityContext } from './bound-identity';
import type { CognitoDeclaration } from './cognito-declaration';
import { customAttributeName } from './user-attributes';

/** Makes the pool and its groups. Only administrators create users; nobody but the application writes what claims are made from. */
export function createUserPool(
  scope: Construct,
  declaration: CognitoDeclaration,
  context: IdentityContext,
): cognito.UserPool {
  const { featurePlan, mfa } = declaration;
  const plus = featurePlan === cognito.FeaturePlan.PLUS;
  const userPool = new cognito.UserPool(scope, 'UserPool', {
    userPoolName: context.gatewayName,
    featurePlan,
    selfSignUpEnabled: false,
    signInAliases: declaration.signInAliases,
    signInCaseSensitive: false,
    autoVerify: { email: true },
    keepOriginal: { email: true },
    customAttributes: customAttributes(declaration),
    mfa,
    mfaSecondFactor: mfa === cognito.Mfa.OFF ? undefined : { otp: true, sms: false },
    passwordPolicy: declaration.passwordPolicy,
    accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
    standardThreatProtectionMode: plus ? cognito.StandardThreatProtectionMode.FULL_FUNCTION : undefined,
    deletionProtection: declaration.deletionProtection,
    removalPolicy: context.removalPolicy,
  });
  if (declaration.deletionProtection === undefined) protectAsRemoved(userPool);
  for (const groupName of declaration.groups) {
    new cognito.UserPoolGroup(scope, `Group-${encodeURIComponent(groupName)}`, { userPool, groupName });
  }
  if (mfa !== cognito.Mfa.REQUIRED) acknowledge(userPool, 'AwsSolutions-COG2', MFA_REASON);
  if (!plus) acknowledge(userPool, 'AwsSolutions-COG8', PLAN_REASON);
  return userPool;
}

/** A pool that is to be deleted with its stack must not be protected, also where an aspect such as `RemovalPolicies` says so later. */
function protectAsRemoved(userPool: cognito.UserPool): void {
  const resource = userPool.node.defaultChild as cognito.CfnUserPool;
  resource.deletionProtection = Lazy.string({
    produce: () => (resource.cfnOptions.deletionPolicy === CfnDeletionPolicy.DELETE ? 'INACTIVE' : 'ACTIVE'),
  });
}

const MFA_REASON = 'Users may set up an authenticator app; `mfa: Mfa.REQUIRED` of Identity.cognito makes them';

const PLAN_REASON =
  'ESSENTIALS is the smallest plan that customizes access tokens; `featurePlan: FeaturePlan.PLUS` of Identity.cognito adds threat protection at a price per user';

/** Mutable, so that administrators can change them: a pool cannot change an attribute's kind or drop it later. */
function customAttributes({ claims }: CognitoDeclaration): { [name: string]: cognito.ICustomAttribute } | undefined {
  const names = claims.flatMap((claim) => customAttributeName(claim.attribute ?? '') ?? []);
  if (names.length === 0) return undefined;
  return Object.fromEntries(names.map((name) => [name, new cognito.StringAttribute({ mutable: true, maxLen: 2048 })]));
}
