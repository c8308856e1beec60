import { athena } from './athena/athena';
import { dynamodb } from './dynamodb/dynamodb';
import type { EdgeService } from './edge-service';
import { secretsManager } from './secrets-manager/secrets-manager';
import { sts } from './sts/sts';

/** Every AWS service with a stand-in. One more is a folder and a line. */
export const EDGE_SERVICES: { readonly [service: string]: EdgeService } = { athena, dynamodb, secretsManager, sts };
