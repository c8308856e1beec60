import { literal, print } from '../project/code';
import type { ToolPin } from '../tools/pinned-tools';

/** Lines of a target's options: what the team says of its tools, as the pin says it, so that policies on classes mean the same tools. */
export function toolOptions({ trustAnnotations, classes }: Pick<ToolPin, 'trustAnnotations' | 'classes'>): string {
  const options = {
    ...(trustAnnotations && { trustAnnotations }),
    ...(Object.keys(classes).length > 0 && { classes }),
  };
  const start = ' '.repeat(10);
  const lines = Object.entries(options).map(([name, value]) => {
    const key = `${start}${name}: `;
    return `\n${key}${print(literal(value), start.length, key.length + 1)},`;
  });
  return lines.join('');
}
