import { cost } from './cost.ts';
import type { Group } from './group.ts';
import { lists } from './lists.ts';
import { occupancy } from './occupancy.ts';
import { pages } from './scripts-of-pages.ts';
import { seatMaps } from './seat-maps.ts';
import { service } from './service.ts';
import { viewers } from './viewers.ts';

/**
 * Every group, in the order they are measured: what fills the server comes last. The viewers come first,
 * because a reading of their event's seats passes over all seats that anything before them touched.
 */
export const GROUPS: readonly Group[] = [viewers, service, cost, pages, seatMaps, occupancy, lists];
