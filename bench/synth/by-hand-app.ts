import { App, Stage } from 'aws-cdk-lib';
import { DevopsByHand } from './by-hand/devops-stack';
import { LakehouseByHand } from './by-hand/lakehouse-stack';
import { UnderwritingByHand } from './by-hand/underwriting-stack';

// The resources of the three applications in one environment, without this library.
export const app = new App();
const prod = new Stage(app, 'prod');
new LakehouseByHand(prod, 'Lakehouse');
new UnderwritingByHand(prod, 'Underwriting');
new DevopsByHand(prod, 'Devops');
