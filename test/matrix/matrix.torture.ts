import { describeRow } from './describe-row';
import { OTHERS, SHARE } from './row';

for (const row of [...SHARE, ...OTHERS]) describeRow(row);
