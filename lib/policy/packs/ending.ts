import type { DeclaredPack } from '../../contract/pack';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';

const DAY = 24 * 60 * 60 * 1000;

/** Packs that end soon, or have ended. */
export function endings(packs: readonly DeclaredPack[], now: Date): Diagnostic[] {
  return packs.flatMap(({ id: pack, ends }) => {
    if (ends === undefined) return [];
    const { at, effect, noticeDays } = ends;
    const days = Math.ceil((Date.parse(at) - now.getTime()) / DAY);
    if (days <= 0) return [diagnostic('PACK_ENDED', { pack, at, effect })];
    return days <= noticeDays ? [diagnostic('PACK_ENDS_SOON', { pack, at, effect, count: days })] : [];
  });
}
