import type { JournalValueCodec } from '@restatedev/restate-sdk-cloudflare-workers/fetch';

/**
 * Leaves journal values as they are. Its presence is what matters: with a codec the SDK no longer
 * compares the bytes of replayed values, so a seat handler may stamp its state with the Worker's
 * clock instead of paying a journaled round trip for the time (`ctx.date`). The order and kind of
 * commands are still compared, and shared/seat.ts keeps those independent of a later clock.
 */
export const plainJournalCodec = (): Promise<JournalValueCodec> =>
	Promise.resolve({ encode: (value) => value, decode: (value) => Promise.resolve(value) });
