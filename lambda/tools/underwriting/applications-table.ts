import type {
  AttributeValue,
  GetItemCommandInput,
  GetItemCommandOutput,
  PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Application, Applications, RiskBand } from './applications';

/** As much of DynamoDB's client as is used here. */
export interface DynamoApi {
  getItem(input: GetItemCommandInput): Promise<GetItemCommandOutput>;
  putItem(input: PutItemCommandInput): Promise<unknown>;
}

/** Applications in a DynamoDB table whose partition key is `application_id`. */
export function applicationsTable(dynamo: DynamoApi, table: string): Applications {
  return {
    async create(application) {
      await dynamo.putItem({
        TableName: table,
        Item: itemOf(application),
        ConditionExpression: 'attribute_not_exists(application_id)',
      });
    },
    async find(id) {
      const { Item } = await dynamo.getItem({
        TableName: table,
        Key: { application_id: { S: id } },
        ConsistentRead: true,
      });
      return Item && applicationOf(Item);
    },
    async replace(application, expected) {
      try {
        await dynamo.putItem({
          TableName: table,
          Item: itemOf(application),
          ConditionExpression: '#status = :expected',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':expected': { S: expected } },
        });
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
        throw error;
      }
    },
  };
}

function itemOf(application: Application): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(application).map(([name, value]) => [
      name,
      typeof value === 'number' ? { N: String(value) } : { S: String(value) },
    ]),
  );
}

function applicationOf(item: Record<string, AttributeValue>): Application {
  return {
    application_id: item['application_id']?.S ?? '',
    coverage_amount: Number(item['coverage_amount']?.N),
    region: item['region']?.S ?? '',
    status: item['status']?.S as Application['status'],
    ...(item['risk_score'] && { risk_score: Number(item['risk_score'].N) }),
    ...(item['risk_band'] && { risk_band: item['risk_band'].S as RiskBand }),
  };
}
