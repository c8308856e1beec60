import { type App, CloudFormationValidatePlugin, type IPolicyValidationPlugin, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

/** What CDK checks templates by unless `CDK_VALIDATION` is `false`, as it is in tests: each app would load the rules anew, for seconds. */
const CLOUDFORMATION = new CloudFormationValidatePlugin();

/** Has the synth of an app say what CloudFormation would refuse, and what any other plugins find. */
export function checkTemplates(app: App, ...others: readonly IPolicyValidationPlugin[]): App {
  Validations.of(app).addPlugins(CLOUDFORMATION, ...others);
  return app;
}

/** Has the synth of an app say what CloudFormation would refuse, and what breaks a rule of cdk-nag's AwsSolutions pack. */
export function checkByAllRules(app: App): App {
  return checkTemplates(app, new AwsSolutionsChecks(app));
}
