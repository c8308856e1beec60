import { isJsonObject, type JsonObject } from '../../../contract/json';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { type SmithyShapes, traitsOf } from './shapes';

/** Source: developer guide, page gateway-building-smithy-targets (only RestJson is supported). */
const PROTOCOL = 'aws.protocols#restJson1';

/** Traits that name the protocol of a service. */
const PROTOCOLS = /^(?:aws\.protocols#|smithy\.protocols#|alloy#)/;

/** Findings about the services of a model. */
export function checkServices(file: string, model: JsonObject, shapes: SmithyShapes): Diagnostic[] {
  if (typeof model['smithy'] !== 'string' || !isJsonObject(model['shapes'])) {
    return [diagnostic('TARGET_SMITHY_FORM', { file })];
  }
  const services = shapes.ofType('service');
  if (services.length === 0) return [diagnostic('TARGET_SMITHY_SERVICE', { file })];
  return services.flatMap(({ id: service, shape }) => {
    const traits = Object.keys(traitsOf(shape));
    const protocols = traits.filter((trait) => PROTOCOLS.test(trait));
    return [
      ...(protocols.includes(PROTOCOL) ? [] : [diagnostic('TARGET_SMITHY_PROTOCOL', { file, service, protocols })]),
      ...(traits.includes('aws.api#service') ? [] : [diagnostic('TARGET_SMITHY_CUSTOM_SERVICE', { file, service })]),
    ];
  });
}
