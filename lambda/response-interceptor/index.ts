import { bundledSteps } from '../interceptor-kit/chain/bundled-steps';
import { readConfig } from '../interceptor-kit/chain/config';
import { makeSteps } from '../interceptor-kit/chain/configured-steps';
import { createHandler } from '../interceptor-kit/chain/handler';
import { interceptResponse } from '../interceptor-kit/chain/intercept-response';

const config = readConfig(__dirname);
const steps = makeSteps(config, (name) => bundledSteps.get(name), 'RESPONSE');

/** The bundled RESPONSE interceptor: the steps that the construct configured. */
export const handler = createHandler(interceptResponse, steps, { config });
