import { describeRow } from './describe-row';
import { SHARE } from './row';

for (const row of SHARE) describeRow(row);
